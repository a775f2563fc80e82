/** Routes of guild members. Bans are not emulated. */
import { apiError, problem, throwIfAny } from './api-errors.ts';
import { guildUsers, memberObject, userById } from './api-objects.ts';
import { readBody } from './body-validation.ts';
import { changeVisibility } from './channel-visibility.ts';
import { callerId, type Context, requireAbove, requireGuild, requireGuildPermission } from './context.ts';
import { discordLimits } from './discord-limits.ts';
import { intents } from './gateway-rules.ts';
import { dispatchToGuild } from './guild-dispatch.ts';
import { permissionBits } from './permission-bits.ts';
import { guildPermissions, highestPosition } from './permissions.ts';
import { queryId, queryLimit } from './query.ts';
import { requireRole } from './role-routes.ts';
import { noContent, ok, type Reply, type RequestContext, type Route, route } from './route.ts';
import type { Guild } from './world.ts';

interface MemberBody {
  readonly nick?: string | null;
  readonly roles?: readonly string[] | null;
  readonly communication_disabled_until?: string | null;
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

/**
 * Sets nickname, roles and timeout, each with its own permission. The caller must rank above the member or the changed
 * roles. Discord docs, resources/guild#modify-guild-member; discord.js, GuildMember#moderatable.
 */
function editMember(request: RequestContext, guildId: string, userId: string): Reply {
  const { context, caller } = request;
  const { nick, roles, communication_disabled_until: until } = readBody<MemberBody>('member', request);
  const guild = requireGuild(context, guildId, caller);
  if (nick !== undefined) requireGuildPermission(context, guildId, caller, 'MANAGE_NICKNAMES');
  if (roles) requireGuildPermission(context, guildId, caller, 'MANAGE_ROLES');
  if (until !== undefined) requireGuildPermission(context, guildId, caller, 'MODERATE_MEMBERS');
  const found = requireMember(guild, userId);
  if (until) requireTimeoutAllowed(context, guild, userId, Date.parse(until));
  if (nick !== undefined || until !== undefined) requireAbove(guild, caller, highestPosition(guild, userId));
  if (roles) {
    const changed = [...new Set([...roles, ...found.roles])].filter(
      (id) => roles.includes(id) !== found.roles.includes(id),
    );
    requireAbove(guild, caller, ...changed.map((id) => guild.roles.indexOf(requireRole(guild, id))));
    changeVisibility(context, guildId, () => (found.roles = [...new Set(roles)]));
  }
  if (nick !== undefined) found.nick = nick || null;
  if (until !== undefined) found.timedOutUntil = until === null ? undefined : Date.parse(until);
  return dispatchMemberUpdate(context, guild, userId);
}

/**
 * Throws error 50035 above 28 days, and 50013 for owners and administrators. Discord docs,
 * resources/guild#modify-guild-member.
 */
function requireTimeoutAllowed({ clock }: Context, guild: Guild, userId: string, until: number): void {
  if (until > clock.now() + discordLimits.timeoutMs)
    throwIfAny([problem(['communication_disabled_until'], 'BASE_TYPE_MAX', 'A timeout lasts at most 28 days.')]);
  if (guildPermissions(guild, userId, clock.now()) & permissionBits('ADMINISTRATOR'))
    throw apiError('missingPermissions');
}

/** Sets the nickname of the caller. Discord docs, resources/guild#modify-current-member. */
function editOwnMember(request: RequestContext, guildId: string): Reply {
  const { context, caller } = request;
  const { nick } = readBody<MemberBody>('ownMember', request);
  const guild = requireGuildPermission(context, guildId, caller, 'CHANGE_NICKNAME');
  if (nick !== undefined) requireMember(guild, callerId(caller)).nick = nick || null;
  return dispatchMemberUpdate(context, guild, callerId(caller));
}

/** Does not check the intent GUILD_MEMBERS. Discord docs, resources/guild#list-guild-members. */
function listMembers({ context, caller, query }: RequestContext, guildId: string): Reply {
  const guild = requireGuild(context, guildId, caller);
  const after = queryId(query, 'after') ?? 0n;
  const people = guildUsers(guild, context.world).toSorted((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1));
  const page = people.filter(({ id }) => BigInt(id) > after).slice(0, queryLimit(query, 1_000, 1));
  return ok(page.map((user) => memberObject(guild, user)));
}

/** Discord docs, resources/guild#search-guild-members. */
function searchMembers({ context, caller, query }: RequestContext, guildId: string): Reply {
  const guild = requireGuild(context, guildId, caller);
  const wanted = query.get('query')?.toLowerCase();
  if (!wanted) throwIfAny([problem(['query'], 'BASE_TYPE_REQUIRED')]);
  const found = guildUsers(guild, context.world).filter(({ id, username }) =>
    [username, requireMember(guild, id).nick ?? ''].some((name) => name.toLowerCase().startsWith(wanted ?? '')),
  );
  return ok(found.slice(0, queryLimit(query, 1_000, 1)).map((user) => memberObject(guild, user)));
}

const setMemberRole =
  (isGiven: boolean): Route['run'] =>
  ({ context, caller }, guildId = '', userId = '', roleId = '') => {
    const guild = requireGuildPermission(context, guildId, caller, 'MANAGE_ROLES');
    const found = requireMember(guild, userId);
    const role = requireRole(guild, roleId);
    requireAbove(guild, caller, guild.roles.indexOf(role));
    const others = found.roles.filter((other) => other !== roleId);
    changeVisibility(context, guildId, () => (found.roles = isGiven ? [...others, roleId] : others));
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
  requireMember(guild, userId);
  requireAbove(guild, caller, highestPosition(guild, userId));
  return removeMember(context, guild, userId);
}

function leaveGuild({ context, caller }: RequestContext, guildId: string): Reply {
  const guild = requireGuild(context, guildId, caller);
  if (callerId(caller) === guild.ownerId) throw apiError('invalidGuild');
  return removeMember(context, guild, callerId(caller));
}

export const memberRoutes: readonly Route[] = [
  route('GET', '/guilds/:guild/members', 'both', listMembers, { query: 'limit after' }),
  route('GET', '/guilds/:guild/members/search', 'both', searchMembers, { query: 'limit query' }),
  route('PATCH', '/guilds/:guild/members/@me', 'both', editOwnMember, { body: ['ownMember'] }),
  route('GET', '/guilds/:guild/members/:user', 'both', getMember),
  route('PATCH', '/guilds/:guild/members/:user', 'both', editMember, { body: ['member'] }),
  route('DELETE', '/guilds/:guild/members/:user', 'both', kickMember),
  route('PUT', '/guilds/:guild/members/:user/roles/:role', 'both', setMemberRole(true)),
  route('DELETE', '/guilds/:guild/members/:user/roles/:role', 'both', setMemberRole(false)),
  route('DELETE', '/users/@me/guilds/:guild', 'both', leaveGuild),
];
