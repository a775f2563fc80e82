/** The way out to Discord, as a port: messages of the bot's own, apart from the answers to commands and presses. */
import type { Message } from '../../chat/message.ts';

export interface Posted {
  readonly id: string;
  /** Discord's stamp of the message, in ms since the epoch. */
  readonly at: number;
}

export interface Channels {
  /** Posts a message; a repeat with the same `nonce` (at most 25 characters) within minutes gives the first one. Throws Refusal. */
  post(channel: string, message: Message, nonce: string): Promise<Posted>;
  /** Opens a public thread under a message and gives its channel; when it has one already, that one. Throws Refusal. */
  thread(channel: string, message: string, name: string): Promise<string>;
  /** Throws Refusal. */
  edit(channel: string, id: string, message: Message): Promise<void>;
}

/** Discord did not do what was asked. */
export class ChannelError extends Error {
  /**
   * `forbidden`: a permission is missing; `gone`: the message is not there; `closed`: the channel is not there, or is
   * locked; `failed`: anything else.
   */
  readonly why: 'forbidden' | 'gone' | 'closed' | 'failed';

  constructor(why: ChannelError['why'], message: string, cause: unknown) {
    super(message, { cause });
    this.name = 'Refusal';
    this.why = why;
  }
}
