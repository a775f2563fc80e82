/** A message of one sentence. */
import { message, type Message, text } from './message-components.ts';
import type { MessageResponse } from '../services.ts';

/** A sentence on its own. */
export const notice = (sentence: string): Message => message(text(sentence));

export const hiddenNotice = (sentence: string): MessageResponse => ({ message: notice(sentence), ephemeral: true });
