/** Routes of channels and threads. */
import { apiError, problem, requireModelledValue, throwIfAny, tooLong } from './api-errors.ts';
import { channelObject } from './api-objects.ts';
import { visibleChannels } from './guild-channels.ts';
import { deleteUnusedFiles } from './attachments.ts';
import { readBody } from './body-validation.ts';
import {
  type Caller,
  callerId,
  type Context,
  newId,
  requireChannel,
  requireGuild,
  requireGuildPermission,
  requirePermission,
} from './context.ts';
import { discordLimits } from './discord-limits.ts';
import { requirePublicMessage } from './messages.ts';
import { allPermissions, permissionBits } from './permission-bits.ts';
import { guildPermissions, permissionsIn } from './permissions.ts';
import { callingUser, created, noContent, ok, type Reply, type RequestContext, type Route, route } from './route.ts';
import { editThread, startThread } from './threads.ts';
import { changeVisibility } from './channel-visibility.ts';
import { newChannel } from './world-defaults.ts';
import type { Channel } from './world.ts';

interface OverwriteBody {
  readonly id: string;
  readonly type?: number | null;
  readonly allow?: string | number | null;
  readonly deny?: string | number | null;
}
interface ChannelBody {
  readonly name?: string;
  readonly type?: number | null;
  readonly topic?: string | null;
  readonly nsfw?: boolean | null;
  readonly parent_id?: string | null;
  readonly permission_overwrites?: readonly OverwriteBody[] | null;
}

type Overwrites = Channel['overwrites'];
type Overwrite = Overwrites[number];

/**
 * Throws error 50013 unless the caller may change the overwrites to `next`. Without an overwrite that allows
 * MANAGE_ROLES, only own permissions may be changed, and MANAGE_ROLES only by administrators. Discord docs,
 * resources/channel#edit-channel-permissions, resources/guild#create-guild-channel.
 */
function requireOverwritable({ world, clock }: Context, channel: Channel, caller: Caller, next: Overwrites): void {
  const guild = world.guilds.find(({ id }) => id === channel.guildId);
  if (!guild) return;
  const self = callerId(caller);
  const ids = [self, ...(guild.members.find(({ id }) => id === self)?.roles ?? [])];
  const manageRoles = permissionBits('MANAGE_ROLES');
  if (channel.overwrites.some(({ id, allow }) => ids.includes(id) && BigInt(allow) & manageRoles)) return;
  const inGuild = guildPermissions(guild, self, clock.now());
  const own = inGuild | permissionsIn(world, channel, self, clock.now());
  const grantable = inGuild === allPermissions ? own : own & ~manageRoles;
  const bits = (list: Overwrites, wanted: string, key: 'allow' | 'deny') =>
    BigInt(list.find(({ id }) => id === wanted)?.[key] ?? 0);
  for (const { id } of [...channel.overwrites, ...next])
    for (const key of ['allow', 'deny'] as const)
      if ((bits(channel.overwrites, id, key) ^ bits(next, id, key)) & ~grantable) throw apiError('missingPermissions');
}

/** Converts a request body to an overwrite. Without a type, the id decides between role and user. */
function overwriteOf({ world }: Context, { guildId }: Channel, { id, type, allow, deny }: OverwriteBody): Overwrite {
  const roles = world.guilds.find((guild) => guild.id === guildId)?.roles ?? [];
  const kind = type ?? (roles.some((role) => role.id === id) ? 0 : 1);
  return { id, type: kind, allow: String(allow ?? 0), deny: String(deny ?? 0) };
}

const category = 4;

/** Returns the category with this id. Throws error 50035 if the category does not exist or is full. */
function requireCategory({ world }: Context, channel: Channel, id: string): Channel {
  const found = world.channels.find((each) => each.id === id && each.guildId === channel.guildId);
  const refuse = (code: string, message: string) => throwIfAny([problem(['parent_id'], code, message)]);
  if (found?.type !== category || channel.type === category)
    refuse('CHANNEL_PARENT_INVALID', 'Category does not exist');
  const inside = world.channels.filter(({ parentId }) => parentId === id);
  if (!inside.includes(channel) && inside.length >= discordLimits.channelsPerCategory)
    refuse('CHANNEL_PARENT_MAX_CHANNELS', 'Maximum number of channels in category reached (50)');
  return found ?? channel;
}

/** Sets the fields of a channel. Returns the category that the body names, if any. Throws errors 50013 and 50035. */
function setChannelFields(
  context: Context,
  channel: Channel,
  caller: Caller,
  wanted: ChannelBody,
): Channel | undefined {
  if ((wanted.topic?.length ?? 0) > discordLimits.topic) throwIfAny([tooLong(['topic'], discordLimits.topic)]);
  const overwrites = wanted.permission_overwrites?.map((each) => overwriteOf(context, channel, each));
  if (overwrites) requireOverwritable(context, channel, caller, overwrites);
  const parent = wanted.parent_id ? requireCategory(context, channel, wanted.parent_id) : undefined;
  channel.name = wanted.name ?? channel.name;
  if (wanted.topic !== undefined) channel.topic = wanted.topic || null;
  channel.nsfw = wanted.nsfw ?? channel.nsfw;
  if (wanted.parent_id !== undefined) channel.parentId = parent?.id;
  channel.overwrites = overwrites ?? channel.overwrites;
  return parent;
}

function createChannel(request: RequestContext, guildId: string): Reply {
  const { context, caller } = request;
  const guild = requireGuildPermission(context, guildId, caller, 'MANAGE_CHANNELS');
  const wanted = readBody<ChannelBody>('channel', request);
  requireModelledValue('type', wanted.type, [0, category]);
  const channel: Channel = { ...newChannel, id: newId(context), guildId: guild.id };
  if (wanted.type === category) channel.type = category;
  const parent = setChannelFields(context, channel, caller, wanted);
  // If the body contains no overwrites, the channel gets the overwrites of its category. Source: discordrb pull request
  // 477.
  if (parent && !wanted.permission_overwrites) channel.overwrites = [...parent.overwrites];
  context.world.channels.push(channel);
  context.worldChanged();
  context.gateway.dispatchChannel(channel, 'CREATE');
  return created(channelObject(channel, context.world));
}

function editChannel(request: RequestContext, channelId: string): Reply {
  const { context, caller, body } = request;
  const channel = requireChannel(context, channelId, caller);
  if (channel.thread) return ok(editThread(context, channel, caller, body));
  requirePermission(context, channel, caller, 'MANAGE_CHANNELS');
  const wanted = readBody<ChannelBody>('channelEdit', request);
  requireModelledValue('type', wanted.type, [channel.type ?? 0]);
  if (wanted.permission_overwrites) requirePermission(context, channel, caller, 'MANAGE_ROLES');
  changeVisibility(context, channel.guildId, () => setChannelFields(context, channel, caller, wanted), channel);
  return ok(channelObject(channel, context.world));
}

function deleteChannel({ context, caller }: RequestContext, channelId: string): Reply {
  const { world } = context;
  const channel = requireChannel(context, channelId, caller);
  requirePermission(context, channel, caller, channel.thread ? 'MANAGE_THREADS' : 'MANAGE_CHANNELS');
  context.gateway.dispatchChannel(channel, 'DELETE');
  const shown = channelObject(channel, world);
  const deletedIds = [
    channelId,
    ...world.channels.filter(({ thread }) => thread?.parentId === channelId).map(({ id }) => id),
  ];
  world.posts = world.posts.filter(({ message }) => !deletedIds.includes(message.channel_id));
  deleteUnusedFiles(world);
  world.channels = world.channels.filter(({ id }) => !deletedIds.includes(id));
  // Deleting a category does not delete its channels. Discord docs, resources/channel#deleteclose-channel.
  for (const inside of world.channels.filter(({ parentId }) => parentId === channelId))
    changeVisibility(context, inside.guildId, () => (inside.parentId = undefined), inside);
  context.worldChanged();
  return ok(shown);
}

/** Sets or deletes the overwrite of a role or user. Discord docs, resources/channel#edit-channel-permissions. */
const setOverwrite =
  (isDeleted: boolean): Route['run'] =>
  (request, channelId = '', overwriteId = '') => {
    const { context, caller } = request;
    const channel = requireChannel(context, channelId, caller);
    if (channel.thread) throw apiError('wrongChannelType');
    requirePermission(context, channel, caller, 'MANAGE_ROLES');
    const known = channel.overwrites.find(({ id }) => id === overwriteId);
    if (isDeleted && !known) throw apiError('unknownOverwrite');
    const others = channel.overwrites.filter(({ id }) => id !== overwriteId);
    const added = isDeleted
      ? []
      : [overwriteOf(context, channel, { ...readBody<OverwriteBody>('overwriteEdit', request), id: overwriteId })];
    const next = [...others, ...added];
    requireOverwritable(context, channel, caller, next);
    changeVisibility(context, channel.guildId, () => (channel.overwrites = next), channel);
    return noContent;
  };

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
  route('POST', '/guilds/:guild/channels', 'both', createChannel, { body: ['channel'] }),
  route('GET', '/guilds/:guild/threads/active', 'bot', getActiveThreads),
  route('GET', '/channels/:channel', 'both', getChannel),
  route('PATCH', '/channels/:channel', 'both', editChannel, { body: ['channelEdit', 'threadEdit'] }),
  route('DELETE', '/channels/:channel', 'both', deleteChannel),
  route('PUT', '/channels/:channel/permissions/:overwrite', 'both', setOverwrite(false), {
    body: ['overwriteEdit'],
  }),
  route('DELETE', '/channels/:channel/permissions/:overwrite', 'both', setOverwrite(true)),
  route('POST', '/channels/:channel/threads', 'both', createThread, { body: ['thread'] }),
  route('POST', '/channels/:channel/messages/:message/threads', 'both', createThreadFromMessage, {
    body: ['threadFrom'],
  }),
];
