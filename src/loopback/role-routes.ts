/** Routes of guild roles. Absent: changing the order of roles, the role hierarchy. */
import { apiError } from './api-errors.ts';
import { roleObject } from './api-objects.ts';
import { readBody } from './body-validation.ts';
import { type Context, newId, requireGuild, requireGuildPermission } from './context.ts';
import { dispatchToGuild } from './guild-dispatch.ts';
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

/** The fields of a role after a request. `colors` replaces `color`. Discord docs, topics/permissions#role-object. */
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

function createRole(request: RequestContext, guildId: string): Reply {
  const { context, caller } = request;
  const guild = requireGuildPermission(context, guildId, caller, 'MANAGE_ROLES');
  const role: Role = { id: newId(context), ...roleFields(readBody('role', request), newRole) };
  guild.roles.push(role);
  return dispatchRole(context, guild, role, 'GUILD_ROLE_CREATE');
}

function editRole(request: RequestContext, guildId: string, roleId: string): Reply {
  const { context, caller } = request;
  const guild = requireGuildPermission(context, guildId, caller, 'MANAGE_ROLES');
  const role = requireRole(guild, roleId);
  Object.assign(role, roleFields(readBody('roleEdit', request), role));
  return dispatchRole(context, guild, role, 'GUILD_ROLE_UPDATE');
}

function dispatchRole(context: Context, guild: Guild, role: Role, event: BotEvent): Reply {
  context.worldChanged();
  dispatchToGuild(context, guild, event, { role: roleObject(role, guild) }, intents.guilds);
  return ok(roleObject(role, guild));
}

function deleteRole({ context, caller }: RequestContext, guildId: string, roleId: string): Reply {
  const guild = requireGuildPermission(context, guildId, caller, 'MANAGE_ROLES');
  // The role of everyone cannot be deleted, and roles of bots are managed. The code and message: discord.js issue 7143.
  if (roleId === guild.id || requireRole(guild, roleId).botId !== undefined) throw apiError('invalidRole');
  guild.roles.splice(guild.roles.indexOf(requireRole(guild, roleId)), 1);
  for (const each of guild.members) each.roles = each.roles.filter((id) => id !== roleId);
  context.worldChanged();
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

export const roleRoutes: readonly Route[] = [
  route('GET', '/guilds/:guild/roles', 'both', getRoles),
  route('POST', '/guilds/:guild/roles', 'both', createRole, { body: ['role'] }),
  route('GET', '/guilds/:guild/roles/:role', 'both', getRole),
  route('PATCH', '/guilds/:guild/roles/:role', 'both', editRole, { body: ['roleEdit'] }),
  route('DELETE', '/guilds/:guild/roles/:role', 'both', deleteRole),
];
