/** Routes of guild roles. Absent: changing the order of roles, the role hierarchy. */
import { z } from 'zod';
import { apiError, parseBody } from './api-errors.ts';
import { roleObject } from './api-objects.ts';
import { type Context, newId, requireGuild, requireGuildPermission } from './context.ts';
import { bitset, dispatchToGuild } from './guild-dispatch.ts';
import { everyonePermissions } from './permission-bits.ts';
import { noContent, ok, type Reply, type RequestContext, type Route, route } from './route.ts';
import type { Guild, Role } from './world.ts';
import { intents, type BotEvent } from './gateway-rules.ts';

const roleBody = z
  .object({ name: z.string().min(1).max(100), permissions: bitset, mentionable: z.boolean() })
  .partial();

export function requireRole(guild: Guild, id: string): Role {
  const role = guild.roles.find((role) => role.id === id);
  if (!role) throw apiError('unknownRole');
  return role;
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

function dispatchRole(context: Context, guild: Guild, role: Role, event: BotEvent): Reply {
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

function getRoles({ context, caller }: RequestContext, guildId: string): Reply {
  const guild = requireGuild(context, guildId, caller);
  return ok(guild.roles.map((role) => roleObject(role, guild)));
}

export const roleRoutes: readonly Route[] = [
  route('GET', '/guilds/:guild/roles', 'both', getRoles),
  route('POST', '/guilds/:guild/roles', 'both', createRole),
  route('PATCH', '/guilds/:guild/roles/:role', 'both', editRole),
  route('DELETE', '/guilds/:guild/roles/:role', 'both', deleteRole),
];
