/**
 * Tests replies, and requests of a bot without the permission Read Message History.
 * Source: Discord documentation, resources/message#message-object and #message-reference-content-attribution.
 */
import { Events, GatewayIntentBits } from 'discord.js';
import { expect, test } from 'vitest';
import { permissionBits } from '../../src/loopback/permission-bits.ts';
import { apiRequest, channelId, joinMember, loopbackFor, realBot } from './real-bot.ts';

async function setUp() {
  const loopback = await loopbackFor();
  const ana = await joinMember(loopback, 'ana');
  const path = `/channels/${channelId(loopback)}/messages`;
  const said = await ana.say('general', 'the original');
  const reply = (message_id: unknown, content = 'x') =>
    apiRequest(loopback, 'POST', path, { content, message_reference: { message_id } });
  const read = async (id: unknown) => (await apiRequest(loopback, 'GET', `${path}/${String(id)}`)).body;
  return { loopback, ana, path, said, reply, read, guildId: loopback.world().guilds[0]?.id ?? '' };
}

test('a reply contains the current state of the original message, or null if the original message was deleted', async () => {
  const { loopback, ana, path, said, reply, read, guildId } = await setUp();
  const first = await reply(said.id);
  expect(first.body).toMatchObject({
    message_reference: { type: 0, message_id: said.id, channel_id: said.channel_id, guild_id: guildId },
    referenced_message: { id: said.id, content: 'the original' },
  });
  const second = await reply(first.body.id);
  expect(second.body['referenced_message']).toMatchObject({ content: 'x' });
  expect(second.body['referenced_message']).not.toHaveProperty('referenced_message');
  await apiRequest(loopback, 'PATCH', `${path}/${first.body.id}`, { content: 'edited' });
  expect(await read(second.body.id)).toMatchObject({ referenced_message: { content: 'edited' } });
  await ana.request('DELETE', `${path}/${said.id}`);
  expect(await read(first.body.id)).toMatchObject({ referenced_message: null });
});

test('a bot without the intent MessageContent gets neither the content of a reply nor the content of the original message', async () => {
  const { loopback, ana, path, said } = await setUp();
  const bot = await realBot(loopback, undefined, [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages]);
  const raw: unknown[] = [];
  bot.on(Events.Raw, ({ t, d }: { t: string; d: unknown }) => void (t === 'MESSAGE_CREATE' && raw.push(d)));
  await ana.request('POST', path, { content: 'hidden', message_reference: { message_id: said.id } });
  await expect.poll(() => raw).toMatchObject([{ content: '', referenced_message: { id: said.id, content: '' } }]);
});

test('without Read Message History, a bot cannot fetch a message, reply to a message or add a reaction', async () => {
  const { loopback, ana, path, said, reply, guildId } = await setUp();
  const denied = { type: 0, allow: '0', deny: String(permissionBits('READ_MESSAGE_HISTORY')) };
  await ana.request('PUT', `/channels/${channelId(loopback)}/permissions/${guildId}`, denied);
  expect(await reply(said.id)).toMatchObject({ status: 403, body: { code: 160_002 } });
  for (const [method, more] of [
    ['GET', ''],
    ['PUT', `/reactions/${encodeURIComponent('👍')}/@me`],
  ] as const)
    expect(await apiRequest(loopback, method, `${path}/${said.id}${more}`)).toMatchObject({
      status: 403,
      body: { code: 50_013 },
    });
});

test('nobody can reply to a system message or pin it', async () => {
  const { loopback, ana, path, said, reply } = await setUp();
  await ana.request('PUT', `${path}/pins/${said.id}`);
  const [notice] = (await apiRequest(loopback, 'GET', `${path}?limit=1`)).body as unknown as [{ id: string }];
  expect(notice).toMatchObject({ type: 6, message_reference: { message_id: said.id, channel_id: said.channel_id } });
  expect((await reply(notice.id)).body.errors).toMatchObject({
    message_reference: { _errors: [{ code: 'REPLIES_CANNOT_REPLY_TO_SYSTEM_MESSAGE' }] },
  });
  await expect(ana.request('PUT', `${path}/pins/${notice.id}`)).rejects.toMatchObject({ body: { code: 50_021 } });
});
