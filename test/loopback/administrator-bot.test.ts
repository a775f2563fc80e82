/** Tests the requests of a bot that administers a server, with the real discord.js client. */
import { ChannelType, Events, GatewayIntentBits, OverwriteType, PermissionFlagsBits } from 'discord.js';
import { expect, test } from 'vitest';
import { permissionBits } from '../../src/loopback/permission-bits.ts';
import { apiRequest, channelId, joinMember, loopbackFor, realBot } from './real-bot.ts';

const intents = [
  GatewayIntentBits.Guilds,
  GatewayIntentBits.GuildMembers,
  GatewayIntentBits.GuildMessages,
  GatewayIntentBits.GuildMessageReactions,
  GatewayIntentBits.GuildMessageTyping,
  GatewayIntentBits.MessageContent,
];

/** Starts a bot with the permission ADMINISTRATOR. */
async function administrator() {
  const loopback = await loopbackFor();
  const [guild] = loopback.world().guilds;
  const role = guild?.roles.find(({ name }) => name === 'Caspian');
  if (!guild || !role) throw new Error('no role of the bot');
  const ana = await joinMember(loopback, 'ana');
  await ana.request('PATCH', `/guilds/${guild.id}/roles/${role.id}`, {
    permissions: String(permissionBits('ADMINISTRATOR')),
  });
  const bot = await realBot(loopback, undefined, intents);
  const server = bot.guilds.cache.get(guild.id);
  if (!server) throw new Error('no server');
  return { loopback, bot, server, guild, ana };
}

test('a private channel can be read only by members for whom an overwrite allows View Channel', async () => {
  const { loopback, server } = await administrator();
  const [ben, cem] = [await joinMember(loopback, 'ben'), await joinMember(loopback, 'cem')];
  const ticket = await server.channels.create({
    name: 'ticket-1',
    type: ChannelType.GuildText,
    topic: 'Help for Ben',
    permissionOverwrites: [
      { id: server.id, deny: [PermissionFlagsBits.ViewChannel] },
      { id: ben.id, type: OverwriteType.Member, allow: [PermissionFlagsBits.ViewChannel] },
    ],
  });
  expect(ticket.topic).toBe('Help for Ben');
  await ticket.send('secret');
  expect(await ben.request('GET', `/channels/${ticket.id}/messages`)).toMatchObject([{ content: 'secret' }]);
  await expect(cem.request('GET', `/channels/${ticket.id}/messages`)).rejects.toThrow('50001');
  expect(cem.seen().some(({ content }) => content === 'secret')).toBe(false);
  await ticket.permissionOverwrites.edit(cem.id, { ViewChannel: true }, { type: OverwriteType.Member });
  expect(await cem.request('GET', `/channels/${ticket.id}/messages`)).toMatchObject([{ content: 'secret' }]);
});

test('a channel that is created in a category gets the category’s overwrites, and keeps them when the category is deleted', async () => {
  const { loopback, server } = await administrator();
  const ben = await joinMember(loopback, 'ben');
  const permissionOverwrites = [{ id: server.id, deny: [PermissionFlagsBits.ViewChannel] }];
  const tickets = await server.channels.create({
    name: 'tickets',
    type: ChannelType.GuildCategory,
    permissionOverwrites,
  });
  const ticket = await server.channels.create({ name: 'ticket-1', parent: tickets });
  expect(ticket.parentId).toBe(tickets.id);
  await expect(ben.request('GET', `/channels/${ticket.id}/messages`)).rejects.toThrow('50001');
  const moved = await server.channels.create({ name: 'ticket-2' });
  await moved.setParent(tickets);
  await expect(ben.request('GET', `/channels/${moved.id}/messages`)).rejects.toThrow('50001');
  await expect(moved.setParent(ticket.id)).rejects.toThrow('Category does not exist');
  await tickets.delete();
  await expect.poll(() => ticket.parentId).toBe(null);
  await expect(ben.request('GET', `/channels/${ticket.id}/messages`)).rejects.toThrow('50001');
});

test('a bot can create a hoisted role with a colour, and can fetch the role by its id, but cannot delete the role @everyone', async () => {
  const { loopback, server, guild } = await administrator();
  const role = await server.roles.create({ name: 'Reader', colors: { primaryColor: 0xff8800 }, hoist: true });
  expect(await apiRequest(loopback, 'GET', `/guilds/${guild.id}/roles/${role.id}`)).toMatchObject({
    body: { name: 'Reader', color: 0xff8800, hoist: true },
  });
  await expect(server.roles.delete(server.id)).rejects.toThrow('Invalid Role');
});

test('a bot can add, list, remove and clear reactions, and gets an event for each added reaction', async () => {
  const { loopback, bot, server, ana } = await administrator();
  const channel = await server.channels.fetch(channelId(loopback));
  if (!channel?.isTextBased()) throw new Error('no channel');
  const heard: string[] = [];
  bot.on(Events.MessageReactionAdd, ({ emoji }, user) => heard.push(`${user.id} ${emoji.name}`));
  const message = await channel.send('vote');
  const path = `/channels/${channel.id}/messages/${message.id}/reactions/${encodeURIComponent('👍')}`;
  await ana.request('PUT', `${path}/@me`);
  await message.react('👍');
  await expect.poll(() => heard).toEqual([`${ana.id} 👍`, `${bot.user.id} 👍`]);
  expect((await message.fetch(true)).reactions.cache.get('👍')).toMatchObject({ count: 2, me: true });
  const users = await message.reactions.cache.get('👍')?.users.fetch();
  expect([...(users?.keys() ?? [])].toSorted()).toEqual([ana.id, bot.user.id].toSorted());
  // The list is sorted by user id, not by the time of the reactions.
  const [low = '', high = ''] = [ana.id, bot.user.id].toSorted();
  const pages = await Promise.all(
    [`${path}?limit=1`, `${path}?limit=1&after=${low}`].map((page) => apiRequest(loopback, 'GET', page)),
  );
  expect(pages.map(({ body }) => body)).toMatchObject([[{ id: low }], [{ id: high }]]);
  await message.reactions.cache.get('👍')?.users.remove(ana.id);
  expect((await message.fetch(true)).reactions.cache.get('👍')?.count).toBe(1);
  await message.reactions.removeAll();
  expect((await message.fetch(true)).reactions.cache.size).toBe(0);
  await expect(message.react('nonsense')).rejects.toThrow('Unknown Emoji');
});

test('a bot can pin messages, delete several messages with one request, and show that it is typing', async () => {
  const { loopback, server, ana } = await administrator();
  const channel = await server.channels.fetch(channelId(loopback));
  if (channel?.type !== ChannelType.GuildText) throw new Error('no channel');
  const [first, second, third] = [await channel.send('1'), await channel.send('2'), await channel.send('3')];
  await first.pin();
  expect((await channel.messages.fetchPins()).items.map(({ message }) => message.content)).toEqual(['1']);
  await first.unpin();
  expect((await channel.messages.fetchPins()).items).toEqual([]);
  await Promise.all([ana.event(({ t }) => t === 'TYPING_START'), channel.sendTyping()]);
  await Promise.all([ana.event(({ t }) => t === 'MESSAGE_DELETE_BULK'), channel.bulkDelete([second, third])]);
  expect((await ana.messages('general')).map(({ content }) => content)).not.toContain('2');
  expect(ana.seen().map(({ content }) => content)).not.toContain('2');
});

test('a bot can list, search and rename members, and can time members out for at most 28 days', async () => {
  const { loopback, server } = await administrator();
  const cem = await joinMember(loopback, 'cem');
  expect((await server.members.list({ limit: 100 })).map(({ user }) => user.username)).toContain('cem');
  expect((await server.members.search({ query: 'ce' })).map(({ user }) => user.username)).toEqual(['cem']);
  const member = await server.members.fetch(cem.id);
  await member.setNickname('Cem the reader');
  await server.members.me?.setNickname('Quizmaster');
  expect((await server.members.fetch({ user: cem.id, force: true })).nickname).toBe('Cem the reader');
  await member.timeout(60_000);
  await expect(cem.say('general', 'x')).rejects.toThrow('50013');
  await expect(member.timeout(29 * 86_400_000)).rejects.toThrow('28 days');
  const owner = await server.members.fetch(server.ownerId);
  await expect(owner.timeout(60_000)).rejects.toThrow('Missing Permissions');
});

test('without the permissions Embed Links and Read Message History, a bot cannot send embeds, read old messages or reply to messages', async () => {
  const loopback = await loopbackFor();
  const ana = await joinMember(loopback, 'ana');
  const path = `/channels/${channelId(loopback)}`;
  const said = await ana.say('general', 'hello');
  const [guild] = loopback.world().guilds;
  const denied = String(permissionBits('EMBED_LINKS', 'READ_MESSAGE_HISTORY'));
  await ana.request('PUT', `${path}/permissions/${guild?.id}`, { type: 0, allow: '0', deny: denied });
  expect(await apiRequest(loopback, 'POST', `${path}/messages`, { embeds: [{ title: 'x' }] })).toMatchObject({
    body: { code: 50_013 },
  });
  const both = await apiRequest(loopback, 'POST', `${path}/messages`, { content: 'x', embeds: [{ title: 'x' }] });
  expect(both.body).toMatchObject({ content: 'x', embeds: [] });
  expect((await apiRequest(loopback, 'GET', `${path}/messages`)).body).toEqual([]);
  const reply = { content: 'x', message_reference: { message_id: said.id } };
  expect((await apiRequest(loopback, 'POST', `${path}/messages`, reply)).status).toBe(403);
});

test('a bot can suppress embeds in the message of another user only with the permission Manage Messages', async () => {
  const { loopback, ana, guild } = await administrator();
  const said = await ana.say('general', 'hello');
  const path = `/channels/${channelId(loopback)}/messages/${said.id}`;
  expect((await apiRequest(loopback, 'PATCH', path, { content: 'x' })).body.code).toBe(50_005);
  expect(await apiRequest(loopback, 'PATCH', path, { flags: 4 })).toMatchObject({ status: 200, body: { flags: 4 } });
  const role = guild.roles.find(({ name }) => name === 'Caspian');
  await ana.request('PATCH', `/guilds/${guild.id}/roles/${role?.id}`, { permissions: '0' });
  expect((await apiRequest(loopback, 'PATCH', path, { flags: 0 })).body.code).toBe(50_013);
});

test('neither the GUILD_UPDATE event nor the response to a request for a guild contains the channels of the guild', async () => {
  const { server, ana, loopback } = await administrator();
  await server.channels.create({
    name: 'secret',
    permissionOverwrites: [{ id: server.id, deny: [PermissionFlagsBits.ViewChannel] }],
  });
  const [heard] = await Promise.all([ana.event(({ t }) => t === 'GUILD_UPDATE'), server.setName('Readers')]);
  expect(heard.d).toMatchObject({ name: 'Readers' });
  expect(JSON.stringify(heard.d)).not.toContain('secret');
  expect(JSON.stringify((await apiRequest(loopback, 'GET', `/guilds/${server.id}`)).body)).not.toContain('secret');
});
