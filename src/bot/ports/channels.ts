/** Discord's channels as a port: messages the bot posts by itself, apart from replies to interactions. */
import type { Message } from '../../chat/message/message-components.ts';

export interface Posted {
  readonly id: string;
  /** Discord's timestamp of the message, in ms since the epoch. */
  readonly at: number;
}

export interface Channels {
  /**
   * Posts a message. A repeat with the same `nonce` (at most 25 characters) within minutes gives the first message again.
   * Throws ChannelError.
   */
  post(channel: string, message: Message, nonce: string): Promise<Posted>;
  /** Opens a public thread under a message, or finds the one it has; gives the thread's id. Throws ChannelError. */
  thread(channel: string, message: string, name: string): Promise<string>;
  /** Gives Discord's timestamp of the edit in ms since the epoch, where it says one. Throws ChannelError. */
  edit(channel: string, id: string, message: Message): Promise<{ readonly at: number | undefined }>;
  /** Whether Discord lists the place; true where it cannot be known. */
  exists(place: { readonly guild?: string; readonly channel: string }): boolean;
}

/** A request that Discord refused or that failed. */
export class ChannelError extends Error {
  /**
   * `forbidden`: a permission is missing; `gone`: the message is not there; `closed`: the channel is not there, or is
   * locked; `failed`: anything else.
   */
  readonly why: 'forbidden' | 'gone' | 'closed' | 'failed';

  constructor(why: ChannelError['why'], message: string, cause: unknown) {
    super(message, { cause });
    this.name = 'ChannelError';
    this.why = why;
  }
}
