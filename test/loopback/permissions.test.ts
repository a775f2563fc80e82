/**
 * Tests permissions. Source: https://discord.com/developers/docs/topics/permissions, and the pages cited in test names.
 */
import {
  ApplicationCommandOptionType as Type,
  ChannelType,
  GatewayIntentBits,
  PermissionFlagsBits as Bit,
  type Interaction,
} from 'discord.js';
import { expect, test } from 'vitest';
import type { Loopback } from '../../src/loopback/loopback.ts';
import { type Permission, permissionBits } from '../../src/loopback/permission-bits.ts';
import { virtualClock } from '../../src/loopback/virtual-clock.ts';
import type { LoopbackMember } from '../../src/loopback/loopback-member.ts';
import { answerOf, apiRequest, channelId, joinMember, deferred, loopbackFor, realBot } from './real-bot.ts';

const guildId = (loopback: Loopback) => loopback.world().guilds[0]?.id ?? '';
const roleId = (loopback: Loopback, name: string) =>
  loopback.world().guilds[0]?.roles.find((role) => role.name === name)?.id ?? '';
const say = (loopback: Loopback, content = 'x', more: object = {}) =>
  apiRequest(loopback, 'POST', `/channels/${channelId(loopback)}/messages`, { content, ...more });

/** Sets a permission overwrite in #general for the bot, a role or a user. Ana may do so because she owns the guild. */
const overwrite = (ana: LoopbackMember, loopback: Loopback, id: string, type: number, set: object) =>
  ana.request('PUT', `/channels/${channelId(loopback)}/permissions/${id}`, { type, ...set });

async function setUp(answer?: (interaction: Interaction) => unknown, intents?: readonly GatewayIntentBits[]) {
  const clock = virtualClock();
  const loopback = await loopbackFor({ clock });
  const bot = await realBot(loopback, answer, intents);
  const people = { ana: await joinMember(loopback, 'ana'), ben: await joinMember(loopback, 'ben') };
  return { clock, loopback, bot, ...people, self: loopback.world().application.id };
}

test('discord.js reads the roles of the guild and of its members', async () => {
  const { loopback, bot, ben } = await setUp();
  const guild = bot.guilds.cache.first();
  expect(guild?.roles.cache.map(({ name }) => name)).toEqual(['@everyone', 'Caspian', 'Quiz host']);
  expect(guild?.roles.everyone.id).toBe(guildId(loopback));
  expect(guild?.members.me?.roles.botRole?.name).toBe('Caspian');
  // The role of the bot may view channels, send messages (also in threads), create public threads and attach files.
  expect(guild?.members.me?.roles.botRole?.permissions.bitfield).toBe(309_237_681_152n);
  const member = await guild?.members.fetch({ user: ben.id, force: true });
  expect(member?.roles.cache.map(({ name }) => name)).toEqual(['@everyone', 'Quiz host']);
});

test('the bot gets the roles, users and channels chosen as options (interactions/receiving-and-responding#resolved-data)', async () => {
  const heard = deferred<readonly unknown[]>();
  const { loopback, bot, ana, ben } = await setUp((interaction) => {
    if (!interaction.isChatInputCommand()) return undefined;
    const { options } = interaction;
    const channel = options.getChannel('where');
    heard.resolve([
      options.getRole('role')?.name,
      JSON.stringify(options.getMentionable('whom')).includes(ben.id),
      channel?.name,
    ]);
    return interaction.reply('ok');
  });
  await bot.application.commands.set([
    {
      name: 'setup',
      description: 's',
      options: [
        { type: Type.Role, name: 'role', description: 'r' },
        { type: Type.Mentionable, name: 'whom', description: 'w' },
        { type: Type.Channel, name: 'where', description: 'w' },
      ],
    },
  ]);
  const role = roleId(loopback, 'Quiz host');
  await expect(ana.command('general', '/setup', { role: ben.id })).rejects.toMatchObject({ body: { code: 10011 } });
  await ana.command('general', '/setup', { role, whom: ben.id, where: channelId(loopback) });
  expect(await heard.promise).toEqual(['Quiz host', true, 'general']);
});

test('permission overwrites are applied in this order: @everyone, roles, user', async () => {
  const { loopback, ana, ben } = await setUp();
  const host = roleId(loopback, 'Quiz host');
  const send = String(Bit.SendMessages);
  const canSpeak = async () => {
    try {
      return (await ben.say('general', 'x')).content === 'x';
    } catch (error) {
      expect(error).toMatchObject({ status: 403, body: { code: 50013 } });
      return false;
    }
  };
  expect(await canSpeak()).toBe(true);
  await overwrite(ana, loopback, guildId(loopback), 0, { deny: send });
  expect(await canSpeak()).toBe(false);
  await overwrite(ana, loopback, host, 0, { allow: send });
  expect(await canSpeak()).toBe(true);
  await overwrite(ana, loopback, ben.id, 1, { deny: send });
  expect(await canSpeak()).toBe(false);
  // Overwrites do not restrict the owner.
  await overwrite(ana, loopback, ana.id, 1, { deny: send });
  await ana.say('general', 'x');
});

test('without VIEW_CHANNEL a bot has no access to the channel and its messages', async () => {
  const { loopback, ana, ben, self, bot } = await setUp(undefined, [
    GatewayIntentBits.Guilds,
    GatewayIntentBits.GuildMessages,
  ]);
  await overwrite(ana, loopback, guildId(loopback), 0, { deny: String(Bit.ViewChannel) });
  await overwrite(ana, loopback, self, 1, { deny: String(Bit.ViewChannel) });
  expect(await say(loopback)).toMatchObject({ status: 403, body: { code: 50001 } });
  await expect(ben.messages('general')).rejects.toMatchObject({ status: 403, body: { code: 50001 } });
  const heard: string[] = [];
  bot.on('messageCreate', ({ channelId }) => void heard.push(channelId));
  await ana.say('general', 'secret');
  const open = await ana.say('quiz-night', 'public');
  await ben.waitFor(({ id }) => id === open.id);
  expect(ben.seen().map(({ content }) => content)).toEqual(['public']);
  await expect.poll(() => heard).toEqual([open.channel_id]);
  const list = (await ben.request('GET', `/guilds/${guildId(loopback)}/channels`)) as { name: string }[];
  expect(list.map(({ name }) => name)).toEqual(['quiz-night']);
});

test('sending files fails with error 50013 without the ATTACH_FILES permission', async () => {
  const { loopback, bot, ana, self } = await setUp();
  const channel = bot.channels.cache.get(channelId(loopback));
  if (!channel?.isSendable()) throw new Error('no channel');
  const files = [{ attachment: Buffer.from('x'), name: 'a.txt' }];
  await channel.send({ files });
  await overwrite(ana, loopback, self, 1, { deny: String(Bit.AttachFiles) });
  await expect(channel.send({ files })).rejects.toMatchObject({ status: 403, code: 50_013 });
  expect((await say(loopback)).status).toBe(200);
});

test('an interaction contains the permissions of the app and the member in the channel (#interaction-object)', async () => {
  const heard = deferred<readonly unknown[]>();
  const { loopback, bot, ana, ben, self } = await setUp((interaction) => {
    if (!interaction.isChatInputCommand()) return undefined;
    const { appPermissions: app, memberPermissions: member } = interaction;
    heard.resolve([app.has('SendMessages'), app.has('AttachFiles'), member?.has('ManageGuild'), member?.has('Speak')]);
    return interaction.reply('ok');
  });
  await bot.application.commands.set([{ name: 'fact', description: 'f' }]);
  await overwrite(ana, loopback, self, 1, { deny: String(Bit.SendMessages) });
  // Replies to interactions need no permissions in the channel.
  expect(answerOf(await ben.command('general', '/fact')).content).toBe('ok');
  expect(await heard.promise).toEqual([false, true, false, false]);
});

test('an interaction in a DM contains the app permissions that Discord’s documentation lists (#interaction-object, third note)', async () => {
  const heard = deferred<bigint>();
  const { bot, ana } = await setUp((interaction) => {
    heard.resolve(interaction.appPermissions.bitfield);
    return interaction.isChatInputCommand() && interaction.reply('ok');
  });
  await bot.application.commands.set([{ name: 'fact', description: 'f' }]);
  await ana.openDm();
  await ana.command('dm', '/fact');
  expect(await heard.promise).toBe(Bit.AttachFiles | Bit.EmbedLinks | Bit.MentionEveryone | Bit.UseExternalEmojis);
});

test('without USE_APPLICATION_COMMANDS a command fails and does not reach the bot', async () => {
  let heard = 0;
  const { loopback, bot, ana, ben } = await setUp(() => heard++);
  await bot.application.commands.set([{ name: 'fact', description: 'f' }]);
  await overwrite(ana, loopback, guildId(loopback), 0, { deny: String(Bit.UseApplicationCommands) });
  await expect(ben.command('general', '/fact')).rejects.toMatchObject({ status: 403, body: { code: 50013 } });
  expect(heard).toBe(0);
});

test('a member can use a command only with the permissions in default_member_permissions of the command (interactions/application-commands#permissions)', async () => {
  const { loopback, bot, ana, ben } = await setUp((each) => each.isChatInputCommand() && each.reply('ok'));
  await bot.application.commands.set([
    { name: 'setup', description: 's', defaultMemberPermissions: 'ManageGuild' },
    { name: 'closed', description: 'c', defaultMemberPermissions: 0n },
  ]);
  await expect(ben.command('general', '/setup')).rejects.toThrow(/cannot find/);
  const role = `/guilds/${guildId(loopback)}/roles/${roleId(loopback, 'Quiz host')}`;
  await ana.request('PATCH', role, { permissions: String(Bit.ManageGuild) });
  expect((await ben.command('general', '/setup')).kind).toBe('answered');
  await expect(ben.command('general', '/closed')).rejects.toThrow(/cannot find/);
  await ana.request('PATCH', role, { permissions: String(Bit.Administrator) });
  expect((await ben.command('general', '/closed')).kind).toBe('answered');
});

test('a timed-out member can only view channels and read history (#permissions-for-timed-out-members)', async () => {
  const { clock, loopback, bot, ana, ben } = await setUp((each) => each.isChatInputCommand() && each.reply('ok'));
  await bot.application.commands.set([{ name: 'fact', description: 'f' }]);
  const path = `/guilds/${guildId(loopback)}/members/${ben.id}`;
  const until = new Date(clock.now() + 60_000).toISOString();
  await ana.request('PATCH', path, { communication_disabled_until: until });
  // A permission overwrite does not end a timeout.
  await overwrite(ana, loopback, ben.id, 1, { allow: String(Bit.SendMessages) });
  await expect(ben.say('general', 'x')).rejects.toMatchObject({ body: { code: 50013 } });
  await expect(ben.command('general', '/fact')).rejects.toMatchObject({ body: { code: 50013 } });
  expect(await ben.messages('general')).toEqual([]);
  expect(await ana.request('GET', path)).toMatchObject({ communication_disabled_until: until });
  await clock.advance(60_000);
  await ben.say('general', 'x');
});

test('deleting another user’s message needs MANAGE_MESSAGES', async () => {
  const { loopback, ana, ben } = await setUp();
  const { id } = await ana.say('general', 'x');
  const path = `/channels/${channelId(loopback)}/messages/${id}`;
  await expect(ben.request('DELETE', path)).rejects.toMatchObject({ body: { code: 50013 } });
  const role = `/guilds/${guildId(loopback)}/roles/${roleId(loopback, 'Quiz host')}`;
  await ana.request('PATCH', role, { permissions: String(Bit.ManageMessages) });
  await ben.request('DELETE', path);
  expect(await ana.messages('general')).toEqual([]);
});

test('a member needs MANAGE_ROLES to create, give and remove roles, and discord.js gets an event for each change', async () => {
  const { loopback, bot, ana, ben } = await setUp(undefined, [
    GatewayIntentBits.Guilds,
    GatewayIntentBits.GuildMembers,
  ]);
  const guild = `/guilds/${guildId(loopback)}`;
  await expect(ben.request('POST', `${guild}/roles`, { name: 'x' })).rejects.toMatchObject({ body: { code: 50013 } });
  const role = (await ana.request('POST', `${guild}/roles`, { name: 'Beginner', permissions: '0' })) as { id: string };
  await ana.request('PUT', `${guild}/members/${ben.id}/roles/${role.id}`);
  const cached = bot.guilds.cache.first();
  await expect.poll(() => cached?.roles.cache.get(role.id)?.name).toBe('Beginner');
  await expect.poll(() => cached?.members.cache.get(ben.id)?.roles.cache.has(role.id)).toBe(true);
  await ana.request('DELETE', `${guild}/members/${ben.id}/roles/${role.id}`);
  await expect.poll(() => cached?.members.cache.get(ben.id)?.roles.cache.has(role.id)).toBe(false);
  await ana.request('DELETE', `${guild}/roles/${role.id}`);
  await expect.poll(() => cached?.roles.cache.has(role.id)).toBe(false);
  await expect(ana.request('PUT', `${guild}/members/${ben.id}/roles/${role.id}`)).rejects.toMatchObject({
    body: { code: 10011 },
  });
});

test('a role mention pings only if the role is mentionable (resources/message#allowed-mentions-object)', async () => {
  const { loopback, ana } = await setUp();
  const host = roleId(loopback, 'Quiz host');
  const pinged = async (content: string, allowed_mentions?: object) =>
    (await say(loopback, content, { allowed_mentions })).body['mention_roles'];
  expect(await pinged(`<@&${host}>`)).toEqual([host]);
  expect(await pinged(`<@&${host}>`, { parse: [] })).toEqual([]);
  expect(await pinged(`<@&${host}>`, { roles: [host] })).toEqual([host]);
  await ana.request('PATCH', `/guilds/${guildId(loopback)}/roles/${host}`, { mentionable: false });
  expect(await pinged(`<@&${host}>`)).toEqual([]);
});

/**
 * Gives these permissions to the role of the bot. The returned function `code` sends a request as the bot and returns
 * the error code, or 0 if the request succeeds.
 */
async function botWith(...names: readonly Permission[]) {
  const all = await setUp();
  const { loopback, ana } = all;
  const guild = `/guilds/${guildId(loopback)}`;
  const own = roleId(loopback, 'Caspian');
  await ana.request('PATCH', `${guild}/roles/${own}`, {
    permissions: String(permissionBits('VIEW_CHANNEL', ...names)),
  });
  const code = async (method: string, path: string, body?: object) => {
    const answer = await apiRequest(loopback, method, path, body);
    return answer.status < 300 ? 0 : answer.body.code;
  };
  return { ...all, guild, own, host: roleId(loopback, 'Quiz host'), code };
}

test('a bot can change only roles and members below the highest role of the bot (#permission-hierarchy)', async () => {
  const names = ['MANAGE_ROLES', 'MANAGE_NICKNAMES', 'MODERATE_MEMBERS', 'KICK_MEMBERS'] as const;
  const { loopback, ana, ben, guild, own, host, code } = await botWith(...names);
  const cem = loopback.world().members.find(({ username }) => username === 'cem')?.id ?? '';
  const until = new Date(Date.now() + 60_000).toISOString();
  const { body } = await apiRequest(loopback, 'POST', `${guild}/roles`, { name: 'New', permissions: '0' });
  const low = String(body.id);
  const actions = (role: string, user: string): readonly (readonly [string, string, object?])[] => [
    ['PUT', `${guild}/members/${cem}/roles/${role}`],
    ['PATCH', `${guild}/members/${cem}`, { roles: [role] }],
    ['PATCH', `${guild}/roles/${role}`, { name: 'Renamed' }],
    ['PATCH', `${guild}/members/${user}`, { nick: 'x' }],
    ['PATCH', `${guild}/members/${user}`, { communication_disabled_until: until }],
    ['DELETE', `${guild}/roles/${role}`],
    ['DELETE', `${guild}/members/${user}`],
  ];
  // Ben has the role "Quiz host", which is above the role of the bot.
  for (const action of actions(host, ben.id)) expect([action, await code(...action)]).toEqual([action, 50_013]);
  expect(await code('DELETE', `${guild}/members/${ana.id}`)).toBe(50_013);
  expect(await code('PATCH', `${guild}/roles`, [{ id: own, position: 3 }])).toBe(50_013);
  for (const action of actions(low, cem)) expect([action, await code(...action)]).toEqual([action, 0]);
  await ana.request('PATCH', `${guild}/roles`, [{ id: own, position: 2 }]);
  const roles = (await ana.request('GET', `${guild}/roles`)) as { name: string; position: number }[];
  expect(roles.map(({ name, position }) => [position, name])).toEqual([
    [0, '@everyone'],
    [1, 'Quiz host'],
    [2, 'Caspian'],
  ]);
  expect(await code('DELETE', `${guild}/roles/${host}`)).toBe(0);
});

test('a bot can create a role only with permissions that the bot itself has (#permission-hierarchy)', async () => {
  const { guild, code } = await botWith('MANAGE_ROLES', 'SEND_MESSAGES');
  const role = (name: Permission) => ({ name: 'x', permissions: String(permissionBits(name)) });
  expect(await code('POST', `${guild}/roles`, role('SEND_MESSAGES'))).toBe(0);
  expect(await code('POST', `${guild}/roles`, role('ADMINISTRATOR'))).toBe(50_013);
});

test('a bot can edit overwrites only for permissions that it has (resources/channel#edit-channel-permissions)', async () => {
  const { loopback, ana, self, guild, code } = await botWith('MANAGE_ROLES', 'MANAGE_CHANNELS');
  const path = `/channels/${channelId(loopback)}/permissions/${guildId(loopback)}`;
  const deny = (name: Permission) => ({ type: 0, deny: String(permissionBits(name)) });
  expect(await code('PUT', path, deny('SEND_MESSAGES'))).toBe(0);
  expect(await code('PUT', path, deny('MANAGE_MESSAGES'))).toBe(50_013);
  expect(await code('PUT', path, deny('MANAGE_ROLES'))).toBe(50_013);
  // If an overwrite denies a permission that the bot lacks, the bot can neither edit nor delete the overwrite.
  await overwrite(ana, loopback, guildId(loopback), 0, deny('MANAGE_MESSAGES'));
  expect(await code('DELETE', path)).toBe(50_013);
  expect(await code('PATCH', `/channels/${channelId(loopback)}`, { permission_overwrites: [] })).toBe(50_013);
  await overwrite(ana, loopback, self, 1, { allow: String(permissionBits('MANAGE_ROLES')) });
  expect(await code('DELETE', path)).toBe(0);
  expect(await code('POST', `${guild}/channels`, { name: 'x' })).toBe(0);
});

test('without MANAGE_ROLES, a bot can set overwrites of a new channel, but cannot edit overwrites (resources/guild#create-guild-channel)', async () => {
  const { loopback, guild, code } = await botWith('MANAGE_CHANNELS', 'SEND_MESSAGES');
  const created = (deny: Permission) => ({
    name: 'x',
    permission_overwrites: [{ id: guildId(loopback), type: 0, deny: String(permissionBits(deny)) }],
  });
  expect(await code('POST', `${guild}/channels`, created('SEND_MESSAGES'))).toBe(0);
  expect(await code('POST', `${guild}/channels`, created('MANAGE_MESSAGES'))).toBe(50_013);
  const path = `/channels/${channelId(loopback)}`;
  expect(await code('PATCH', path, created('SEND_MESSAGES'))).toBe(50_013);
  expect(await code('PATCH', path, { topic: 'x' })).toBe(0);
});

test('a bot that lacks VIEW_CHANNEL in a channel gets neither the name nor the topic of the channel (resources/channel#channel-object-obfuscated-channels)', async () => {
  const { loopback, ana, ben, bot } = await setUp();
  const general = channelId(loopback);
  const cached = () => {
    const channel = bot.channels.cache.get(general);
    return channel?.type === ChannelType.GuildText ? [channel.name, channel.viewable] : undefined;
  };
  await ana.request('PATCH', `/channels/${general}`, { topic: 'secret' });
  const role = roleId(loopback, 'Caspian');
  await ana.request('PATCH', `/guilds/${guildId(loopback)}/roles/${role}`, { permissions: '0' });
  await Promise.all([
    ben.event(({ t }) => t === 'CHANNEL_DELETE'),
    overwrite(ana, loopback, guildId(loopback), 0, { deny: String(Bit.ViewChannel) }),
  ]);
  await expect.poll(cached).toEqual(['___hidden___', false]);
  const late = (await realBot(loopback)).channels.cache.get(general);
  expect(late).toMatchObject({ name: '___hidden___', topic: null });
  const list = (await apiRequest(loopback, 'GET', `/guilds/${guildId(loopback)}/channels`)).body as unknown as object[];
  expect(JSON.stringify(list)).not.toContain(general);
  const served = (await apiRequest(loopback, 'GET', `/guilds/${guildId(loopback)}`)).body;
  expect(Object.keys(served)).not.toContain('channels');
  // The bot gets no event for a thread in a hidden channel. When a changed role makes the channel visible again, the
  // bot gets CHANNEL_UPDATE.
  await ana.request('POST', `/channels/${general}/threads`, { name: 'secret', type: 11 });
  const administrator = { permissions: String(permissionBits('ADMINISTRATOR')) };
  await ana.request('PATCH', `/guilds/${guildId(loopback)}/roles/${role}`, administrator);
  await expect.poll(cached).toEqual(['general', true]);
  expect(bot.channels.cache.map((channel) => channel.type)).not.toContain(ChannelType.PublicThread);
  const host = roleId(loopback, 'Quiz host');
  const shown = { permissions: String(permissionBits('ADMINISTRATOR')) };
  await Promise.all([
    ben.event(({ t }) => t === 'CHANNEL_CREATE'),
    ana.request('PATCH', `/guilds/${guildId(loopback)}/roles/${host}`, shown),
  ]);
});

test('a category has at most 50 channels, and a member who sees one of these channels also sees the category (resources/channel#channel-object)', async () => {
  const { loopback, ana, ben } = await setUp();
  const channels = `/guilds/${guildId(loopback)}/channels`;
  const permission_overwrites = [{ id: guildId(loopback), type: 0, deny: String(Bit.ViewChannel) }];
  const body = { name: 'c', type: 4, permission_overwrites };
  const { id } = (await ana.request('POST', channels, body)) as { id: string };
  const inside = (name: number) => ({
    name: `${name}`,
    parent_id: id,
    permission_overwrites: name < 50 ? undefined : [],
  });
  for (let count = 1; count < 50; count++) await ana.request('POST', channels, inside(count));
  await expect(ben.request('GET', `/channels/${id}`)).rejects.toMatchObject({ body: { code: 50_001 } });
  await ana.request('POST', channels, inside(50));
  expect(await ben.request('GET', `/channels/${id}`)).toMatchObject({ name: 'c' });
  await expect(ana.request('POST', channels, inside(51))).rejects.toThrow('Maximum number of channels in category');
});

test('a command is refused if its channel option contains a channel that the member may not see', async () => {
  const { loopback, bot, ana, ben } = await setUp((each) => each.isChatInputCommand() && each.reply('ok'));
  const options = [{ type: Type.Channel as const, name: 'where', description: 'w' }];
  await bot.application.commands.set([{ name: 'setup', description: 's', options }]);
  await overwrite(ana, loopback, guildId(loopback), 0, { deny: String(Bit.ViewChannel) });
  const where = channelId(loopback);
  await expect(ben.command('quiz-night', '/setup', { where })).rejects.toMatchObject({ body: { code: 10_003 } });
});
