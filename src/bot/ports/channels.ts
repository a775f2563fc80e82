/**
 * The interface for Discord's channels. The bot uses it for messages and threads that are not replies to interactions.
 */
import type { Message } from '../../chat/message/message-components.ts';

export interface Posted {
  readonly id: string;
  /** Discord's timestamp of the message, in ms since the epoch. */
  readonly at: number;
}

export interface Channels {
  /**
   * Posts a message. If a message with the same `nonce` was posted in the last few minutes, posts nothing and returns
   * that message. A nonce has at most 25 characters. Throws ChannelError.
   */
  post(channel: string, message: Message, nonce: string): Promise<Posted>;
  /**
   * Creates a public thread that starts at a message. Returns the id of the thread. If the message already has a
   * thread, returns the id of that thread. Throws ChannelError.
   */
  thread(channel: string, message: string, name: string): Promise<string>;
  /**
   * Edits a message. `at` is Discord's timestamp of the edit, in ms since the epoch. It is undefined if Discord's
   * response has no timestamp. Throws ChannelError.
   */
  edit(channel: string, id: string, message: Message): Promise<{ readonly at: number | undefined }>;
  /** Whether the channel and its server exist. True if the bot cannot tell. */
  exists(place: { readonly guild?: string; readonly channel: string }): boolean;
  /**
   * Whether the bot currently receives button presses from this server. If `guild` is absent, whether it receives
   * button presses from private conversations.
   */
  hears(place: { readonly guild?: string }): boolean;
  /**
   * The number of the shard that receives the events of this server. If `server` is undefined: the shard for private
   * conversations.
   */
  shardOf(server: string | undefined): number;
}

/** Thrown if Discord rejected a request or the request failed. */
export class ChannelError extends Error {
  /**
   * - `forbidden`: the bot lacks a permission.
   * - `gone`: the message does not exist.
   * - `closed`: the channel does not exist.
   * - `locked`: the thread is locked.
   * - `blocked`: the server's AutoMod blocked the text.
   * - `failed`: any other error.
   */
  readonly why: 'forbidden' | 'gone' | 'closed' | 'locked' | 'blocked' | 'failed';

  constructor(why: ChannelError['why'], message: string, cause: unknown) {
    super(message, { cause });
    this.name = 'ChannelError';
    this.why = why;
  }
}
