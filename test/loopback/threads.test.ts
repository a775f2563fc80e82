/** Tests threads, and deleting channels and guilds. Source: https://discord.com/developers/docs/topics/threads. */
import { ChannelType, Events, GatewayIntentBits, PermissionFlagsBits as Bit, type TextChannel } from 'discord.js';
import { expect, test } from 'vitest';
import type { Loopback } from '../../src/loopback/loopback.ts';
import type { LoopbackMember } from '../../src/loopback/loopback-member.ts';
import { apiRequest, channelId, joinMember, loopbackFor, realBot } from './real-bot.ts';

const guildId = (loopback: Loopback) => loopback.world().guilds[0]?.id ?? '';
const say = (loopback: Loopback, id: string) =>
  apiRequest(loopback, 'POST', `/channels/${id}/messages`, { content: 'x' });
const deny = (ana: LoopbackMember, channel: string, id: string, permission: bigint) =>
  ana.request('PUT', `/channels/${channel}/permissions/${id}`, { type: 1, deny: String(permission) });

async function setUp() {
  const loopback = await loopbackFor();
  const { Guilds, GuildMessages, GuildMembers } = GatewayIntentBits;
  const bot = await realBot(loopback, (each) => each.isChatInputCommand() && each.reply('ok'), [
    Guilds,
    GuildMessages,
    GuildMembers,
  ]);
  const channel = bot.channels.cache.get(channelId(loopback)) as TextChannel;
  const [ana, ben] = [await joinMember(loopback, 'ana'), await joinMember(loopback, 'ben')];
  return { loopback, bot, channel, ana, ben, self: bot.user.id };
}

test('discord.js can start a thread from a message and post in the thread', async () => {
  const { loopback, bot, channel, ana } = await setUp();
  const starter = await channel.send('Round 1');
  const thread = await starter.startThread({ name: 'Round 1' });
  expect([thread.id, thread.type, thread.parentId, thread.ownerId]).toEqual([
    starter.id,
    ChannelType.PublicThread,
    channel.id,
    bot.user.id,
  ]);
  await thread.send('Question 1');
  expect((await ana.waitFor(({ content }) => content === 'Question 1')).channel_id).toBe(thread.id);
  expect(ana.events.find(({ t }) => t === 'THREAD_CREATE')?.d).toMatchObject({ id: thread.id, newly_created: true });
  expect((await starter.fetch()).hasThread).toBe(true);
  const again = `/channels/${channel.id}/messages/${starter.id}/threads`;
  expect((await apiRequest(loopback, 'POST', again, { name: 'again' })).body).toMatchObject({ code: 160_004 });
  const other = await channel.threads.create({ name: 'Without a message', type: ChannelType.PublicThread });
  expect((await channel.guild.channels.fetchActiveThreads()).threads.map(({ name }) => name)).toEqual([
    'Round 1',
    'Without a message',
  ]);
  // Discord posts a "thread created" message only for a thread that was not started from a message.
  // Source: Discord documentation, resources/message#message-reference-thread-created-messages.
  await ana.waitFor(({ content }) => content === 'Without a message');
  const reference = { type: 0, channel_id: other.id, guild_id: guildId(loopback) };
  expect(ana.events.filter(({ t, d }) => t === 'MESSAGE_CREATE' && (d as { type?: number }).type === 18)).toMatchObject(
    [{ d: { channel_id: channel.id, content: 'Without a message', message_reference: reference, mentions: [] } }],
  );
  await expect(other.setName('x'.repeat(101))).rejects.toMatchObject({ code: 50_035 });
});

test('a bot needs SEND_MESSAGES_IN_THREADS to post in a thread (#permissions)', async () => {
  const { loopback, channel, ana, self } = await setUp();
  const { id } = await channel.threads.create({ name: 't', type: ChannelType.PublicThread });
  await deny(ana, channel.id, self, Bit.SendMessages);
  expect((await say(loopback, channel.id)).body).toMatchObject({ code: 50_013 });
  expect((await say(loopback, id)).status).toBe(200);
  await deny(ana, channel.id, self, Bit.SendMessagesInThreads);
  expect((await say(loopback, channel.id)).status).toBe(200);
  expect((await say(loopback, id)).body).toMatchObject({ code: 50_013 });
  await deny(ana, channel.id, self, Bit.CreatePublicThreads);
  const refused = await apiRequest(loopback, 'POST', `/channels/${channel.id}/threads`, { name: 't', type: 11 });
  expect(refused).toMatchObject({ status: 403, body: { code: 50_013 } });
  await deny(ana, channel.id, self, Bit.ViewChannel);
  expect((await say(loopback, id)).body).toMatchObject({ code: 50_001 });
});

test('a new message unarchives an archived thread (#active-archived-threads)', async () => {
  const { bot, channel, ana } = await setUp();
  await bot.application.commands.set([{ name: 'fact', description: 'f' }]);
  const thread = await channel.threads.create({ name: 't', type: ChannelType.PublicThread });
  const message = await thread.send('x');
  await thread.setArchived(true);
  await expect(message.edit('y')).rejects.toMatchObject({ code: 50_083 });
  await expect(ana.command(thread.id, '/fact')).rejects.toMatchObject({ body: { code: 50_083 } });
  await expect(thread.setName('z')).rejects.toMatchObject({ code: 50_083 });
  await thread.send('awake');
  await expect.poll(() => thread.archived).toBe(false);
  expect((await ana.command(thread.id, '/fact')).kind).toBe('answered');
});

test('only moderators can post in a locked thread (#locked-threads)', async () => {
  const { bot, channel, ana, ben } = await setUp();
  const thread = await channel.threads.create({ name: 't', type: ChannelType.PublicThread });
  const message = await thread.send('x');
  await expect(thread.setLocked(true)).rejects.toMatchObject({ code: 50_013 });
  await ana.request('PATCH', `/channels/${thread.id}`, { locked: true });
  await expect(thread.send('y')).rejects.toMatchObject({ code: 160_005 });
  await expect(message.edit('y')).rejects.toMatchObject({ code: 160_005 });
  await expect(ben.say(thread.id, 'y')).rejects.toMatchObject({ body: { code: 160_005 } });
  await ana.say(thread.id, 'y');
  await ana.request('PATCH', `/channels/${thread.id}`, { archived: true });
  await expect(thread.setArchived(false)).rejects.toMatchObject({ code: 50_013 });
  await expect(thread.delete()).rejects.toMatchObject({ code: 50_013 });
  await ana.request('DELETE', `/channels/${thread.id}`);
  await expect.poll(() => bot.channels.cache.has(thread.id)).toBe(false);
  await expect(thread.send('z')).rejects.toMatchObject({ code: 10_003 });
});

test('deleting a channel deletes its messages and threads', async () => {
  const { loopback, bot, channel, ana } = await setUp();
  const thread = await channel.threads.create({ name: 't', type: ChannelType.PublicThread });
  const { id } = thread;
  const messages = [await channel.send('x'), await thread.send('y')].map((message) => message.id);
  const seen = () => ana.seen().filter((message) => messages.includes(message.id)).length;
  await expect.poll(seen).toBe(2);
  await ana.request('DELETE', `/channels/${channel.id}`);
  await expect.poll(() => bot.channels.cache.has(channel.id)).toBe(false);
  expect(seen()).toBe(0);
  for (const gone of [channel.id, id]) expect((await say(loopback, gone)).body).toMatchObject({ code: 10_003 });
  expect(ana.events.at(-1)).toMatchObject({ t: 'CHANNEL_DELETE', d: { id: channel.id } });
  const made = (await ana.request('POST', `/guilds/${guildId(loopback)}/channels`, { name: 'new' })) as { id: string };
  await expect.poll(() => bot.channels.cache.has(made.id)).toBe(true);
});

test('a kicked bot gets GUILD_DELETE and has no access to the guild', async () => {
  const { loopback, bot, channel, ana, self } = await setUp();
  const left: boolean[] = [];
  bot.on(Events.GuildDelete, ({ available }) => void left.push(available));
  await ana.request('DELETE', `/guilds/${guildId(loopback)}/members/${self}`);
  await expect.poll(() => left).toEqual([true]);
  expect(await say(loopback, channel.id)).toMatchObject({ status: 403, body: { code: 50_001 } });
  const guild = `/guilds/${guildId(loopback)}`;
  expect(await apiRequest(loopback, 'GET', guild)).toMatchObject({ status: 404, body: { code: 10_004 } });
  await ana.request('POST', `/oauth2/authorize?client_id=${self}&scope=bot`, {
    guild_id: guildId(loopback),
    permissions: String(Bit.ViewChannel | Bit.SendMessages),
  });
  await expect.poll(() => bot.guilds.cache.get(guildId(loopback))?.members.me?.roles.botRole?.name).toBe('Caspian');
  expect((await say(loopback, channel.id)).status).toBe(200);
});

test('fetching a member who left the guild fails with error 10007', async () => {
  const { loopback, bot, channel, ana, ben } = await setUp();
  await expect(ana.request('DELETE', `/users/@me/guilds/${guildId(loopback)}`)).rejects.toMatchObject({
    body: { code: 50_055 },
  });
  const guild = bot.guilds.cache.get(guildId(loopback));
  await guild?.members.fetch({ user: ben.id, force: true });
  await ben.request('DELETE', `/users/@me/guilds/${guildId(loopback)}`);
  await expect.poll(() => guild?.members.cache.has(ben.id)).toBe(false);
  await expect(guild?.members.fetch({ user: ben.id, force: true })).rejects.toMatchObject({ code: 10_007 });
  await expect(ben.messages(channel.id)).rejects.toMatchObject({ body: { code: 50_001 } });
});

test('only the owner can delete a guild', async () => {
  const { loopback, bot, channel, ana, ben } = await setUp();
  await expect(ben.request('DELETE', `/guilds/${guildId(loopback)}`)).rejects.toMatchObject({ body: { code: 50_013 } });
  const gone = guildId(loopback);
  await ana.request('DELETE', `/guilds/${gone}`);
  await expect.poll(() => bot.guilds.cache.has(gone)).toBe(false);
  expect((await say(loopback, channel.id)).body).toMatchObject({ code: 10_003 });
  expect(loopback.unknownRoutes).toEqual([]);
});
