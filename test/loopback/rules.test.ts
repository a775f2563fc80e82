/** Tests the rules in rules.ts with a valid example and an invalid example of every rule. */
import { Client, Events, type Interaction } from 'discord.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startLoopback, type Loopback } from '../../src/loopback/loopback.ts';
import { joinAs } from '../../src/loopback/loopback-member.ts';
import { apiRequest, channelId, errorPaths, loopbackFor, type Answer } from './real-bot.ts';
import { rules, v2, type Rule } from './rules.ts';

let loopback: Loopback;
beforeAll(async () => void (loopback = await startLoopback({ port: 0, rateLimits: 'off' })));
afterAll(async () => {
  await (await bot)?.destroy();
  await loopback.stop();
});

const text = (content: string) => ({ type: 10, content });
const post = (body: unknown): Promise<Answer> =>
  apiRequest(loopback, 'POST', `/channels/${channelId(loopback)}/messages`, body);
const register = (body: unknown): Promise<Answer> =>
  apiRequest(loopback, 'POST', `/applications/${loopback.world().application.id}/commands`, body);

/** All tests of interactions share one client, because a bot may identify only a limited number of times. */
let bot: Promise<Client<true>> | undefined;
let onInteraction: (interaction: Interaction) => void = () => undefined;

async function login(): Promise<Client<true>> {
  const client = new Client({ intents: [], rest: { api: loopback.api } });
  client.on(Events.InteractionCreate, (interaction) => onInteraction(interaction));
  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(loopback.world().botToken);
  return ready;
}

/** Responds to the command /ask with a modal (type 9), or to the autocomplete of its option with choices (type 8). */
async function respondWith(type: 8 | 9, data: object, optionType = 3): Promise<Answer> {
  bot ??= login();
  await bot;
  const option = { type: optionType, name: 'q', description: 'q', autocomplete: true };
  await register({ name: 'ask', description: 'a', options: [option] });
  const answer = new Promise<Answer>((resolve) => {
    onInteraction = ({ id, token }) =>
      resolve(apiRequest(loopback, 'POST', `/interactions/${id}/${token}/callback`, { type, data }, ''));
  });
  const ana = await joinAs(loopback, 'ana');
  const use = type === 9 ? ana.command('general', '/ask') : ana.autocomplete('general', '/ask', 'q', 'x');
  use.catch(() => 'ana leaves before a refused answer is noticed');
  const answered = await answer;
  ana.close();
  return answered;
}

const send: Readonly<Record<Rule['on'], (body: object) => Promise<Answer>>> = {
  message: post,
  command: register,
  modal: (body) => respondWith(9, body),
  choices: (body) => respondWith(8, body),
};

test.each(rules)('a request body of the kind $on must obey the rule $what', async ({ on, valid, invalid, error }) => {
  const fine = await send[on](valid);
  expect([fine.status, fine.body]).toMatchObject([expect.toSatisfy((status: number) => status < 300), {}]);
  const { body } = await send[on](invalid);
  const at = on === 'modal' || on === 'choices' ? 'data.' : '';
  if (/^\d+$/.test(error)) expect(body.code).toBe(Number(error));
  else expect([body.code, ...errorPaths(body.errors)]).toEqual(expect.arrayContaining([50_035, at + error]));
});

test.each([
  ['an integer option is a whole number', 4, 2, 2.5],
  ['an integer option is not text', 4, 2, '2'],
  ['a number option is not text', 10, 2.5, '2.5'],
])('the emulated Discord accepts a suggestion only if the value for %s', async (_, optionType, valid, invalid) => {
  const suggest = (value: unknown) => respondWith(8, { choices: [{ name: 'n', value }] }, optionType);
  expect((await suggest(valid)).status).toBe(204);
  expect(errorPaths((await suggest(invalid)).body.errors)).toEqual(['data.choices.0.value NUMBER_TYPE_COERCE']);
});

test('every rule has a source in a known format, and no rule is listed twice', () => {
  const named = rules.map(({ on, what }) => `${on}: ${what}`);
  expect(new Set(named).size).toBe(named.length);
  for (const { source } of rules) expect(source).toMatch(/^docs, [a-z/-]+(?:#[a-z-]+)?$|^(?:issue|pull request) \d+$/);
});

test('an edit that leaves a message empty fails with error 50006', async () => {
  const { body } = await post({ content: 'x' });
  const path = `/channels/${channelId(loopback)}/messages/${body.id}`;
  expect(await apiRequest(loopback, 'PATCH', path, { content: null })).toMatchObject({
    status: 400,
    body: { code: 50006 },
  });
});

test('an edit can add the Components V2 flag but cannot remove the flag', async () => {
  const { body } = await post({ content: 'x' });
  const edit = (change: object) =>
    apiRequest(loopback, 'PATCH', `/channels/${channelId(loopback)}/messages/${body.id}`, change);
  const upgrade = { flags: v2, components: [text('y')] };
  expect(errorPaths((await edit(upgrade)).body.errors)).toEqual([
    'content MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
  ]);
  expect((await edit({ ...upgrade, content: null })).status).toBe(200);
  expect(errorPaths((await edit({ flags: 0, content: 'z', components: [] })).body.errors)).toContain(
    'flags MESSAGE_CANNOT_REMOVE_COMPONENTS_V2_FLAG',
  );
  expect(await edit({ components: [text('still')] })).toMatchObject({ status: 200, body: { flags: v2 } });
});

test('malformed request bodies and paths get a 4xx status, never 500', async () => {
  const before = loopback.log.length;
  const id = loopback.world().application.id;
  const paths = [
    ['POST', `/channels/${channelId(loopback)}/messages`],
    ['POST', `/applications/${id}/commands`],
    ['PUT', `/applications/${id}/commands`],
    ['POST', '/users/@me/channels'],
    ['POST', '/interactions/1/x/callback'],
    ['POST', `/webhooks/${id}/x`],
  ] as const;
  const bodies = [
    undefined,
    null,
    1,
    'x',
    [],
    [null],
    {},
    { components: [null] },
    { components: 1 },
    { embeds: [1] },
    [1],
  ];
  for (const [method, path] of paths)
    for (const body of bodies) {
      const { status } = await apiRequest(loopback, method, path, body);
      expect({ method, path, body, isRefused: (status >= 400 && status < 500) || status === 200 }).toMatchObject({
        isRefused: true,
      });
    }
  const member = loopback.world().members[0]?.token;
  for (const body of bodies)
    expect((await apiRequest(loopback, 'POST', '/interactions', body, member)).status).toBe(400);
  expect(loopback.log.length - before).toBe(paths.length * bodies.length + bodies.length);
  for (const path of ['/users/%E0%A4', '//', `/channels/${channelId(loopback)}/messages?before=x`])
    expect((await apiRequest(loopback, 'GET', path)).status).toBeGreaterThanOrEqual(400);
  const broken = await fetch(`${loopback.api}/users/@me/channels`, {
    method: 'POST',
    headers: { authorization: member ?? '', 'content-type': 'application/json' },
    body: '{',
  });
  expect(await broken.json()).toMatchObject({ code: 50109 });
});

test('the option `bodyValidation: off` turns off only the schema checks of request bodies', async () => {
  const off = await loopbackFor({ bodyValidation: 'off' });
  const path = `/channels/${channelId(off)}/messages`;
  const odd = { content: 'x', nonce: true };
  expect((await apiRequest(off, 'POST', path, odd)).status).toBe(200);
  expect((await apiRequest(off, 'POST', path, { content: 'x'.repeat(2_001) })).body.code).toBe(50_035);
  expect((await apiRequest(await loopbackFor(), 'POST', path, odd)).body.code).toBe(50_035);
});

test('a 204 response has neither a content type nor a body', async () => {
  const { body } = await post({ content: 'x' });
  const path = `/channels/${channelId(loopback)}/messages/${body.id}`;
  const { status, headers } = await apiRequest(loopback, 'DELETE', path);
  expect([status, headers.get('content-type'), headers.get('content-length')]).toEqual([204, null, null]);
});
