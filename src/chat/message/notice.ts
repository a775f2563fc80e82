/** Messages that consist of one sentence. */
import { type Message, message, textDisplay } from './message-components.ts';
import type { MessageResponse } from '../command-context.ts';

export const notice = (sentence: string): Message => message(textDisplay(sentence));

export const ephemeralNotice = (sentence: string): MessageResponse => ({ message: notice(sentence), ephemeral: true });
