/** The type of the steps that `render` returns. */
import type { Showing } from '../../core/quiz/shown.ts';
import type { Message } from '../message/message-components.ts';

/** One step of rendering: a request to Discord, or an event for the quiz that needs no request. */
export type RenderStep = Showing & {
  readonly do:
    /**
     * Posts a message. If a message with the same `nonce` was posted in the last few minutes, Discord returns that
     * message and posts no second one. A nonce has at most 25 characters.
     */
    | { readonly is: 'post'; readonly channel: string; readonly card: Message; readonly nonce: string }
    | { readonly is: 'edit'; readonly channel: string; readonly message: string; readonly card: Message }
    | { readonly is: 'thread'; readonly channel: string; readonly message: string; readonly name: string }
    | { readonly is: 'followUp'; readonly card: Message }
    /**
     * Sends no request, because the message of the question was posted earlier. The quiz is told that the message is
     * posted.
     */
    | { readonly is: 'confirm'; readonly message: string; readonly at: number }
    /** Checks whether the bot has a token for editing this message. The message is the reply to an interaction. */
    | { readonly is: 'token'; readonly message: string }
    /** Sends no request. The step only causes an event for the quiz. */
    | { readonly is: 'nothing' };
};
