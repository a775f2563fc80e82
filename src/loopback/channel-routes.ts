/** Routes of channels and threads. Discord docs, resources/channel. */
import type { RESTPatchAPIChannelJSONBody, RESTPutAPIChannelPermissionJSONBody } from 'discord-api-types/v10';
import { apiError, refuseField, requireModelledValue, throwIfAny, tooLong } from './api-errors.ts';
import { canView, channelObject } from './api-objects.ts';
import { deleteUnusedFiles } from './attachments.ts';
import { readBody } from './body-validation.ts';
import { changeVisibility } from './channel-visibility.ts';
import { callerId, type Context, type InChannel, newId, requirePermission } from './context.ts';
import { discordLimits } from './discord-limits.ts';
import { allPermissions, permissionBits } from './permission-bits.ts';
import { guildPermissions, permissionsIn } from './permissions.ts';
import { type Asked, Created, type Route, route } from './route.ts';
import { editThread, startThread } from './threads.ts';
import { type Channel, newChannel } from './world.ts';

type ChannelBody = Omit<RESTPatchAPIChannelJSONBody, 'type'> & { readonly type?: number };
type OverwriteBody = Partial<RESTPutAPIChannelPermissionJSONBody> & { readonly id: string };
type Overwrites = Channel['overwrites'];

/**
 * Throws error 50013 unless the caller may replace the overwrites of the channel with `next`. If an overwrite of the
 * channel grants MANAGE_ROLES to the caller, the caller may change all permissions. Otherwise, the caller may change
 * only permissions that the caller has, and may change MANAGE_ROLES only as an administrator. Discord docs,
 * #edit-channel-permissions, resources/guild#create-guild-channel.
 */
function requireOverwritable({ context: { world, clock }, channel, caller }: InChannel, next: Overwrites): void {
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

/**
 * Converts a body to an overwrite. If the body has no type, its id decides: if a role has this id, the overwrite is for
 * this role, otherwise for a user.
 */
function overwriteOf({ world }: Context, { id, type, allow, deny }: OverwriteBody): Overwrites[number] {
  const isRole = world.guilds.some(({ roles }) => roles.some((role) => role.id === id));
  return { id, type: type ?? (isRole ? 0 : 1), allow: String(allow ?? 0), deny: String(deny ?? 0) };
}

const category = 4;

/** Returns the category with this id. Throws error 50035 if the category does not exist or is full. */
function requireCategory({ world }: Context, channel: Channel, id: string): Channel {
  const found = world.channels.find((each) => each.id === id && each.guildId === channel.guildId);
  if (found?.type !== category || channel.type === category)
    return refuseField(['parent_id'], 'CHANNEL_PARENT_INVALID', 'Category does not exist');
  const inside = world.channels.filter(({ parentId }) => parentId === id);
  if (!inside.includes(channel) && inside.length >= discordLimits.channelsPerCategory)
    refuseField(['parent_id'], 'CHANNEL_PARENT_MAX_CHANNELS', 'Maximum number of channels in category reached (50)');
  return found;
}

/**
 * Sets the fields of a channel. If the body contains the id of a category, returns this category. Throws error 50013 if
 * the caller may not change the overwrites, and error 50035 if the topic or the category is invalid.
 */
function setChannelFields(here: InChannel, wanted: ChannelBody): Channel | undefined {
  const { context, channel } = here;
  if ((wanted.topic?.length ?? 0) > discordLimits.topic) throwIfAny([tooLong(['topic'], discordLimits.topic)]);
  const overwrites = wanted.permission_overwrites?.map((each) => overwriteOf(context, each));
  if (overwrites) requireOverwritable(here, overwrites);
  const parent = wanted.parent_id ? requireCategory(context, channel, wanted.parent_id) : undefined;
  channel.name = wanted.name ?? channel.name;
  if (wanted.topic !== undefined) channel.topic = wanted.topic || null;
  channel.nsfw = wanted.nsfw ?? channel.nsfw;
  if (wanted.parent_id !== undefined) channel.parentId = parent?.id;
  channel.overwrites = overwrites ?? channel.overwrites;
  return parent;
}

function createChannel({ context, caller, guild, body }: Asked<'guild', ChannelBody>): Created {
  const { world, gateway } = context;
  requireModelledValue('type', body.type, [0, category]);
  const channel: Channel = { ...newChannel, id: newId(context), guildId: guild.id };
  if (body.type === category) channel.type = category;
  const parent = setChannelFields({ context, caller, channel }, body);
  // Without overwrites in the body, the channel gets those of its category. Source: discordrb pull request 477.
  if (parent && !body.permission_overwrites) channel.overwrites = [...parent.overwrites];
  world.channels.push(channel);
  gateway.dispatchChannel(channel, 'CREATE');
  return new Created(channelObject(channel, world));
}

function editChannel(asked: Asked<'channel'>): object {
  const { context, channel } = asked;
  if (channel.thread) {
    editThread(asked, channel.thread, readBody<RESTPatchAPIChannelJSONBody>('threadEdit', asked));
    return channelObject(channel, context.world);
  }
  requirePermission(asked, 'MANAGE_CHANNELS');
  const wanted = readBody<ChannelBody>('channelEdit', asked);
  requireModelledValue('type', wanted.type, [channel.type ?? 0]);
  if (wanted.permission_overwrites) requirePermission(asked, 'MANAGE_ROLES');
  changeVisibility(context, channel.guildId, () => setChannelFields(asked, wanted), channel);
  return channelObject(channel, context.world);
}

function deleteChannel({ context, channel }: Asked<'channel'>): object {
  const { world, gateway } = context;
  gateway.dispatchChannel(channel, 'DELETE');
  const shown = channelObject(channel, world);
  const threads = world.channels.filter(({ thread }) => thread?.parentId === channel.id);
  const deletedIds = [channel, ...threads].map(({ id }) => id);
  world.posts = world.posts.filter(({ message }) => !deletedIds.includes(message.channel_id));
  deleteUnusedFiles(world);
  world.channels = world.channels.filter(({ id }) => !deletedIds.includes(id));
  // Deleting a category does not delete its channels. Discord docs, resources/channel#deleteclose-channel.
  for (const inside of world.channels.filter(({ parentId }) => parentId === channel.id))
    changeVisibility(context, inside.guildId, () => (inside.parentId = undefined), inside);
  return shown;
}

/** Sets the overwrite of a role or user. Discord docs, resources/channel#edit-channel-permissions. */
function setOverwrite(asked: Asked<'channel' | 'overwrite', RESTPutAPIChannelPermissionJSONBody>): void {
  changeOverwrites(asked, [overwriteOf(asked.context, { ...asked.body, id: asked.overwrite })]);
}

function deleteOverwrite(asked: Asked<'channel' | 'overwrite'>): void {
  if (!asked.channel.overwrites.some(({ id }) => id === asked.overwrite)) throw apiError('unknownOverwrite');
  changeOverwrites(asked, []);
}

function changeOverwrites(asked: Asked<'channel' | 'overwrite'>, added: Overwrites): void {
  const { context, channel, overwrite } = asked;
  if (channel.thread) throw apiError('wrongChannelType');
  const next = [...channel.overwrites.filter(({ id }) => id !== overwrite), ...added];
  requireOverwritable(asked, next);
  changeVisibility(context, channel.guildId, () => (channel.overwrites = next), channel);
}

/** The channels or active threads that the caller may see. Discord docs, topics/permissions#channel-visibility. */
const visible = ({ context: { world }, caller, guild }: Asked<'guild'>, isThread: boolean): readonly object[] =>
  world.channels
    .filter(({ guildId, thread }) => guildId === guild.id && (isThread ? thread?.archived === false : !thread))
    .filter((channel) => canView(channel, callerId(caller), world))
    .map((channel) => channelObject(channel, world));

const overwritePath = '/channels/:channel/permissions/:overwrite';
const starts = { needs: 'CREATE_PUBLIC_THREADS' } as const;
export const channelRoutes: readonly Route[] = [
  route('GET', '/guilds/:guild/channels', 'both', (asked) => visible(asked, false)),
  route('POST', '/guilds/:guild/channels', 'both', createChannel, { needs: 'MANAGE_CHANNELS', body: ['channel'] }),
  route('GET', '/guilds/:guild/threads/active', 'bot', (asked) => ({ threads: visible(asked, true), members: [] })),
  route('GET', '/channels/:channel', 'both', ({ channel, context }) => channelObject(channel, context.world)),
  route('PATCH', '/channels/:channel', 'both', editChannel, { body: ['channelEdit', 'threadEdit'], validates: true }),
  route('DELETE', '/channels/:channel', 'both', deleteChannel, {
    needs: ({ thread }) => (thread ? 'MANAGE_THREADS' : 'MANAGE_CHANNELS'),
  }),
  route('PUT', overwritePath, 'both', setOverwrite, { needs: 'MANAGE_ROLES', body: ['overwriteEdit'] }),
  route('DELETE', overwritePath, 'both', deleteOverwrite, { needs: 'MANAGE_ROLES' }),
  route('POST', '/channels/:channel/threads', 'both', startThread, { ...starts, body: ['thread'] }),
  route('POST', '/channels/:channel/messages/:message/threads', 'both', startThread, {
    ...starts,
    body: ['threadFrom'],
  }),
];
