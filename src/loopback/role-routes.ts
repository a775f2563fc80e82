/** Routes of guild roles. The position of a role is its index in the list of roles of the guild. */
import { apiError } from './api-errors.ts';
import { roleObject } from './api-objects.ts';
import { changeVisibility } from './channel-visibility.ts';
import { readBody } from './body-validation.ts';
import {
  type Caller,
  callerId,
  type Context,
  newId,
  requireAbove,
  requireGuild,
  requireGuildPermission,
} from './context.ts';
import { dispatchToGuild } from './guild-dispatch.ts';
import { guildPermissions } from './permissions.ts';
import { noContent, ok, type Reply, type RequestContext, type Route, route } from './route.ts';
import { newRole } from './world-defaults.ts';
import type { Guild, Role } from './world.ts';
import { intents, type BotEvent } from './gateway-rules.ts';

interface RoleBody {
  readonly name?: string | null;
  readonly permissions?: string | number | null;
  readonly mentionable?: boolean | null;
  readonly hoist?: boolean | null;
  readonly color?: number | null;
  readonly colors?: Partial<Role['colors']> | null;
}

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

export function requireRole(guild: Guild, id: string): Role {
  const role = guild.roles.find((role) => role.id === id);
  if (!role) throw apiError('unknownRole');
  return role;
}

/** Adds a role directly above @everyone, as Discord does for new roles. Source: discord-api-docs issue 41. */
export const addRole = (guild: Guild, role: Role): void => void guild.roles.splice(1, 0, role);

/**
 * Throws error 50013 if a role gets permissions that the caller lacks.
 * Discord docs, topics/permissions#permission-hierarchy.
 */
function requireGrantable({ clock }: Context, guild: Guild, caller: Caller, after: string, before = '0'): void {
  const own = guildPermissions(guild, callerId(caller), clock.now());
  if (BigInt(after) & ~BigInt(before) & ~own) throw apiError('missingPermissions');
}

function createRole(request: RequestContext, guildId: string): Reply {
  const { context, caller } = request;
  const guild = requireGuildPermission(context, guildId, caller, 'MANAGE_ROLES');
  const [everyone] = guild.roles;
  const fields = roleFields(readBody('role', request), { ...newRole, permissions: everyone?.permissions ?? '0' });
  requireGrantable(context, guild, caller, fields.permissions, everyone?.permissions);
  const role: Role = { id: newId(context), ...fields };
  addRole(guild, role);
  return dispatchRole(context, guild, role, 'GUILD_ROLE_CREATE');
}

function editRole(request: RequestContext, guildId: string, roleId: string): Reply {
  const { context, caller } = request;
  const guild = requireGuildPermission(context, guildId, caller, 'MANAGE_ROLES');
  const role = requireRole(guild, roleId);
  const fields = roleFields(readBody('roleEdit', request), role);
  requireAbove(guild, caller, guild.roles.indexOf(role));
  requireGrantable(context, guild, caller, fields.permissions, role.permissions);
  changeVisibility(context, guildId, () => Object.assign(role, fields));
  return dispatchRole(context, guild, role, 'GUILD_ROLE_UPDATE');
}

function dispatchRole(context: Context, guild: Guild, role: Role, event: BotEvent): Reply {
  context.worldChanged();
  dispatchToGuild(context, guild, event, { role: roleObject(role, guild) }, intents.guilds);
  return ok(roleObject(role, guild));
}

function deleteRole({ context, caller }: RequestContext, guildId: string, roleId: string): Reply {
  const guild = requireGuildPermission(context, guildId, caller, 'MANAGE_ROLES');
  // The role @everyone and the roles of bots cannot be deleted. Source of the error code and message: discord.js issue
  // 7143.
  if (roleId === guild.id || requireRole(guild, roleId).botId !== undefined) throw apiError('invalidRole');
  const position = guild.roles.indexOf(requireRole(guild, roleId));
  requireAbove(guild, caller, position);
  changeVisibility(context, guildId, () => {
    guild.roles.splice(position, 1);
    for (const each of guild.members) each.roles = each.roles.filter((id) => id !== roleId);
  });
  dispatchToGuild(context, guild, 'GUILD_ROLE_DELETE', { role_id: roleId }, intents.guilds);
  return noContent;
}

function getRoles({ context, caller }: RequestContext, guildId: string): Reply {
  const guild = requireGuild(context, guildId, caller);
  return ok(guild.roles.map((role) => roleObject(role, guild)));
}

function getRole({ context, caller }: RequestContext, guildId: string, roleId: string): Reply {
  const guild = requireGuild(context, guildId, caller);
  return ok(roleObject(requireRole(guild, roleId), guild));
}

/** Discord docs, resources/guild#modify-guild-role-positions. */
function moveRoles(request: RequestContext, guildId: string): Reply {
  const { context, caller } = request;
  const guild = requireGuildPermission(context, guildId, caller, 'MANAGE_ROLES');
  const wanted = new Map(
    readBody<readonly RolePosition[]>('rolePositions', request).map(({ id, position }) => [id, position]),
  );
  const { roles } = guild;
  for (const id of wanted.keys()) requireRole(guild, id);
  const rank = (role: Role, index: number): number => {
    const position = wanted.get(role.id) ?? index;
    // A role that moves up is placed above the role at its new position. A role that moves down is placed below it.
    return index === 0 ? -1 : position + Math.sign(position - index) / 2;
  };
  const ranks = new Map(roles.map((role, index) => [role, rank(role, index)]));
  const next = roles.toSorted((a, b) => (ranks.get(a) ?? 0) - (ranks.get(b) ?? 0));
  const moved = next.filter((role, index) => roles[index] !== role);
  requireAbove(guild, caller, ...moved.flatMap((role) => [roles.indexOf(role), next.indexOf(role)]));
  guild.roles = next;
  for (const role of moved) dispatchRole(context, guild, role, 'GUILD_ROLE_UPDATE');
  return getRoles(request, guildId);
}
interface RolePosition {
  readonly id: string;
  readonly position?: number | null;
}

export const roleRoutes: readonly Route[] = [
  route('GET', '/guilds/:guild/roles', 'both', getRoles),
  route('POST', '/guilds/:guild/roles', 'both', createRole, { body: ['role'] }),
  route('PATCH', '/guilds/:guild/roles', 'both', moveRoles, { body: ['rolePositions'] }),
  route('GET', '/guilds/:guild/roles/:role', 'both', getRole),
  route('PATCH', '/guilds/:guild/roles/:role', 'both', editRole, { body: ['roleEdit'] }),
  route('DELETE', '/guilds/:guild/roles/:role', 'both', deleteRole),
];
