/** The button "Remove for all" on the public answer to a look-up. */
import { customId } from '../command.ts';
import { type Button, button } from '../message/message-components.ts';
import { cardWords } from '../words/card-words.ts';

/** `owner`: the id of the member who requested the look-up. Only this member and moderators may remove the answer. */
export const removeButton = (owner: string): Button => button(cardWords.remove, customId('fact', 'remove', owner));
