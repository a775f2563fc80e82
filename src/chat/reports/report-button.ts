/**
 * Creates the button "Report". Also uses the custom_ids of the buttons of a message to find the item that the message
 * shows. An item is a question or an entry.
 */
import { packCode } from '../../core/pack/pack-code.ts';
import { itemKinds } from '../../core/reports/reported-items.ts';
import { shortItemId } from '../../core/reports/short-item-id.ts';
import { customId } from '../command.ts';
import { oneOf, packId } from '../component-parts.ts';
import { parts } from '../component.ts';
import { packPart } from '../packs/pack-of-button.ts';
import { type Button, button } from '../message/message-components.ts';
import { reportWords } from '../words/report-words.ts';
import type { ItemName } from './reports.ts';

/** The schemas of three parts of a custom_id. Together, these parts identify an item. */
export const itemParts = [oneOf(itemKinds), packId, packPart] as const;

/** The three parts of a custom_id that together identify an item. */
export const itemId = ({ kind, id, pack }: ItemName): readonly string[] => [kind, shortItemId(id), pack];

/** `pack` is the id of the pack. */
export const reportButton = (kind: ItemName['kind'], id: string, pack: string): Button =>
  button(reportWords.report, customId('pack', 'report', ...itemId({ kind, id, pack: packCode(pack) })));

const itemSchema = parts([...itemParts]);

/**
 * Uses the custom_ids of a message's components to find the item that the message shows. The custom_id of the button
 * "Report" contains the item. The card of an open question has no button "Report". But the custom_ids of its answer
 * buttons contain the id of the round and the index of the question. `askedIn` finds the question by this id and index.
 * Undefined if the message has neither kind of button.
 */
export function itemOfMessage(
  customIds: readonly string[],
  askedIn: (round: string, index: number) => { readonly id: string; readonly pack: string } | undefined,
): ItemName | undefined {
  for (const one of customIds) {
    const [command, action, ...rest] = one.split(':');
    if (command === 'pack' && action === 'report') {
      const read = itemSchema.safeParse(rest);
      if (read.success) return { kind: read.data[0], id: read.data[1], pack: read.data[2] };
    }
    if (command === 'quiz' && (action === 'answer' || action === 'type')) {
      const [round = '', index = ''] = rest;
      const asked = askedIn(round, Number(index));
      if (asked) return { kind: 'question', id: asked.id, pack: packCode(asked.pack) };
    }
  }
  return undefined;
}
