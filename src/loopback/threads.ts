/** Public threads of text channels, without members and automatic archiving. Discord docs, topics/threads. */
import { apiError, requireModelledValue } from './api-errors.ts';
import { channelObject } from './api-objects.ts';
import { readBody, validateBody } from './body-validation.ts';
import { type Caller, callerId, type Context, isAllowed, newId, requirePermission } from './context.ts';
import { messageFlags } from './message-flags.ts';
import { sendMessage, threadCreatedType } from './messages.ts';
import { callingUser } from './route.ts';
import { newChannel } from './world-defaults.ts';
import type { Channel, StoredMessage } from './world.ts';

/** A thread gets the id of its message. Discord docs, resources/channel#start-thread-from-message. */
export function startThread(
  context: Context,
  parent: Channel,
  caller: Caller,
  body: unknown,
  from?: StoredMessage,
): object {
  requirePermission(context, parent, caller, 'CREATE_PUBLIC_THREADS');
  if (parent.guildId === undefined || parent.thread) throw apiError('wrongChannelType');
  validateBody(context, from ? 'threadFrom' : 'thread', body);
  const wanted = body as { name: string; type?: number; auto_archive_duration?: number | null };
  // If the body has no type, Discord starts a private thread. The emulation models only public threads (type 11).
  // Discord docs, resources/channel#start-thread-without-message.
  if (!from) requireModelledValue('type', wanted.type ?? 12, [11]);
  const { name, auto_archive_duration: archiveMinutes } = wanted;
  if (from && context.world.channels.some(({ id }) => id === from.message.id)) throw apiError('threadExists');
  const at = context.clock.now();
  const thread: Channel = {
    id: from?.message.id ?? newId(context),
    guildId: parent.guildId,
    ...newChannel,
    name,
    thread: {
      parentId: parent.id,
      ownerId: callerId(caller),
      archived: false,
      locked: false,
      archivedAt: at,
      archiveMinutes: archiveMinutes ?? 1_440,
    },
  };
  context.world.channels.push(thread);
  context.worldChanged();
  context.gateway.dispatchChannel(thread, 'CREATE', { newly_created: true });
  if (from) {
    from.message.flags |= messageFlags.hasThread;
    context.gateway.dispatchMessage('MESSAGE_UPDATE', from);
  } else {
    // If a thread is not started from a message, a new message in the parent channel announces the thread.
    // Discord docs, resources/message#message-reference-thread-created-messages.
    sendMessage(context, {
      channel: parent,
      author: callingUser({ caller }),
      body: { content: name, allowed_mentions: { parse: [] }, files: [] },
      type: threadCreatedType,
      extraFields: { message_reference: { type: 0, channel_id: thread.id, guild_id: parent.guildId } },
      defaultMentions: 'users',
    });
  }
  return channelObject(thread, context.world);
}

interface ThreadEdit {
  readonly name?: string | null;
  readonly archived?: boolean | null;
  readonly locked?: boolean | null;
  readonly auto_archive_duration?: number | null;
}

/** Only moderators may lock. Throws errors 50083 and 50013. Discord docs, topics/threads#editing-deleting-threads. */
export function editThread(context: Context, channel: Channel, caller: Caller, body: unknown): object {
  const { thread } = channel;
  if (!thread) throw apiError('wrongChannelType');
  const wanted = readBody<ThreadEdit>('threadEdit', { body });
  const name = wanted.name ?? channel.name;
  const archived = wanted.archived ?? thread.archived;
  const locked = wanted.locked ?? thread.locked;
  const isModerator = isAllowed(context, channel, caller, 'MANAGE_THREADS');
  const isOwner = thread.ownerId === callerId(caller);
  const needsModerator = locked !== thread.locked || (thread.locked && thread.archived && !archived);
  if (!isModerator && (needsModerator || !isOwner)) throw apiError('missingPermissions');
  if (thread.archived && archived && (name !== channel.name || locked !== thread.locked)) throw apiError('archived');
  if (name !== undefined) channel.name = name;
  thread.archiveMinutes = wanted.auto_archive_duration ?? thread.archiveMinutes;
  updateThread(context, channel, archived, locked);
  return channelObject(channel, context.world);
}

function updateThread(context: Context, channel: Channel, archived: boolean, locked: boolean): void {
  const { thread } = channel;
  if (!thread) return;
  const archivedAt = thread.archived === archived ? thread.archivedAt : context.clock.now();
  channel.thread = { ...thread, archived, locked, archivedAt };
  context.worldChanged();
  context.gateway.dispatchChannel(channel, 'UPDATE');
}

/**
 * Unarchives a thread before a new message. Throws error 160005. Discord docs, topics/threads#active-archived-threads.
 */
export function unarchiveThread(context: Context, channel: Channel, caller: Caller): void {
  requireUnlockedThread(context, channel, caller);
  if (channel.thread?.archived) updateThread(context, channel, false, channel.thread.locked);
}

/** Throws error 160005 without MANAGE_THREADS. Discord docs, topics/threads#locked-threads. */
function requireUnlockedThread(context: Context, channel: Channel, caller: Caller): void {
  if (channel.thread?.locked && !isAllowed(context, channel, caller, 'MANAGE_THREADS')) throw apiError('locked');
}

/** Throws error 50083 or 160005. Discord docs, topics/threads#active-archived-threads. */
export function requireActiveThread(context: Context, channel: Channel, caller: Caller): void {
  if (channel.thread?.archived) throw apiError('archived');
  requireUnlockedThread(context, channel, caller);
}
