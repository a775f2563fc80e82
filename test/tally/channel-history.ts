/**
 * Reads the channels and threads of a server through the emulated Discord. The messages are those that a member sees.
 */
import type { LoopbackMember } from '../../src/loopback/loopback-member.ts';
import type { SeenMessage } from '../../src/loopback/seen-message.ts';

export interface ChannelHistory {
  readonly id: string;
  /** The id of the parent channel. Absent if this is not a thread. */
  readonly parent?: string;
  /** The current messages of the channel, oldest first. */
  readonly messages: readonly SeenMessage[];
}

export interface ServerHistory {
  readonly channels: readonly ChannelHistory[];
  /** All versions of all public messages that the member received, oldest first. Deleted messages are included. */
  readonly states: readonly SeenMessage[];
}

/** Reads the channels with these names, and all threads that were created while the member was connected. */
export async function readServer(member: LoopbackMember, channels: readonly string[]): Promise<ServerHistory> {
  const { events } = member;
  const histories: ChannelHistory[] = [];
  for (const name of channels) {
    const messages = await allMessages(member, name);
    const [first] = messages;
    if (first) histories.push({ id: first.channel_id, messages });
  }
  const threads = new Map(
    events.flatMap(({ t, d }) => (t === 'THREAD_CREATE' ? [[String(d['id']), String(d['parent_id'])]] : [])),
  );
  for (const [id, parent] of threads) histories.push({ id, parent, messages: await allMessages(member, id) });
  return { channels: histories, states: publicStates(member) };
}

/** All versions of all public messages that the member received, oldest first. */
export const publicStates = ({ events }: LoopbackMember): readonly SeenMessage[] =>
  events
    .filter(({ t }) => t === 'MESSAGE_CREATE' || t === 'MESSAGE_UPDATE')
    .map(({ d }) => d as unknown as SeenMessage)
    .filter(isPublic);

export const isPublic = ({ flags }: SeenMessage): boolean => (flags & 64) === 0;

/** Reads all pages of messages in a channel. Returns the messages with the oldest first. */
async function allMessages(member: LoopbackMember, channel: string): Promise<readonly SeenMessage[]> {
  const newestFirst = [...(await member.messages(channel))];
  for (let page = newestFirst; page.length > 0; newestFirst.push(...page)) {
    const last = newestFirst.at(-1);
    if (!last) break;
    page = (await member.request(
      'GET',
      `/channels/${last.channel_id}/messages?limit=100&before=${last.id}`,
    )) as SeenMessage[];
  }
  return newestFirst.toReversed();
}
