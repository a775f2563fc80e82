/** Discord's channels as a port: messages and threads that the bot creates itself, not as replies to interactions. */
import type { Message } from '../../chat/message/message-components.ts';

export interface Posted {
  readonly id: string;
  /** Discord's timestamp of the message, in ms since the epoch. */
  readonly at: number;
}

export interface Channels {
  /**
   * Posts a message. A second call with the same `nonce` (at most 25 characters) within a few minutes posts nothing and
   * returns the first message. Throws ChannelError.
   */
  post(channel: string, message: Message, nonce: string): Promise<Posted>;
  /** Opens a public thread at a message, unless it has one. Returns the thread's id. Throws ChannelError. */
  thread(channel: string, message: string, name: string): Promise<string>;
  /** Edits a message. `at`: Discord's timestamp of the edit in ms since the epoch, if known. Throws ChannelError. */
  edit(channel: string, id: string, message: Message): Promise<{ readonly at: number | undefined }>;
  /** Whether the channel and its server exist, as far as the bot knows. True if the bot cannot know. */
  exists(place: { readonly guild?: string; readonly channel: string }): boolean;
}

/** Thrown if Discord rejected a request or the request failed. */
export class ChannelError extends Error {
  /**
   * `forbidden`: the bot lacks a permission; `gone`: the message does not exist; `closed`: the channel does not exist
   * or is locked; `failed`: any other error.
   */
  readonly why: 'forbidden' | 'gone' | 'closed' | 'failed';

  constructor(why: ChannelError['why'], message: string, cause: unknown) {
    super(message, { cause });
    this.name = 'ChannelError';
    this.why = why;
  }
}
