/**
 * Public threads of text channels: https://discord.com/developers/docs/topics/threads. Absent: private threads, forums,
 * members of a thread, archiving after a time without messages.
 */
import { z } from 'zod';
import { callerId, freshId, insistOnPermission, isAllowed, type Caller, type Emulation } from './context.ts';
import { formOf, refusal } from './api-errors.ts';
import { post, threadCreated } from './messages.ts';
import { messageFlags } from './message-flags.ts';
import { channelObject, readers } from './api-objects.ts';
import { self } from './route.ts';
import { insistOnShape } from './body-validation.ts';
import type { Channel, Post } from './world.ts';

/** To the bots and the people who may see it: CHANNEL_CREATE, THREAD_UPDATE and so on. */
export function tellOfChannel(
  { world, gateway }: Emulation,
  channel: Channel,
  what: 'CREATE' | 'UPDATE' | 'DELETE',
  more: object = {},
): void {
  const event = `${channel.thread ? 'THREAD' : 'CHANNEL'}_${what}`;
  const data = { ...channelObject(channel, world), ...more };
  gateway.toBots(event, data, channel, 1);
  for (const { id } of readers(channel, world)) gateway.toMember(id, event, data);
}

/** docs, resources/channel#start-thread-from-message: the thread and the message share an id. */
export function openThread(emulation: Emulation, parent: Channel, caller: Caller, body: unknown, from?: Post): object {
  insistOnPermission(emulation, parent, caller, 'CREATE_PUBLIC_THREADS');
  if (parent.guildId === undefined || parent.thread) throw refusal('wrongChannelType');
  insistOnShape(emulation, from ? 'threadFrom' : 'thread', body);
  const { name } = body as { name: string };
  if (from && emulation.world.channels.some(({ id }) => id === from.message.id)) throw refusal('threadExists');
  const at = emulation.clock.now();
  const thread: Channel = {
    id: from?.message.id ?? freshId(emulation),
    guildId: parent.guildId,
    name,
    overwrites: [],
    thread: { parentId: parent.id, ownerId: callerId(caller), archived: false, locked: false, archivedAt: at },
  };
  emulation.world.channels.push(thread);
  emulation.changed();
  tellOfChannel(emulation, thread, 'CREATE', { newly_created: true });
  if (from) {
    from.message.flags |= messageFlags.hasThread;
    emulation.gateway.showMessage('MESSAGE_UPDATE', from);
  } else {
    // docs, resources/message#message-reference-thread-created-messages: what a thread without a message leaves.
    post(emulation, {
      channel: parent,
      author: self({ caller }),
      body: { content: name, allowed_mentions: { parse: [] }, files: [] },
      type: threadCreated,
      more: { message_reference: { type: 0, channel_id: thread.id, guild_id: parent.guildId } },
      byDefault: 'users',
    });
  }
  return channelObject(thread, emulation.world);
}

const change = z.object({ name: z.string().min(1).max(100), archived: z.boolean(), locked: z.boolean() }).partial();

/** docs, topics/threads#editing-deleting-threads: who started it may rename and archive, not lock. 50083, 50013. */
export function patchThread(emulation: Emulation, channel: Channel, caller: Caller, body: unknown): object {
  const { thread } = channel;
  if (!thread) throw refusal('wrongChannelType');
  const { name = channel.name, archived = thread.archived, locked = thread.locked } = formOf(change, body);
  const isModerator = isAllowed(emulation, channel, caller, 'MANAGE_THREADS');
  const isOwner = thread.ownerId === callerId(caller);
  const needsModerator = locked !== thread.locked || (thread.locked && thread.archived && !archived);
  if (!isModerator && (needsModerator || !isOwner)) throw refusal('missingPermissions');
  if (thread.archived && archived && (name !== channel.name || locked !== thread.locked)) throw refusal('archived');
  if (name !== undefined) channel.name = name;
  changeThread(emulation, channel, archived, locked);
  return channelObject(channel, emulation.world);
}

function changeThread(emulation: Emulation, channel: Channel, archived: boolean, locked: boolean): void {
  const { thread } = channel;
  if (!thread) return;
  const archivedAt = thread.archived === archived ? thread.archivedAt : emulation.clock.now();
  channel.thread = { ...thread, archived, locked, archivedAt };
  emulation.changed();
  tellOfChannel(emulation, channel, 'UPDATE');
}

/** docs, #active-archived-threads: a message opens an archived thread again, unless it is locked. 160005. */
export function wake(emulation: Emulation, channel: Channel, caller: Caller): void {
  insistOnUnlocked(emulation, channel, caller);
  if (channel.thread?.archived) changeThread(emulation, channel, false, channel.thread.locked);
}

/** docs, #locked-threads: nobody but moderators writes or edits there. */
function insistOnUnlocked(emulation: Emulation, channel: Channel, caller: Caller): void {
  if (channel.thread?.locked && !isAllowed(emulation, channel, caller, 'MANAGE_THREADS')) throw refusal('locked');
}

/** docs, #active-archived-threads: in an archived thread nothing is edited and no command is used. 50083, 160005. */
export function insistOnActive(emulation: Emulation, channel: Channel, caller: Caller): void {
  if (channel.thread?.archived) throw refusal('archived');
  insistOnUnlocked(emulation, channel, caller);
}
