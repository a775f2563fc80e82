/** Routes of guilds, and the route that adds an application to a guild. Invites and the audit log are not emulated. */
import { z } from 'zod';
import { apiError, byId, parseBody } from './api-errors.ts';
import { guildFields, guildObject, memberObject } from './api-objects.ts';
import { deleteUnusedFiles } from './attachments.ts';
import { callerId, callingMember, newId, requireGuild, requireGuildPermission } from './context.ts';
import { addRole } from './role-routes.ts';
import { newRole } from './world.ts';
import { type Asked, route, type Route } from './route.ts';

const installBody = z.object({
  guild_id: z.string().optional(),
  permissions: z
    .string()
    .regex(/^\d{1,20}$/)
    .default('0'),
});

/** With `with_counts`, all members count as online, because presence is not modelled. */
function getGuild({ guild, query }: Asked<'guild'>): object {
  const count = guild.members.length;
  const counts = { approximate_member_count: count, approximate_presence_count: count };
  return { ...guildFields(guild), ...(query.get('with_counts') === 'true' && counts) };
}

function deleteGuild({ context: { world, gateway }, caller, guild }: Asked<'guild'>): void {
  if (guild.ownerId !== callerId(caller)) throw apiError('missingPermissions');
  for (const { id } of guild.members) gateway.dispatchToBot(id, 'GUILD_DELETE', { id: guild.id }, guild.id);
  const deletedIds = world.channels.filter((channel) => channel.guildId === guild.id).map(({ id }) => id);
  world.posts = world.posts.filter(({ message }) => !deletedIds.includes(message.channel_id));
  deleteUnusedFiles(world);
  world.channels = world.channels.filter(({ id }) => !deletedIds.includes(id));
  world.commands = world.commands.filter(({ guild_id }) => guild_id !== guild.id);
  world.guilds = world.guilds.filter((other) => other !== guild);
}

/** Adds an application to a guild. Without `guild_id`, installs the application for the calling member. */
function installApplication({ context, caller, query, body }: Asked): object {
  const { world, gateway } = context;
  const application = byId(world.applications, query.get('client_id'), 'unknownApplication');
  const { id, name, bot } = application;
  const { guild_id: guildId, permissions } = parseBody(installBody, body);
  if (guildId === undefined) application.installedBy.push(callingMember(caller).id);
  else {
    const guild = requireGuild(context, guildId, caller);
    requireGuildPermission({ context, caller, guild }, 'MANAGE_GUILD');
    const role = { ...newRole, id: newId(context), name, permissions, botId: id };
    addRole(guild, role);
    guild.members.push({ id, roles: [role.id], nick: null });
    gateway.dispatchToBot(id, 'GUILD_CREATE', guildObject(guild, world, bot), guildId);
    gateway.dispatchToGuild(guild, 'GUILD_MEMBER_ADD', memberObject(guild, bot));
  }
  return { location: '' };
}

function editGuild(asked: Asked<'guild', { name?: string; preferred_locale?: string | null }>): object {
  const { context, guild, body } = asked;
  Object.assign(guild, { name: body.name ?? guild.name, locale: body.preferred_locale ?? guild.locale });
  context.gateway.dispatchToGuild(guild, 'GUILD_UPDATE', guildFields(guild));
  return guildFields(guild);
}

export const guildRoutes: readonly Route[] = [
  route('GET', '/guilds/:guild', 'both', getGuild, { query: 'with_counts' }),
  route('PATCH', '/guilds/:guild', 'both', editGuild, { needs: 'MANAGE_GUILD', body: ['guild'] }),
  route('DELETE', '/guilds/:guild', 'member', deleteGuild),
  route('POST', '/oauth2/authorize', 'member', installApplication, { query: 'client_id scope', body: 'undocumented' }),
];
