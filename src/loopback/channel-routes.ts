/** Routes of channels and threads. */
import { z } from 'zod';
import { parseBody } from './api-errors.ts';
import { channelObject, visibleChannels } from './api-objects.ts';
import { deleteUnusedFiles } from './attachments.ts';
import { newId, requireChannel, requireGuild, requireGuildPermission, requirePermission } from './context.ts';
import { bitset } from './guild-dispatch.ts';
import { requirePublicMessage } from './messages.ts';
import { callingUser, created, noContent, ok, type Reply, type RequestContext, type Route, route } from './route.ts';
import { dispatchChannelEvent, editThread, startThread } from './threads.ts';
import type { Channel } from './world.ts';

const overwriteBody = z.object({
  type: z.union([z.literal(0), z.literal(1)]),
  allow: bitset.default('0'),
  deny: bitset.default('0'),
});

const channelBody = z.object({ name: z.string().min(1).max(100), type: z.literal(0).default(0) });

function createChannel({ context, caller, body }: RequestContext, guildId: string): Reply {
  const guild = requireGuildPermission(context, guildId, caller, 'MANAGE_CHANNELS');
  const { name } = parseBody(channelBody, body);
  const channel: Channel = { id: newId(context), guildId: guild.id, name, overwrites: [] };
  context.world.channels.push(channel);
  context.worldChanged();
  dispatchChannelEvent(context, channel, 'CREATE');
  return created(channelObject(channel, context.world));
}

function editChannel({ context, caller, body }: RequestContext, channelId: string): Reply {
  const channel = requireChannel(context, channelId, caller);
  if (channel.thread) return ok(editThread(context, channel, caller, body));
  requirePermission(context, channel, caller, 'MANAGE_CHANNELS');
  channel.name = parseBody(channelBody.partial(), body).name ?? channel.name;
  context.worldChanged();
  dispatchChannelEvent(context, channel, 'UPDATE');
  return ok(channelObject(channel, context.world));
}

function deleteChannel({ context, caller }: RequestContext, channelId: string): Reply {
  const { world } = context;
  const channel = requireChannel(context, channelId, caller);
  requirePermission(context, channel, caller, channel.thread ? 'MANAGE_THREADS' : 'MANAGE_CHANNELS');
  dispatchChannelEvent(context, channel, 'DELETE');
  const shown = channelObject(channel, world);
  const deletedIds = [
    channelId,
    ...world.channels.filter(({ thread }) => thread?.parentId === channelId).map(({ id }) => id),
  ];
  world.posts = world.posts.filter(({ message }) => !deletedIds.includes(message.channel_id));
  deleteUnusedFiles(world);
  world.channels = world.channels.filter(({ id }) => !deletedIds.includes(id));
  context.worldChanged();
  return ok(shown);
}

/**
 * Sets the permission overwrite of a role or user, or deletes it if there is no body.
 * Discord docs, resources/channel#edit-channel-permissions.
 */
function editOverwrite({ context, caller, body }: RequestContext, channelId: string, overwrite: string): Reply {
  const channel = requireChannel(context, channelId, caller);
  requirePermission(context, channel, caller, 'MANAGE_ROLES');
  const others = channel.overwrites.filter(({ id }) => id !== overwrite);
  channel.overwrites = body === undefined ? others : [...others, { id: overwrite, ...parseBody(overwriteBody, body) }];
  context.worldChanged();
  dispatchChannelEvent(context, channel, 'UPDATE');
  return noContent;
}

function getChannels({ context, caller }: RequestContext, guildId: string): Reply {
  const guild = requireGuild(context, guildId, caller);
  const here = visibleChannels(guild, callingUser({ caller }), context.world).filter(({ thread }) => !thread);
  return ok(here.map((channel) => channelObject(channel, context.world)));
}

function getActiveThreads({ context, caller }: RequestContext, guildId: string): Reply {
  const here = visibleChannels(requireGuild(context, guildId, caller), callingUser({ caller }), context.world);
  const threads = here.filter(({ thread }) => thread?.archived === false);
  return ok({ threads: threads.map((thread) => channelObject(thread, context.world)), members: [] });
}

const getChannel = ({ context, caller }: RequestContext, id: string): Reply =>
  ok(channelObject(requireChannel(context, id, caller), context.world));

const createThread = ({ context, caller, body }: RequestContext, channelId: string): Reply =>
  created(startThread(context, requireChannel(context, channelId, caller), caller, body));

function createThreadFromMessage(request: RequestContext, channelId: string, messageId: string): Reply {
  const { context, caller, body } = request;
  const channel = requireChannel(context, channelId, caller);
  const starter = requirePublicMessage(context, caller, channelId, messageId);
  return created(startThread(context, channel, caller, body, starter));
}

export const channelRoutes: readonly Route[] = [
  route('GET', '/guilds/:guild/channels', 'both', getChannels),
  route('POST', '/guilds/:guild/channels', 'both', createChannel),
  route('GET', '/guilds/:guild/threads/active', 'bot', getActiveThreads),
  route('GET', '/channels/:channel', 'both', getChannel),
  route('PATCH', '/channels/:channel', 'both', editChannel),
  route('DELETE', '/channels/:channel', 'both', deleteChannel),
  route('PUT', '/channels/:channel/permissions/:overwrite', 'both', editOverwrite),
  route('DELETE', '/channels/:channel/permissions/:overwrite', 'both', (request, channel = '', overwrite = '') =>
    editOverwrite({ ...request, body: undefined }, channel, overwrite),
  ),
  route('POST', '/channels/:channel/threads', 'both', createThread),
  route('POST', '/channels/:channel/messages/:message/threads', 'both', createThreadFromMessage),
];
