/** Routes of guild roles. The position of a role is its index in the list of roles of the guild. */
import type { RESTPatchAPIGuildRolePositionsJSONBody, RESTPostAPIGuildRoleJSONBody } from 'discord-api-types/v10';
import { apiError, byId } from './api-errors.ts';
import { roleObject } from './api-objects.ts';
import { changeVisibility } from './channel-visibility.ts';
import { callerId, type InGuild, newId, requireAbove } from './context.ts';
import { guildPermissions } from './permissions.ts';
import { type Asked, type Route, route } from './route.ts';
import { type Guild, newRole, type Role } from './world.ts';
import type { BotEvent } from './gateway-rules.ts';

type RoleBody = Omit<RESTPostAPIGuildRoleJSONBody, 'permissions'> & { readonly permissions?: string | number | null };

/** `colors` overrides `color`. Discord docs, topics/permissions#role-object. */
const roleFields = (
  { name, permissions, mentionable, hoist, color, colors }: RoleBody,
  before: Omit<Role, 'id'>,
): Omit<Role, 'id'> => ({
  ...before,
  name: name ?? before.name,
  permissions: String(permissions ?? before.permissions),
  mentionable: mentionable ?? before.mentionable,
  hoist: hoist ?? before.hoist,
  colors: { ...before.colors, ...(typeof color === 'number' && { primary_color: color }), ...colors },
});

/** Adds a role directly above @everyone, as Discord does for new roles. Source: discord-api-docs issue 41. */
export const addRole = (guild: Guild, role: Role): void => void guild.roles.splice(1, 0, role);

/**
 * Throws error 50013 if the caller lacks a permission that is in `after` but not in `before`. Discord docs,
 * permissions#permission-hierarchy.
 */
function requireGrantable({ context, guild, caller }: InGuild, after: string, before = '0'): void {
  const own = guildPermissions(guild, callerId(caller), context.clock.now());
  if (BigInt(after) & ~BigInt(before) & ~own) throw apiError('missingPermissions');
}

function createRole(asked: Asked<'guild', RoleBody>): object {
  const { context, guild, body } = asked;
  const [everyone] = guild.roles;
  const fields = roleFields(body, { ...newRole, permissions: everyone?.permissions ?? '0' });
  requireGrantable(asked, fields.permissions, everyone?.permissions);
  const role: Role = { id: newId(context), ...fields };
  addRole(guild, role);
  return dispatchRole(asked, role, 'GUILD_ROLE_CREATE');
}

function editRole(asked: Asked<'guild' | 'role', RoleBody>): object {
  const { context, guild, role, body } = asked;
  const fields = roleFields(body, role);
  requireAbove(asked, guild.roles.indexOf(role));
  requireGrantable(asked, fields.permissions, role.permissions);
  changeVisibility(context, guild.id, () => Object.assign(role, fields));
  return dispatchRole(asked, role, 'GUILD_ROLE_UPDATE');
}

function dispatchRole(here: InGuild, role: Role, event: BotEvent): object {
  const shown = roleObject(role, here.guild);
  here.context.gateway.dispatchToGuild(here.guild, event, { role: shown });
  return shown;
}

function deleteRole(asked: Asked<'guild' | 'role'>): void {
  const { context, guild, role } = asked;
  // The role @everyone and the roles of bots cannot be deleted. Source of the error: discord.js issue 7143.
  if (role.id === guild.id || role.botId !== undefined) throw apiError('invalidRole');
  const position = guild.roles.indexOf(role);
  requireAbove(asked, position);
  changeVisibility(context, guild.id, () => {
    guild.roles.splice(position, 1);
    for (const each of guild.members) each.roles = each.roles.filter((id) => id !== role.id);
  });
  context.gateway.dispatchToGuild(guild, 'GUILD_ROLE_DELETE', { role_id: role.id });
}

const getRoles = ({ guild }: Asked<'guild'>): object => guild.roles.map((role) => roleObject(role, guild));

/**
 * Moves roles. The caller must rank above the old and the new position of each role that moves. Discord docs,
 * resources/guild#modify-guild-role-positions.
 */
function moveRoles(asked: Asked<'guild', RESTPatchAPIGuildRolePositionsJSONBody>): object {
  const { guild } = asked;
  const wanted = new Map(asked.body.map(({ id, position }) => [id, position]));
  const { roles } = guild;
  for (const id of wanted.keys()) byId(roles, id, 'unknownRole');
  const rank = (role: Role, index: number): number => {
    const position = wanted.get(role.id) ?? index;
    // A role that moves up is placed above the role that was at the wanted position. A role that moves down is placed
    // below that role.
    return index === 0 ? -1 : position + Math.sign(position - index) / 2;
  };
  const ranks = new Map(roles.map((role, index) => [role, rank(role, index)]));
  const next = roles.toSorted((a, b) => (ranks.get(a) ?? 0) - (ranks.get(b) ?? 0));
  const moved = next.filter((role, index) => roles[index] !== role);
  requireAbove(asked, ...moved.flatMap((role) => [roles.indexOf(role), next.indexOf(role)]));
  guild.roles = next;
  for (const role of moved) dispatchRole(asked, role, 'GUILD_ROLE_UPDATE');
  return getRoles(asked);
}

const needs = 'MANAGE_ROLES';
export const roleRoutes: readonly Route[] = [
  route('GET', '/guilds/:guild/roles', 'both', getRoles),
  route('POST', '/guilds/:guild/roles', 'both', createRole, { needs, body: ['role'] }),
  route('PATCH', '/guilds/:guild/roles', 'both', moveRoles, { needs, body: ['rolePositions'] }),
  route('GET', '/guilds/:guild/roles/:role', 'both', ({ role, guild }) => roleObject(role, guild)),
  route('PATCH', '/guilds/:guild/roles/:role', 'both', editRole, { needs, body: ['roleEdit'] }),
  route('DELETE', '/guilds/:guild/roles/:role', 'both', deleteRole, { needs }),
];
