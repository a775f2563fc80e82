/**
 * The routes of a server: its roles, members, channels and threads, as moderators change them in Discord's own client.
 * Absent: the hierarchy of roles, bans, invitations of people, the audit log.
 */
import { z } from 'zod';
import { deleteUnusedFiles } from './attachments.ts';
import {
  newId,
  requireChannel,
  callerId,
  requireGuild,
  requireGuildPermission,
  requirePermission,
  type Context,
} from './context.ts';
import { parseBody, apiError } from './api-errors.ts';
import { requirePublicMessage } from './messages.ts';
import {
  channelObject,
  visibleChannels,
  guildObject,
  memberObject,
  guildUsers,
  userById,
  roleObject,
} from './api-objects.ts';
import { everyonePermissions } from './permission-bits.ts';
import {
  created,
  noContent,
  callingMember,
  ok,
  route,
  callingUser,
  type RequestContext,
  type Reply,
  type Route,
} from './route.ts';
import { startThread, editThread, dispatchChannelEvent } from './threads.ts';
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
function dispatchToGuild(
  { world, gateway }: Context,
  { id: guildId, members }: Guild,
  event: string,
  data: object,
  intent: number,
): void {
  gateway.dispatchToBots(event, { guild_id: guildId, ...data }, { guildId }, intent);
  for (const { id } of members)
    if (world.members.some((person) => person.id === id))
      gateway.dispatchToMember(id, event, { guild_id: guildId, ...data });
}

function requireRole(guild: Guild, id: string): Role {
  const role = guild.roles.find((role) => role.id === id);
  if (!role) throw apiError('unknownRole');
  return role;
}

function requireMember(guild: Guild, userId: string): Guild['members'][number] {
  const found = guild.members.find(({ id }) => id === userId);
  if (!found) throw apiError('unknownMember');
  return found;
}

function getMember({ context, caller }: RequestContext, guildId: string, userId: string): Reply {
  const guild = requireGuild(context, guildId, caller);
  const person = userById(context.world, requireMember(guild, userId).id);
  return person ? ok(memberObject(guild, person)) : noContent;
}

function createRole({ context, caller, body }: RequestContext, guildId: string): Reply {
  const guild = requireGuildPermission(context, guildId, caller, 'MANAGE_ROLES');
  const {
    name = 'new role',
    permissions = String(everyonePermissions),
    mentionable = false,
  } = parseBody(roleBody, body ?? {});
  const role: Role = { id: newId(context), name, permissions, mentionable };
  guild.roles.push(role);
  return dispatchRole(context, guild, role, 'GUILD_ROLE_CREATE');
}

function editRole({ context, caller, body }: RequestContext, guildId: string, roleId: string): Reply {
  const guild = requireGuildPermission(context, guildId, caller, 'MANAGE_ROLES');
  return dispatchRole(
    context,
    guild,
    Object.assign(requireRole(guild, roleId), parseBody(roleBody, body)),
    'GUILD_ROLE_UPDATE',
  );
}

function dispatchRole(context: Context, guild: Guild, role: Role, event: string): Reply {
  context.worldChanged();
  dispatchToGuild(context, guild, event, { role: roleObject(role, guild) }, intents.guilds);
  return ok(roleObject(role, guild));
}

function deleteRole({ context, caller }: RequestContext, guildId: string, roleId: string): Reply {
  const guild = requireGuildPermission(context, guildId, caller, 'MANAGE_ROLES');
  guild.roles.splice(guild.roles.indexOf(requireRole(guild, roleId)), 1);
  for (const each of guild.members) each.roles = each.roles.filter((id) => id !== roleId);
  context.worldChanged();
  dispatchToGuild(context, guild, 'GUILD_ROLE_DELETE', { role_id: roleId }, intents.guilds);
  return noContent;
}

/** Roles are given and taken by one route each, or as a list together with a time-out. */
function editMember({ context, caller, body }: RequestContext, guildId: string, userId: string): Reply {
  const { roles, communication_disabled_until: until } = parseBody(memberBody, body);
  const guild = requireGuildPermission(context, guildId, caller, roles ? 'MANAGE_ROLES' : 'MODERATE_MEMBERS');
  const found = requireMember(guild, userId);
  if (roles) found.roles = roles.map((id) => requireRole(guild, id).id);
  if (until !== undefined) found.timedOutUntil = until === null ? undefined : Date.parse(until);
  return dispatchMemberUpdate(context, guild, userId);
}

const setMemberRole =
  (isGiven: boolean): Route['run'] =>
  ({ context, caller }, guildId = '', userId = '', roleId = '') => {
    const guild = requireGuildPermission(context, guildId, caller, 'MANAGE_ROLES');
    const found = requireMember(guild, userId);
    const { id } = requireRole(guild, roleId);
    found.roles = [...found.roles.filter((other) => other !== id), ...(isGiven ? [id] : [])];
    dispatchMemberUpdate(context, guild, userId);
    return noContent;
  };

function dispatchMemberUpdate(context: Context, guild: Guild, userId: string): Reply {
  const person = guildUsers(guild, context.world).find(({ id }) => id === userId);
  const data = person ? memberObject(guild, person) : {};
  context.worldChanged();
  dispatchToGuild(context, guild, 'GUILD_MEMBER_UPDATE', data, intents.members);
  return ok(data);
}

/** Somebody is no longer in a server, and is told so by GUILD_DELETE without `unavailable`. */
function removeMember(context: Context, guild: Guild, userId: string): Reply {
  const person = userById(context.world, requireMember(guild, userId).id);
  guild.members = guild.members.filter(({ id }) => id !== userId);
  context.worldChanged();
  context.gateway.dispatchToBot(userId, 'GUILD_DELETE', { id: guild.id }, guild.id);
  if (person) dispatchToGuild(context, guild, 'GUILD_MEMBER_REMOVE', { user: person }, intents.members);
  return noContent;
}

function kickMember({ context, caller }: RequestContext, guildId: string, userId: string): Reply {
  const guild = requireGuildPermission(context, guildId, caller, 'KICK_MEMBERS');
  if (userId === guild.ownerId) throw apiError('missingPermissions');
  return removeMember(context, guild, userId);
}

function leaveGuild({ context, caller }: RequestContext, guildId: string): Reply {
  const guild = requireGuild(context, guildId, caller);
  if (callerId(caller) === guild.ownerId) throw apiError('invalidGuild');
  return removeMember(context, guild, callerId(caller));
}

function deleteGuild({ context, caller }: RequestContext, guildId: string): Reply {
  const guild = requireGuild(context, guildId, caller);
  if (guild.ownerId !== callerId(caller)) throw apiError('missingPermissions');
  const { world } = context;
  for (const { id } of guild.members) context.gateway.dispatchToBot(id, 'GUILD_DELETE', { id: guildId }, guildId);
  const gone = world.channels.filter((channel) => channel.guildId === guildId).map(({ id }) => id);
  world.posts = world.posts.filter(({ message }) => !gone.includes(message.channel_id));
  deleteUnusedFiles(world);
  world.channels = world.channels.filter(({ id }) => !gone.includes(id));
  world.commands = world.commands.filter(({ guild_id }) => guild_id !== guildId);
  world.guilds = world.guilds.filter(({ id }) => id !== guildId);
  context.worldChanged();
  return noContent;
}

/** A member adds an application to a server, or installs it for themselves. */
function installApplication({ context, caller, query, body }: RequestContext): Reply {
  const { world, gateway } = context;
  const application = world.applications.find(({ id }) => id === query.get('client_id'));
  if (!application) throw apiError('unknownApplication');
  const { guild_id: guildId, permissions } = parseBody(installBody, body);
  if (guildId === undefined) application.installedBy.push(callingMember(caller).id);
  else {
    const guild = requireGuildPermission(context, guildId, caller, 'MANAGE_GUILD');
    const role: Role = {
      id: newId(context),
      name: application.name,
      permissions,
      mentionable: false,
      botId: application.id,
    };
    guild.roles.push(role);
    guild.members.push({ id: application.id, roles: [role.id] });
    gateway.dispatchToBot(application.id, 'GUILD_CREATE', guildObject(guild, world, application.bot), guildId);
    const user = memberObject(guild, application.bot);
    dispatchToGuild(context, guild, 'GUILD_MEMBER_ADD', user, intents.members);
  }
  context.worldChanged();
  return ok({ location: '' });
}

function editGuild({ context, caller, body }: RequestContext, guildId: string): Reply {
  const guild = requireGuildPermission(context, guildId, caller, 'MANAGE_GUILD');
  const { name = guild.name, preferred_locale: locale = guild.locale } = parseBody(guildBody, body);
  Object.assign(guild, { name, locale });
  context.worldChanged();
  const shown = guildObject(guild, context.world, callingUser({ caller }));
  dispatchToGuild(context, guild, 'GUILD_UPDATE', shown, intents.guilds);
  return ok(shown);
}

function createChannel({ context, caller, body }: RequestContext, guildId: string): Reply {
  const guild = requireGuildPermission(context, guildId, caller, 'MANAGE_CHANNELS');
  const { name } = parseBody(channelBody, body);
  const channel: Channel = { id: newId(context), guildId: guild.id, name, overwrites: [] };
  context.world.channels.push(channel);
  context.worldChanged();
  dispatchChannelEvent(context, channel, 'CREATE');
  return created(channelObject(channel, context.world));
}

function editChannel({ context, caller, body }: RequestContext, channelId: string): Reply {
  const channel = requireChannel(context, channelId, caller);
  if (channel.thread) return ok(editThread(context, channel, caller, body));
  requirePermission(context, channel, caller, 'MANAGE_CHANNELS');
  channel.name = parseBody(channelBody.partial(), body).name ?? channel.name;
  context.worldChanged();
  dispatchChannelEvent(context, channel, 'UPDATE');
  return ok(channelObject(channel, context.world));
}

function deleteChannel({ context, caller }: RequestContext, channelId: string): Reply {
  const { world } = context;
  const channel = requireChannel(context, channelId, caller);
  requirePermission(context, channel, caller, channel.thread ? 'MANAGE_THREADS' : 'MANAGE_CHANNELS');
  dispatchChannelEvent(context, channel, 'DELETE');
  const shown = channelObject(channel, world);
  const gone = [
    channelId,
    ...world.channels.filter(({ thread }) => thread?.parentId === channelId).map(({ id }) => id),
  ];
  world.posts = world.posts.filter(({ message }) => !gone.includes(message.channel_id));
  deleteUnusedFiles(world);
  world.channels = world.channels.filter(({ id }) => !gone.includes(id));
  context.worldChanged();
  return ok(shown);
}

/** docs, resources/channel#edit-channel-permissions: `overwrite` is the id of a role or a person. */
function editOverwrite({ context, caller, body }: RequestContext, channelId: string, overwrite: string): Reply {
  const channel = requireChannel(context, channelId, caller);
  requirePermission(context, channel, caller, 'MANAGE_ROLES');
  const others = channel.overwrites.filter(({ id }) => id !== overwrite);
  channel.overwrites = body === undefined ? others : [...others, { id: overwrite, ...parseBody(overwriteBody, body) }];
  context.worldChanged();
  dispatchChannelEvent(context, channel, 'UPDATE');
  return noContent;
}

function getChannels({ context, caller }: RequestContext, guildId: string): Reply {
  const guild = requireGuild(context, guildId, caller);
  const here = visibleChannels(guild, callingUser({ caller }), context.world).filter(({ thread }) => !thread);
  return ok(here.map((channel) => channelObject(channel, context.world)));
}

function getActiveThreads({ context, caller }: RequestContext, guildId: string): Reply {
  const here = visibleChannels(requireGuild(context, guildId, caller), callingUser({ caller }), context.world);
  const threads = here.filter(({ thread }) => thread?.archived === false);
  return ok({ threads: threads.map((thread) => channelObject(thread, context.world)), members: [] });
}

export const guildRoutes: readonly Route[] = [
  route('GET', '/guilds/:guild', 'both', ({ context, caller }, id = '') =>
    ok(guildObject(requireGuild(context, id, caller), context.world, callingUser({ caller }))),
  ),
  route('PATCH', '/guilds/:guild', 'both', editGuild),
  route('DELETE', '/guilds/:guild', 'member', deleteGuild),
  route('GET', '/guilds/:guild/channels', 'both', getChannels),
  route('POST', '/guilds/:guild/channels', 'both', createChannel),
  route('GET', '/guilds/:guild/threads/active', 'bot', getActiveThreads),
  route('GET', '/guilds/:guild/roles', 'both', ({ context, caller }, id = '') => {
    const guild = requireGuild(context, id, caller);
    return ok(guild.roles.map((role) => roleObject(role, guild)));
  }),
  route('POST', '/guilds/:guild/roles', 'both', createRole),
  route('PATCH', '/guilds/:guild/roles/:role', 'both', editRole),
  route('DELETE', '/guilds/:guild/roles/:role', 'both', deleteRole),
  route('GET', '/guilds/:guild/members/:user', 'both', getMember),
  route('PATCH', '/guilds/:guild/members/:user', 'both', editMember),
  route('DELETE', '/guilds/:guild/members/:user', 'both', kickMember),
  route('PUT', '/guilds/:guild/members/:user/roles/:role', 'both', setMemberRole(true)),
  route('DELETE', '/guilds/:guild/members/:user/roles/:role', 'both', setMemberRole(false)),
  route('DELETE', '/users/@me/guilds/:guild', 'both', leaveGuild),
  route('POST', '/oauth2/authorize', 'member', installApplication),
  route('GET', '/channels/:channel', 'both', ({ context, caller }, id = '') =>
    ok(channelObject(requireChannel(context, id, caller), context.world)),
  ),
  route('PATCH', '/channels/:channel', 'both', editChannel),
  route('DELETE', '/channels/:channel', 'both', deleteChannel),
  route('PUT', '/channels/:channel/permissions/:overwrite', 'both', editOverwrite),
  route('DELETE', '/channels/:channel/permissions/:overwrite', 'both', (call, channel = '', overwrite = '') =>
    editOverwrite({ ...call, body: undefined }, channel, overwrite),
  ),
  route('POST', '/channels/:channel/threads', 'both', ({ context, caller, body }, id = '') =>
    created(startThread(context, requireChannel(context, id, caller), caller, body)),
  ),
  route(
    'POST',
    '/channels/:channel/messages/:message/threads',
    'both',
    ({ context, caller, body }, id = '', from = '') =>
      created(
        startThread(
          context,
          requireChannel(context, id, caller),
          caller,
          body,
          requirePublicMessage(context, caller, id, from),
        ),
      ),
  ),
];
