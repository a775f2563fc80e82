/** Routes of guilds, and the route that adds an application to a guild. Absent: invites, the audit log. */
import { z } from 'zod';
import { apiError, parseBody } from './api-errors.ts';
import { guildObject, memberObject } from './api-objects.ts';
import { deleteUnusedFiles } from './attachments.ts';
import { callerId, newId, requireGuild, requireGuildPermission } from './context.ts';
import { intents } from './gateway-rules.ts';
import { bitset, dispatchToGuild } from './guild-dispatch.ts';
import {
  callingMember,
  callingUser,
  noContent,
  ok,
  type Reply,
  type RequestContext,
  route,
  type Route,
} from './route.ts';
import type { Role } from './world.ts';

const guildBody = z.object({ name: z.string().min(2).max(100), preferred_locale: z.string() }).partial();
const installBody = z.object({ guild_id: z.string().optional(), permissions: bitset.default('0') });

const getGuild = ({ context, caller }: RequestContext, id: string): Reply =>
  ok(guildObject(requireGuild(context, id, caller), context.world, callingUser({ caller })));

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
    dispatchToGuild(context, guild, 'GUILD_MEMBER_ADD', user, intents.guildMembers);
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

export const guildRoutes: readonly Route[] = [
  route('GET', '/guilds/:guild', 'both', getGuild),
  route('PATCH', '/guilds/:guild', 'both', editGuild),
  route('DELETE', '/guilds/:guild', 'member', deleteGuild),
  route('POST', '/oauth2/authorize', 'member', installApplication),
];
