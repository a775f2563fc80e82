/**
 * The routes of a server: its roles, members, channels and threads, as moderators change them in Discord's own client.
 * Absent: the hierarchy of roles, bans, invitations of people, the audit log.
 */
import { z } from 'zod';
import { forgetFiles } from './attachments.ts';
import {
  freshId,
  channelFor,
  callerId,
  guildFor,
  guildToManage,
  insistOnPermission,
  type Emulation,
} from './context.ts';
import { formOf, refusal } from './api-errors.ts';
import { publicPost } from './messages.ts';
import {
  channelObject,
  channelsOf,
  guildObject,
  memberObject,
  membersOf,
  personById,
  roleObject,
} from './api-objects.ts';
import { everyone } from './permission-bits.ts';
import { created, done, member, ok, route, self, type Call, type Reply, type Route } from './route.ts';
import { openThread, patchThread, tellOfChannel } from './threads.ts';
import type { Channel, Guild, Role } from './world.ts';

/** docs, events/gateway#list-of-intents. */
const intents = { guilds: 1 << 0, members: 1 << 1 } as const;

const bitset = z.string().regex(/^\d{1,20}$/);
const roleBody = z
  .object({ name: z.string().min(1).max(100), permissions: bitset, mentionable: z.boolean() })
  .partial();
const memberBody = z.object({
  roles: z.array(z.string()).optional(),
  communication_disabled_until: z.iso.datetime({ offset: true }).nullish(),
});
const overwriteBody = z.object({
  type: z.union([z.literal(0), z.literal(1)]),
  allow: bitset.default('0'),
  deny: bitset.default('0'),
});
const channelBody = z.object({ name: z.string().min(1).max(100), type: z.literal(0).default(0) });
const guildBody = z.object({ name: z.string().min(2).max(100), preferred_locale: z.string() }).partial();
const installBody = z.object({ guild_id: z.string().optional(), permissions: bitset.default('0') });

/** To the bots of a server that asked for the intent, and to its people. */
function tell(
  { world, gateway }: Emulation,
  { id: guildId, members }: Guild,
  event: string,
  data: object,
  intent: number,
): void {
  gateway.toBots(event, { guild_id: guildId, ...data }, { guildId }, intent);
  for (const { id } of members)
    if (world.members.some((person) => person.id === id)) gateway.toMember(id, event, { guild_id: guildId, ...data });
}

function roleOf(guild: Guild, id: string): Role {
  const role = guild.roles.find((role) => role.id === id);
  if (!role) throw refusal('unknownRole');
  return role;
}

function belongingOf(guild: Guild, userId: string): Guild['members'][number] {
  const found = guild.members.find(({ id }) => id === userId);
  if (!found) throw refusal('unknownMember');
  return found;
}

function readMember({ emulation, caller }: Call, guildId: string, userId: string): Reply {
  const guild = guildFor(emulation, guildId, caller);
  const person = personById(emulation.world, belongingOf(guild, userId).id);
  return person ? ok(memberObject(guild, person)) : done;
}

function createRole({ emulation, caller, body }: Call, guildId: string): Reply {
  const guild = guildToManage(emulation, guildId, caller, 'MANAGE_ROLES');
  const { name = 'new role', permissions = String(everyone), mentionable = false } = formOf(roleBody, body ?? {});
  const role: Role = { id: freshId(emulation), name, permissions, mentionable };
  guild.roles.push(role);
  return roleChanged(emulation, guild, role, 'GUILD_ROLE_CREATE');
}

function editRole({ emulation, caller, body }: Call, guildId: string, roleId: string): Reply {
  const guild = guildToManage(emulation, guildId, caller, 'MANAGE_ROLES');
  return roleChanged(
    emulation,
    guild,
    Object.assign(roleOf(guild, roleId), formOf(roleBody, body)),
    'GUILD_ROLE_UPDATE',
  );
}

function roleChanged(emulation: Emulation, guild: Guild, role: Role, event: string): Reply {
  emulation.changed();
  tell(emulation, guild, event, { role: roleObject(role, guild) }, intents.guilds);
  return ok(roleObject(role, guild));
}

function deleteRole({ emulation, caller }: Call, guildId: string, roleId: string): Reply {
  const guild = guildToManage(emulation, guildId, caller, 'MANAGE_ROLES');
  guild.roles.splice(guild.roles.indexOf(roleOf(guild, roleId)), 1);
  for (const each of guild.members) each.roles = each.roles.filter((id) => id !== roleId);
  emulation.changed();
  tell(emulation, guild, 'GUILD_ROLE_DELETE', { role_id: roleId }, intents.guilds);
  return done;
}

/** Roles are given and taken by one route each, or as a list together with a time-out. */
function editMember({ emulation, caller, body }: Call, guildId: string, userId: string): Reply {
  const { roles, communication_disabled_until: until } = formOf(memberBody, body);
  const guild = guildToManage(emulation, guildId, caller, roles ? 'MANAGE_ROLES' : 'MODERATE_MEMBERS');
  const found = belongingOf(guild, userId);
  if (roles) found.roles = roles.map((id) => roleOf(guild, id).id);
  if (until !== undefined) found.timedOutUntil = until === null ? undefined : Date.parse(until);
  return memberChanged(emulation, guild, userId);
}

const giveRole =
  (isGiven: boolean): Route['run'] =>
  ({ emulation, caller }, guildId = '', userId = '', roleId = '') => {
    const guild = guildToManage(emulation, guildId, caller, 'MANAGE_ROLES');
    const found = belongingOf(guild, userId);
    const { id } = roleOf(guild, roleId);
    found.roles = [...found.roles.filter((other) => other !== id), ...(isGiven ? [id] : [])];
    memberChanged(emulation, guild, userId);
    return done;
  };

function memberChanged(emulation: Emulation, guild: Guild, userId: string): Reply {
  const person = membersOf(guild, emulation.world).find(({ id }) => id === userId);
  const data = person ? memberObject(guild, person) : {};
  emulation.changed();
  tell(emulation, guild, 'GUILD_MEMBER_UPDATE', data, intents.members);
  return ok(data);
}

/** Somebody is no longer in a server, and is told so by GUILD_DELETE without `unavailable`. */
function leave(emulation: Emulation, guild: Guild, userId: string): Reply {
  const person = personById(emulation.world, belongingOf(guild, userId).id);
  guild.members = guild.members.filter(({ id }) => id !== userId);
  emulation.changed();
  emulation.gateway.toBot(userId, 'GUILD_DELETE', { id: guild.id }, guild.id);
  if (person) tell(emulation, guild, 'GUILD_MEMBER_REMOVE', { user: person }, intents.members);
  return done;
}

function kick({ emulation, caller }: Call, guildId: string, userId: string): Reply {
  const guild = guildToManage(emulation, guildId, caller, 'KICK_MEMBERS');
  if (userId === guild.ownerId) throw refusal('missingPermissions');
  return leave(emulation, guild, userId);
}

function leaveGuild({ emulation, caller }: Call, guildId: string): Reply {
  const guild = guildFor(emulation, guildId, caller);
  if (callerId(caller) === guild.ownerId) throw refusal('invalidGuild');
  return leave(emulation, guild, callerId(caller));
}

function deleteGuild({ emulation, caller }: Call, guildId: string): Reply {
  const guild = guildFor(emulation, guildId, caller);
  if (guild.ownerId !== callerId(caller)) throw refusal('missingPermissions');
  const { world } = emulation;
  for (const { id } of guild.members) emulation.gateway.toBot(id, 'GUILD_DELETE', { id: guildId }, guildId);
  const gone = world.channels.filter((channel) => channel.guildId === guildId).map(({ id }) => id);
  world.posts = world.posts.filter(({ message }) => !gone.includes(message.channel_id));
  forgetFiles(world);
  world.channels = world.channels.filter(({ id }) => !gone.includes(id));
  world.commands = world.commands.filter(({ guild_id }) => guild_id !== guildId);
  world.guilds = world.guilds.filter(({ id }) => id !== guildId);
  emulation.changed();
  return done;
}

/** A member adds an application to a server, or installs it for themselves. */
function install({ emulation, caller, query, body }: Call): Reply {
  const { world, gateway } = emulation;
  const application = world.applications.find(({ id }) => id === query.get('client_id'));
  if (!application) throw refusal('unknownApplication');
  const { guild_id: guildId, permissions } = formOf(installBody, body);
  if (guildId === undefined) application.installedBy.push(member(caller).id);
  else {
    const guild = guildToManage(emulation, guildId, caller, 'MANAGE_GUILD');
    const role: Role = {
      id: freshId(emulation),
      name: application.name,
      permissions,
      mentionable: false,
      botId: application.id,
    };
    guild.roles.push(role);
    guild.members.push({ id: application.id, roles: [role.id] });
    gateway.toBot(application.id, 'GUILD_CREATE', guildObject(guild, world, application.bot), guildId);
    const user = memberObject(guild, application.bot);
    tell(emulation, guild, 'GUILD_MEMBER_ADD', user, intents.members);
  }
  emulation.changed();
  return ok({ location: '' });
}

function editGuild({ emulation, caller, body }: Call, guildId: string): Reply {
  const guild = guildToManage(emulation, guildId, caller, 'MANAGE_GUILD');
  const { name = guild.name, preferred_locale: locale = guild.locale } = formOf(guildBody, body);
  Object.assign(guild, { name, locale });
  emulation.changed();
  const shown = guildObject(guild, emulation.world, self({ caller }));
  tell(emulation, guild, 'GUILD_UPDATE', shown, intents.guilds);
  return ok(shown);
}

function createChannel({ emulation, caller, body }: Call, guildId: string): Reply {
  const guild = guildToManage(emulation, guildId, caller, 'MANAGE_CHANNELS');
  const { name } = formOf(channelBody, body);
  const channel: Channel = { id: freshId(emulation), guildId: guild.id, name, overwrites: [] };
  emulation.world.channels.push(channel);
  emulation.changed();
  tellOfChannel(emulation, channel, 'CREATE');
  return created(channelObject(channel, emulation.world));
}

function editChannel({ emulation, caller, body }: Call, channelId: string): Reply {
  const channel = channelFor(emulation, channelId, caller);
  if (channel.thread) return ok(patchThread(emulation, channel, caller, body));
  insistOnPermission(emulation, channel, caller, 'MANAGE_CHANNELS');
  channel.name = formOf(channelBody.partial(), body).name ?? channel.name;
  emulation.changed();
  tellOfChannel(emulation, channel, 'UPDATE');
  return ok(channelObject(channel, emulation.world));
}

function deleteChannel({ emulation, caller }: Call, channelId: string): Reply {
  const { world } = emulation;
  const channel = channelFor(emulation, channelId, caller);
  insistOnPermission(emulation, channel, caller, channel.thread ? 'MANAGE_THREADS' : 'MANAGE_CHANNELS');
  tellOfChannel(emulation, channel, 'DELETE');
  const shown = channelObject(channel, world);
  const gone = [
    channelId,
    ...world.channels.filter(({ thread }) => thread?.parentId === channelId).map(({ id }) => id),
  ];
  world.posts = world.posts.filter(({ message }) => !gone.includes(message.channel_id));
  forgetFiles(world);
  world.channels = world.channels.filter(({ id }) => !gone.includes(id));
  emulation.changed();
  return ok(shown);
}

/** docs, resources/channel#edit-channel-permissions: `overwrite` is the id of a role or a person. */
function setOverwrite({ emulation, caller, body }: Call, channelId: string, overwrite: string): Reply {
  const channel = channelFor(emulation, channelId, caller);
  insistOnPermission(emulation, channel, caller, 'MANAGE_ROLES');
  const others = channel.overwrites.filter(({ id }) => id !== overwrite);
  channel.overwrites = body === undefined ? others : [...others, { id: overwrite, ...formOf(overwriteBody, body) }];
  emulation.changed();
  tellOfChannel(emulation, channel, 'UPDATE');
  return done;
}

function readChannels({ emulation, caller }: Call, guildId: string): Reply {
  const guild = guildFor(emulation, guildId, caller);
  const here = channelsOf(guild, self({ caller }), emulation.world).filter(({ thread }) => !thread);
  return ok(here.map((channel) => channelObject(channel, emulation.world)));
}

function activeThreads({ emulation, caller }: Call, guildId: string): Reply {
  const here = channelsOf(guildFor(emulation, guildId, caller), self({ caller }), emulation.world);
  const threads = here.filter(({ thread }) => thread?.archived === false);
  return ok({ threads: threads.map((thread) => channelObject(thread, emulation.world)), members: [] });
}

export const guildRoutes: readonly Route[] = [
  route('GET', '/guilds/:guild', 'both', ({ emulation, caller }, id = '') =>
    ok(guildObject(guildFor(emulation, id, caller), emulation.world, self({ caller }))),
  ),
  route('PATCH', '/guilds/:guild', 'both', editGuild),
  route('DELETE', '/guilds/:guild', 'member', deleteGuild),
  route('GET', '/guilds/:guild/channels', 'both', readChannels),
  route('POST', '/guilds/:guild/channels', 'both', createChannel),
  route('GET', '/guilds/:guild/threads/active', 'bot', activeThreads),
  route('GET', '/guilds/:guild/roles', 'both', ({ emulation, caller }, id = '') => {
    const guild = guildFor(emulation, id, caller);
    return ok(guild.roles.map((role) => roleObject(role, guild)));
  }),
  route('POST', '/guilds/:guild/roles', 'both', createRole),
  route('PATCH', '/guilds/:guild/roles/:role', 'both', editRole),
  route('DELETE', '/guilds/:guild/roles/:role', 'both', deleteRole),
  route('GET', '/guilds/:guild/members/:user', 'both', readMember),
  route('PATCH', '/guilds/:guild/members/:user', 'both', editMember),
  route('DELETE', '/guilds/:guild/members/:user', 'both', kick),
  route('PUT', '/guilds/:guild/members/:user/roles/:role', 'both', giveRole(true)),
  route('DELETE', '/guilds/:guild/members/:user/roles/:role', 'both', giveRole(false)),
  route('DELETE', '/users/@me/guilds/:guild', 'both', leaveGuild),
  route('POST', '/oauth2/authorize', 'member', install),
  route('GET', '/channels/:channel', 'both', ({ emulation, caller }, id = '') =>
    ok(channelObject(channelFor(emulation, id, caller), emulation.world)),
  ),
  route('PATCH', '/channels/:channel', 'both', editChannel),
  route('DELETE', '/channels/:channel', 'both', deleteChannel),
  route('PUT', '/channels/:channel/permissions/:overwrite', 'both', setOverwrite),
  route('DELETE', '/channels/:channel/permissions/:overwrite', 'both', (call, channel = '', overwrite = '') =>
    setOverwrite({ ...call, body: undefined }, channel, overwrite),
  ),
  route('POST', '/channels/:channel/threads', 'both', ({ emulation, caller, body }, id = '') =>
    created(openThread(emulation, channelFor(emulation, id, caller), caller, body)),
  ),
  route(
    'POST',
    '/channels/:channel/messages/:message/threads',
    'both',
    ({ emulation, caller, body }, id = '', from = '') =>
      created(
        openThread(emulation, channelFor(emulation, id, caller), caller, body, publicPost(emulation, caller, id, from)),
      ),
  ),
];
