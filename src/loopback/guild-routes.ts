/** Routes of guilds, and the route that adds an application to a guild. Invites and the audit log are not emulated. */
import { z } from 'zod';
import { apiError, parseBody } from './api-errors.ts';
import { guildFields, guildObject, memberObject } from './api-objects.ts';
import { deleteUnusedFiles } from './attachments.ts';
import { readBody } from './body-validation.ts';
import { callerId, newId, requireGuild, requireGuildPermission } from './context.ts';
import { intents } from './gateway-rules.ts';
import { bitset, dispatchToGuild } from './guild-dispatch.ts';
import { addRole } from './role-routes.ts';
import { newRole } from './world-defaults.ts';
import { callingMember, noContent, ok, type Reply, type RequestContext, route, type Route } from './route.ts';
import type { Role } from './world.ts';

const installBody = z.object({ guild_id: z.string().optional(), permissions: bitset.default('0') });

/** With `with_counts`, all members count as online, because presence is not modelled. */
function getGuild({ context, caller, query }: RequestContext, id: string): Reply {
  const guild = requireGuild(context, id, caller);
  const count = guild.members.length;
  const counts = { approximate_member_count: count, approximate_presence_count: count };
  return ok({ ...guildFields(guild), ...(query.get('with_counts') === 'true' && counts) });
}

function deleteGuild({ context, caller }: RequestContext, guildId: string): Reply {
  const guild = requireGuild(context, guildId, caller);
  if (guild.ownerId !== callerId(caller)) throw apiError('missingPermissions');
  const { world } = context;
  for (const { id } of guild.members) context.gateway.dispatchToBot(id, 'GUILD_DELETE', { id: guildId }, guildId);
  const deletedIds = world.channels.filter((channel) => channel.guildId === guildId).map(({ id }) => id);
  world.posts = world.posts.filter(({ message }) => !deletedIds.includes(message.channel_id));
  deleteUnusedFiles(world);
  world.channels = world.channels.filter(({ id }) => !deletedIds.includes(id));
  world.commands = world.commands.filter(({ guild_id }) => guild_id !== guildId);
  world.guilds = world.guilds.filter(({ id }) => id !== guildId);
  context.worldChanged();
  return noContent;
}

/** Adds an application to a guild. Without `guild_id`, installs the application for the calling member. */
function installApplication({ context, caller, query, body }: RequestContext): Reply {
  const { world, gateway } = context;
  const application = world.applications.find(({ id }) => id === query.get('client_id'));
  if (!application) throw apiError('unknownApplication');
  const { guild_id: guildId, permissions } = parseBody(installBody, body);
  if (guildId === undefined) application.installedBy.push(callingMember(caller).id);
  else {
    const guild = requireGuildPermission(context, guildId, caller, 'MANAGE_GUILD');
    const role: Role = {
      ...newRole,
      id: newId(context),
      name: application.name,
      permissions,
      botId: application.id,
    };
    addRole(guild, role);
    guild.members.push({ id: application.id, roles: [role.id], nick: null });
    gateway.dispatchToBot(application.id, 'GUILD_CREATE', guildObject(guild, world, application.bot), guildId);
    const user = memberObject(guild, application.bot);
    dispatchToGuild(context, guild, 'GUILD_MEMBER_ADD', user, intents.guildMembers);
  }
  context.worldChanged();
  return ok({ location: '' });
}

function editGuild(request: RequestContext, guildId: string): Reply {
  const { context, caller } = request;
  const guild = requireGuildPermission(context, guildId, caller, 'MANAGE_GUILD');
  const wanted = readBody<{ name?: string; preferred_locale?: string | null }>('guild', request);
  Object.assign(guild, { name: wanted.name ?? guild.name, locale: wanted.preferred_locale ?? guild.locale });
  context.worldChanged();
  dispatchToGuild(context, guild, 'GUILD_UPDATE', guildFields(guild), intents.guilds);
  return ok(guildFields(guild));
}

export const guildRoutes: readonly Route[] = [
  route('GET', '/guilds/:guild', 'both', getGuild, { query: 'with_counts' }),
  route('PATCH', '/guilds/:guild', 'both', editGuild, { body: ['guild'] }),
  route('DELETE', '/guilds/:guild', 'member', deleteGuild),
  route('POST', '/oauth2/authorize', 'member', installApplication, { query: 'client_id scope', body: 'undocumented' }),
];
