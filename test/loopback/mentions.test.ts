/** Tests mentions. Source: https://discord.com/developers/docs/resources/message#allowed-mentions-object. */
import { expect, test } from 'vitest';
import { apiRequest, channelId, joinMember, deferred, loopbackFor, realBot, type Answer } from './real-bot.ts';

const V2 = 1 << 15;
const pinged = ({ body }: Answer) => ({
  users: (body['mentions'] as { username: string }[]).map(({ username }) => username),
  everyone: body['mention_everyone'],
});

async function setUp() {
  const loopback = await loopbackFor({ rateLimits: 'off' });
  const ana = await joinMember(loopback, 'ana');
  const path = `/channels/${channelId(loopback)}/messages`;
  const send = (body: object) => apiRequest(loopback, 'POST', path, body);
  return { loopback, ana, path, send };
}

test('mentions in text components have the same effect as mentions in the content of a message', async () => {
  const { loopback, ana, path, send } = await setUp();
  const components = [{ type: 17, components: [{ type: 10, content: `<@${ana.id}>` }] }];
  const quiet = await send({ flags: V2, components, allowed_mentions: { parse: [] } });
  expect(pinged(quiet).users).toEqual([]);
  const edited = await apiRequest(loopback, 'PATCH', `${path}/${quiet.body.id}`, { components });
  expect(pinged(edited).users).toEqual(['ana']);
});

test('@everyone and @here ping members only if the bot has the permission MENTION_EVERYONE', async () => {
  const { loopback, ana, send } = await setUp();
  expect(pinged(await send({ content: '@here' })).everyone).toBe(false);
  const [guild] = loopback.world().guilds;
  const role = guild?.roles.find(({ name }) => name === 'Caspian')?.id;
  await ana.request('PATCH', `/guilds/${guild?.id}/roles/${role}`, { permissions: String((1 << 17) | 0xc00) });
  expect(pinged(await send({ content: '@here' })).everyone).toBe(true);
  expect(pinged(await send({ content: '@here', allowed_mentions: { parse: ['users'] } })).everyone).toBe(false);
});

test('a reply mentions the author of the referenced message unless replied_user is false', async () => {
  const { ana, send } = await setUp();
  const { id } = await ana.say('general', 'hello');
  const reply = (more: object = {}) => send({ content: 'x', message_reference: { message_id: id }, ...more });
  expect(pinged(await reply()).users).toEqual(['ana']);
  expect(pinged(await reply({ allowed_mentions: { parse: ['users'] } })).users).toEqual([]);
  expect(pinged(await reply({ allowed_mentions: { replied_user: true } })).users).toEqual(['ana']);
  const nowhere = { message_id: '100000000000000000' };
  const refused = await send({ content: 'x', message_reference: nowhere });
  expect(refused.body.errors).toMatchObject({ message_reference: { _errors: [{ code: 'REPLIES_UNKNOWN_MESSAGE' }] } });
  const loose = await send({ content: 'x', message_reference: { ...nowhere, fail_if_not_exists: false } });
  expect(loose).toMatchObject({ status: 200, body: { type: 0 } });
});

test('by default a reply to an interaction can mention users but not roles', async () => {
  const { loopback, ana } = await setUp();
  const host = loopback.world().guilds[0]?.roles.find(({ name }) => name === 'Quiz host')?.id ?? '';
  const used = deferred<string>();
  const bot = await realBot(loopback, ({ id, token }) => used.resolve(`/interactions/${id}/${token}/callback`));
  await bot.application.commands.set([{ name: 'fact', description: 'f' }]);
  const outcome = ana.command('general', '/fact');
  const data = { content: `<@${ana.id}> <@&${host}>` };
  const answer = await apiRequest(loopback, 'POST', `${await used.promise}?with_response=true`, { type: 4, data }, '');
  await outcome;
  expect(answer.body['resource']).toMatchObject({ message: { mentions: [{ id: ana.id }], mention_roles: [] } });
});
