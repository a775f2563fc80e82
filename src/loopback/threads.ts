/** Public threads of text channels, without members and automatic archiving. Discord docs, topics/threads. */
import type { RESTPatchAPIChannelJSONBody, RESTPostAPIChannelThreadsJSONBody } from 'discord-api-types/v10';
import { apiError, requireModelledValue } from './api-errors.ts';
import { channelObject } from './api-objects.ts';
import { callerId, callingUser, type InChannel, isAllowed, newId } from './context.ts';
import { messageFlags } from './message-flags.ts';
import { sendMessage } from './messages.ts';
import { type Asked, Created } from './route.ts';
import { type Channel, newChannel, type StoredMessage } from './world.ts';

/** The message type THREAD_CREATED. Discord docs, resources/message#message-object-message-types. */
const threadCreatedType = 18;

/**
 * If a thread is started from a message, the thread gets the id of the message. Discord docs,
 * resources/channel#start-thread-from-message.
 */
export function startThread(
  asked: Asked<'channel', RESTPostAPIChannelThreadsJSONBody> & { readonly message?: StoredMessage },
): Created {
  const { context, channel: parent, caller, message: from } = asked;
  const { world, gateway, clock } = context;
  const { name, type = 12, auto_archive_duration: archiveMinutes } = asked.body;
  const { guildId } = parent;
  if (guildId === undefined || parent.thread) throw apiError('wrongChannelType');
  // If the body has no type, Discord starts a private thread. The emulation models only public threads (type 11).
  // Discord docs, resources/channel#start-thread-without-message.
  if (!from) requireModelledValue('type', type, [11]);
  if (from && world.channels.some(({ id }) => id === from.message.id)) throw apiError('threadExists');
  const thread: Channel = {
    id: from?.message.id ?? newId(context),
    guildId,
    ...newChannel,
    name,
    thread: {
      parentId: parent.id,
      ownerId: callerId(caller),
      archived: false,
      locked: false,
      archivedAt: clock.now(),
      archiveMinutes: archiveMinutes ?? 1_440,
    },
  };
  world.channels.push(thread);
  gateway.dispatchChannel(thread, 'CREATE', { newly_created: true });
  if (from) {
    from.message.flags |= messageFlags.hasThread;
    gateway.dispatchMessage('MESSAGE_UPDATE', from);
  } else {
    // If a thread is not started from a message, a new message in the parent channel announces the thread.
    // Discord docs, resources/message#message-reference-thread-created-messages.
    sendMessage(context, {
      channel: parent,
      author: callingUser(caller),
      body: { content: name, allowed_mentions: { parse: [] }, files: [] },
      type: threadCreatedType,
      extraFields: { message_reference: { type: 0, channel_id: thread.id, guild_id: guildId } },
      defaultMentions: 'users',
    });
  }
  return new Created(channelObject(thread, world));
}

/**
 * Edits a thread. Without MANAGE_THREADS, callers can edit only their own threads, and cannot lock or unlock them
 * (error 50013). Throws error 50083 if the edit renames, locks or unlocks an archived thread without unarchiving it.
 * Discord docs, #editing-deleting-threads.
 */
export function editThread(here: InChannel, thread: Thread, body: RESTPatchAPIChannelJSONBody): void {
  const { channel, caller } = here;
  const { name = channel.name, archived = thread.archived, locked = thread.locked } = body;
  const isModerator = isAllowed(here, 'MANAGE_THREADS');
  const isOwner = thread.ownerId === callerId(caller);
  const needsModerator = locked !== thread.locked || (thread.locked && thread.archived && !archived);
  if (!isModerator && (needsModerator || !isOwner)) throw apiError('missingPermissions');
  if (thread.archived && archived && (name !== channel.name || locked !== thread.locked)) throw apiError('archived');
  if (name !== undefined) channel.name = name;
  thread.archiveMinutes = body.auto_archive_duration ?? thread.archiveMinutes;
  updateThread(here, thread, archived, locked);
}
type Thread = NonNullable<Channel['thread']>;

function updateThread({ context, channel }: InChannel, thread: Thread, archived: boolean, locked: boolean): void {
  const archivedAt = thread.archived === archived ? thread.archivedAt : context.clock.now();
  channel.thread = { ...thread, archived, locked, archivedAt };
  context.gateway.dispatchChannel(channel, 'UPDATE');
}

/**
 * Unarchives a thread before a new message is sent. Throws error 160005 if the thread is locked, unless the caller has
 * MANAGE_THREADS. Discord docs, #active-archived-threads.
 */
export function unarchiveThread(here: InChannel): void {
  const { thread } = here.channel;
  requireUnlockedThread(here);
  if (thread?.archived) updateThread(here, thread, false, thread.locked);
}

/** Throws error 160005 if the thread is locked, unless the caller has MANAGE_THREADS. Discord docs, #locked-threads. */
function requireUnlockedThread(here: InChannel): void {
  if (here.channel.thread?.locked && !isAllowed(here, 'MANAGE_THREADS')) throw apiError('locked');
}

/**
 * Throws error 50083 if the thread is archived. Otherwise does the same as requireUnlockedThread. Discord docs,
 * #active-archived-threads.
 */
export function requireActiveThread(here: InChannel): void {
  if (here.channel.thread?.archived) throw apiError('archived');
  requireUnlockedThread(here);
}
