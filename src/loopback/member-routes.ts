/** Routes of guild members. Bans are not emulated. */
import type { RESTPatchAPIGuildMemberJSONBody } from 'discord-api-types/v10';
import { apiError, byId, problem, refuseField, throwIfAny } from './api-errors.ts';
import { guildUsers, memberObject, userById } from './api-objects.ts';
import { changeVisibility } from './channel-visibility.ts';
import { callerId, type InGuild, requireAbove, requireGuildPermission } from './context.ts';
import { discordLimits } from './discord-limits.ts';
import { permissionBits } from './permission-bits.ts';
import { guildPermissions, highestPosition } from './permissions.ts';
import { queryId, queryLimit } from './query.ts';
import { type Asked, type Route, route } from './route.ts';

function getMember({ context, guild, member }: Asked<'guild' | 'member'>): object | undefined {
  const person = userById(context.world, member.id);
  return person && memberObject(guild, person);
}

/**
 * Sets nickname, roles and timeout. Each of these needs a different permission. The caller must rank above all changed
 * roles. For a nickname or timeout, the caller must rank above the member. Discord docs,
 * resources/guild#modify-guild-member; discord.js, GuildMember#moderatable.
 */
function editMember(asked: Asked<'guild' | 'member', RESTPatchAPIGuildMemberJSONBody>): object {
  const { context, guild, member } = asked;
  const { nick, roles, communication_disabled_until: until } = asked.body;
  if (nick !== undefined) requireGuildPermission(asked, 'MANAGE_NICKNAMES');
  if (roles) requireGuildPermission(asked, 'MANAGE_ROLES');
  if (until !== undefined) requireGuildPermission(asked, 'MODERATE_MEMBERS');
  if (until) requireTimeoutAllowed(asked, member.id, Date.parse(until));
  if (nick !== undefined || until !== undefined) requireAbove(asked, highestPosition(guild, member.id));
  if (roles) {
    const changed = [...new Set([...roles, ...member.roles])].filter(
      (id) => roles.includes(id) !== member.roles.includes(id),
    );
    requireAbove(asked, ...changed.map((id) => guild.roles.indexOf(byId(guild.roles, id, 'unknownRole'))));
    changeVisibility(context, guild.id, () => (member.roles = [...new Set(roles)]));
  }
  if (nick !== undefined) member.nick = nick || null;
  if (until !== undefined) member.timedOutUntil = until === null ? undefined : Date.parse(until);
  return dispatchMemberUpdate(asked, member.id);
}

/**
 * Throws error 50035 if the timeout is longer than 28 days, and error 50013 if the member is an administrator. Discord
 * docs, resources/guild#modify-guild-member.
 */
function requireTimeoutAllowed({ context: { clock }, guild }: InGuild, userId: string, until: number): void {
  if (until > clock.now() + discordLimits.timeoutMs)
    refuseField(['communication_disabled_until'], 'BASE_TYPE_MAX', 'A timeout lasts at most 28 days.');
  if (guildPermissions(guild, userId, clock.now()) & permissionBits('ADMINISTRATOR'))
    throw apiError('missingPermissions');
}

/** Sets the nickname of the caller. Discord docs, resources/guild#modify-current-member. */
function editOwnMember(asked: Asked<'guild', Pick<RESTPatchAPIGuildMemberJSONBody, 'nick'>>): object {
  const { guild, caller, body } = asked;
  const own = byId(guild.members, callerId(caller), 'unknownMember');
  if (body.nick !== undefined) own.nick = body.nick || null;
  return dispatchMemberUpdate(asked, own.id);
}

/**
 * Lists the members of a guild. Unlike Discord, does not require the intent GUILD_MEMBERS. Discord docs,
 * resources/guild#list-guild-members.
 */
function listMembers({ context, guild, query }: Asked<'guild'>): object {
  const after = queryId(query, 'after') ?? 0n;
  const people = guildUsers(guild, context.world).toSorted((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1));
  const page = people.filter(({ id }) => BigInt(id) > after).slice(0, queryLimit(query, 1_000, 1));
  return page.map((user) => memberObject(guild, user));
}

/** Finds usernames and nicknames that begin with the query. Discord docs, resources/guild#search-guild-members. */
function searchMembers({ context, guild, query }: Asked<'guild'>): object {
  const wanted = query.get('query')?.toLowerCase() ?? '';
  if (!wanted) throwIfAny([problem(['query'], 'BASE_TYPE_REQUIRED')]);
  const nicks = new Map(guild.members.map(({ id, nick }) => [id, nick ?? '']));
  const found = guildUsers(guild, context.world).filter(({ id, username }) =>
    [username, nicks.get(id) ?? ''].some((name) => name.toLowerCase().startsWith(wanted)),
  );
  return found.slice(0, queryLimit(query, 1_000, 1)).map((user) => memberObject(guild, user));
}

const setMemberRole = (isGiven: boolean) => (asked: Asked<'guild' | 'member' | 'role'>) => {
  const { context, guild, member, role } = asked;
  requireAbove(asked, guild.roles.indexOf(role));
  const others = member.roles.filter((other) => other !== role.id);
  changeVisibility(context, guild.id, () => (member.roles = isGiven ? [...others, role.id] : others));
  dispatchMemberUpdate(asked, member.id);
};

function dispatchMemberUpdate(here: InGuild, userId: string): object {
  const person = userById(here.context.world, userId);
  const data = person ? memberObject(here.guild, person) : {};
  here.context.gateway.dispatchToGuild(here.guild, 'GUILD_MEMBER_UPDATE', data);
  return data;
}

/** Removes a user from a guild. A removed bot receives GUILD_DELETE without the field `unavailable`. */
function removeMember({ context, guild }: InGuild, userId: string): void {
  const person = userById(context.world, userId);
  guild.members = guild.members.filter(({ id }) => id !== userId);
  context.gateway.dispatchToBot(userId, 'GUILD_DELETE', { id: guild.id }, guild.id);
  if (person) context.gateway.dispatchToGuild(guild, 'GUILD_MEMBER_REMOVE', { user: person });
}

function kickMember(asked: Asked<'guild' | 'member'>): void {
  requireAbove(asked, highestPosition(asked.guild, asked.member.id));
  removeMember(asked, asked.member.id);
}

function leaveGuild(asked: Asked<'guild'>): void {
  const userId = callerId(asked.caller);
  if (userId === asked.guild.ownerId) throw apiError('invalidGuild');
  removeMember(asked, userId);
}

const memberPath = '/guilds/:guild/members/:member';
const rolePath = '/guilds/:guild/members/:member/roles/:role';
export const memberRoutes: readonly Route[] = [
  route('GET', '/guilds/:guild/members', 'both', listMembers, { query: 'limit after' }),
  route('GET', '/guilds/:guild/members/search', 'both', searchMembers, { query: 'limit query' }),
  route('PATCH', '/guilds/:guild/members/@me', 'both', editOwnMember, {
    needs: 'CHANGE_NICKNAME',
    body: ['ownMember'],
  }),
  route('GET', memberPath, 'both', getMember),
  route('PATCH', memberPath, 'both', editMember, { body: ['member'] }),
  route('DELETE', memberPath, 'both', kickMember, { needs: 'KICK_MEMBERS' }),
  route('PUT', rolePath, 'both', setMemberRole(true), { needs: 'MANAGE_ROLES' }),
  route('DELETE', rolePath, 'both', setMemberRole(false), { needs: 'MANAGE_ROLES' }),
  route('DELETE', '/users/@me/guilds/:guild', 'both', leaveGuild),
];
