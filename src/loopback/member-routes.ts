/** Routes of guild members. Absent: bans, the role hierarchy. */
import { z } from 'zod';
import { apiError, parseBody } from './api-errors.ts';
import { guildUsers, memberObject, userById } from './api-objects.ts';
import { callerId, type Context, requireGuild, requireGuildPermission } from './context.ts';
import { intents } from './gateway-rules.ts';
import { dispatchToGuild } from './guild-dispatch.ts';
import { requireRole } from './role-routes.ts';
import { noContent, ok, type Reply, type RequestContext, type Route, route } from './route.ts';
import type { Guild } from './world.ts';

const memberBody = z.object({
  roles: z.array(z.string()).optional(),
  communication_disabled_until: z.iso.datetime({ offset: true }).nullish(),
});

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

/** Sets the roles or the timeout of a member. */
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
  dispatchToGuild(context, guild, 'GUILD_MEMBER_UPDATE', data, intents.guildMembers);
  return ok(data);
}

/** Removes a user from a guild. A removed bot receives GUILD_DELETE without the field `unavailable`. */
function removeMember(context: Context, guild: Guild, userId: string): Reply {
  const person = userById(context.world, requireMember(guild, userId).id);
  guild.members = guild.members.filter(({ id }) => id !== userId);
  context.worldChanged();
  context.gateway.dispatchToBot(userId, 'GUILD_DELETE', { id: guild.id }, guild.id);
  if (person) dispatchToGuild(context, guild, 'GUILD_MEMBER_REMOVE', { user: person }, intents.guildMembers);
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

export const memberRoutes: readonly Route[] = [
  route('GET', '/guilds/:guild/members/:user', 'both', getMember),
  route('PATCH', '/guilds/:guild/members/:user', 'both', editMember),
  route('DELETE', '/guilds/:guild/members/:user', 'both', kickMember),
  route('PUT', '/guilds/:guild/members/:user/roles/:role', 'both', setMemberRole(true)),
  route('DELETE', '/guilds/:guild/members/:user/roles/:role', 'both', setMemberRole(false)),
  route('DELETE', '/users/@me/guilds/:guild', 'both', leaveGuild),
];
