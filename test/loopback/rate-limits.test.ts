/**
 * Tests rate limits, and how @discordjs/rest reacts to them. Source:
 * https://discord.com/developers/docs/topics/rate-limits.
 */
import { REST } from '@discordjs/rest';
import { expect, test } from 'vitest';
import type { Loopback } from '../../src/loopback/loopback.ts';
import { rateLimits } from '../../src/loopback/rate-limits.ts';
import { virtualClock } from '../../src/loopback/virtual-clock.ts';
import { apiRequest, channelId, joinMember, loopbackFor, realBot, type Answer } from './real-bot.ts';

const say = (loopback: Loopback, channel = 'general') =>
  apiRequest(loopback, 'POST', `/channels/${channelId(loopback, channel)}/messages`, { content: 'x' });

/** Sends `count` requests one after another. Returns the responses. */
async function times(count: number, ask: (index: number) => Promise<Answer>): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  for (let index = 0; index < count; index++) answers.push(await ask(index));
  return answers;
}
const statuses = (answers: readonly Answer[]) => answers.map(({ status }) => status);
const header = ({ headers }: Answer, name: string) => headers.get(`x-ratelimit-${name}`);

/** The number of messages that a bot may post in a channel within five seconds. */
const messages = rateLimits.find(({ routes }) => routes?.[0]?.startsWith('POST /channels/'))?.limit ?? 0;

test('the headers show a separate rate limit for every channel (#header-format)', async () => {
  const clock = virtualClock();
  const loopback = await loopbackFor({ clock });
  const first = await say(loopback);
  expect([header(first, 'limit'), header(first, 'remaining'), header(first, 'reset-after')]).toEqual(['5', '4', '5']);
  expect(Number(header(first, 'reset'))).toBe(clock.now() / 1_000 + 5);
  await clock.advance(1_500);
  const second = await say(loopback);
  expect([header(second, 'remaining'), header(second, 'reset-after')]).toEqual(['3', '3.5']);
  const elsewhere = await say(loopback, 'quiz-night');
  expect(header(elsewhere, 'remaining')).toBe('4');
  expect(header(elsewhere, 'bucket')).toBe(header(first, 'bucket'));
  expect(header(first, 'scope')).toBeNull();
});

test('requests beyond the limit get status 429 until the time in retry_after has passed (#exceeding-a-rate-limit)', async () => {
  const clock = virtualClock();
  const loopback = await loopbackFor({ clock });
  expect(statuses(await times(messages, () => say(loopback)))).not.toContain(429);
  await clock.advance(600);
  const refused = await say(loopback);
  expect(refused).toMatchObject({ status: 429, body: { retry_after: 4.4, global: false } });
  expect([header(refused, 'scope'), refused.headers.get('retry-after')]).toEqual(['user', '5']);
  await clock.advance(4_400);
  expect((await say(loopback)).status).toBe(200);
});

test('@discordjs/rest obeys rate limit headers and retries after a 429', async () => {
  const clock = virtualClock();
  const loopback = await loopbackFor({ clock });
  const rest = new REST({ api: loopback.api, version: '10' }).setToken(loopback.world().botToken);
  const waits: number[] = [];
  rest.on('rateLimited', ({ timeToReset, retryAfter }) => {
    waits.push(Math.max(timeToReset, retryAfter));
    void clock.advance(messages * 1_000);
  });
  const post = () => rest.post(`/channels/${channelId(loopback)}/messages`, { body: { content: 'x' } });
  await times(messages - 1, () => say(loopback));
  await clock.advance(4_900);
  await post();
  await post();
  expect(waits).toHaveLength(1);
  await times(messages - 1, () => say(loopback));
  await clock.advance(4_900);
  const fresh = new REST({ api: loopback.api, version: '10' }).setToken(loopback.world().botToken);
  fresh.on('rateLimited', () => void clock.advance(5_000));
  expect(await fresh.post(`/channels/${channelId(loopback)}/messages`, { body: { content: 'last' } })).toMatchObject({
    content: 'last',
  });
});

test('a bot can send 50 requests a second, and interaction callbacks are exempt from this limit (#global-rate-limit)', async () => {
  const clock = virtualClock();
  const loopback = await loopbackFor({ clock });
  const me = () => apiRequest(loopback, 'GET', '/users/@me');
  const answers = await times(51, me);
  expect(statuses(answers.slice(0, 50))).toEqual(Array.from({ length: 50 }, () => 200));
  const last = answers[50];
  expect(last).toMatchObject({ status: 429, body: { global: true, retry_after: 1 } });
  expect(last && [header(last, 'global'), header(last, 'scope')]).toEqual(['true', 'global']);
  // The limit does not apply to interaction callbacks, so a callback to an unknown interaction gets 404 and not 429.
  expect((await apiRequest(loopback, 'POST', '/interactions/1/x/callback', { type: 4 }, '')).status).toBe(404);
  await clock.advance(1_000);
  expect((await me()).status).toBe(200);
});

test('a message that is older than an hour can be edited three times in 20 s; the fourth edit fails with error 30046 (opcodes-and-status-codes#json)', async () => {
  const clock = virtualClock();
  const loopback = await loopbackFor({ clock });
  const { body } = await say(loopback);
  const edit = () =>
    apiRequest(loopback, 'PATCH', `/channels/${channelId(loopback)}/messages/${body.id}`, { content: 'y' });
  await clock.advance(3_600_000);
  expect(statuses(await times(4, edit))).toEqual([200, 200, 200, 200]);
  await clock.advance(5_001);
  const answers = await times(4, edit);
  expect(statuses(answers)).toEqual([200, 200, 200, 429]);
  expect(answers[3]?.body).toMatchObject({ code: 30046, retry_after: 20 });
});

test('a bot can send 5 follow-ups to an interaction in 2 s, and 30 in a channel in a minute (discord-api-docs issues 2701 and 7243)', async () => {
  const clock = virtualClock();
  const loopback = await loopbackFor({ clock });
  const tokens: string[] = [];
  const bot = await realBot(loopback, async (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    await interaction.reply('ok');
    tokens.push(interaction.token);
  });
  await bot.application.commands.set([{ name: 'fact', description: 'f' }]);
  const ana = await joinMember(loopback, 'ana');
  for (let count = 0; count < 7; count++) await ana.command('general', '/fact');
  await expect.poll(() => tokens).toHaveLength(7);
  const follow = (token = '') =>
    apiRequest(loopback, 'POST', `/webhooks/${bot.application.id}/${token}`, { content: 'x', flags: 64 }, '');
  for (const token of tokens.slice(0, 6))
    expect(statuses(await times(5, () => follow(token)))).toEqual([200, 200, 200, 200, 200]);
  await clock.advance(2_000);
  const refused = await follow(tokens[6]);
  expect(refused).toMatchObject({ status: 429, body: { global: false, retry_after: 58 } });
  expect(header(refused, 'scope')).toBe('shared');
  // A request that gets 429 because of a shared limit does not count as an invalid request.
  expect(loopback.invalidRequests()).toBe(0);
  await clock.advance(58_000);
  const six = await times(6, () => follow(tokens[6]));
  expect(statuses(six)).toEqual([200, 200, 200, 200, 200, 429]);
  expect(loopback.invalidRequests()).toBe(1);
});

test('a bot is banned after too many 401, 403 and 429 responses in ten minutes (#invalid-request-limit)', async () => {
  const clock = virtualClock();
  const loopback = await loopbackFor({ clock, rateLimits: { banAfter: 3 } });
  const ask = (token?: string) => apiRequest(loopback, 'GET', '/users/@me', undefined, token);
  expect(statuses(await times(2, () => ask('Bot wrong')))).toEqual([401, 401]);
  expect(loopback.invalidRequests()).toBe(2);
  expect((await ask()).status).toBe(200);
  await ask('Bot wrong');
  expect((await ask()).status).toBe(429);
  await clock.advance(600_000);
  expect(loopback.invalidRequests()).toBe(0);
  expect((await ask()).status).toBe(200);
});

test('with the option `rateLimits: off`, no request gets 429 and responses have no rate limit headers', async () => {
  const loopback = await loopbackFor({ clock: virtualClock(), rateLimits: 'off' });
  const answers = await times(60, () => say(loopback));
  expect(statuses(answers)).not.toContain(429);
  expect(answers[0] && header(answers[0], 'limit')).toBeNull();
});
