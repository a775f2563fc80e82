/** A select menu that opens one of several entries. Only the member who uses the menu sees the card of the entry. */
import type { Entry } from '../../core/pack/pack.ts';
import { customId } from '../command.ts';
import { limits } from '../limits.ts';
import { inPack } from '../packs/pack-of-button.ts';
import { cleanInline } from '../message/escape-markdown.ts';
import { type ActionRow, selectRow } from '../message/message-components.ts';
import { kindLabels } from '../words/labels.ts';
import { dateSuffix } from './format-dates.ts';

/**
 * A row with the select menu. If there are no entries, the result is an empty list. If there are more entries than
 * Discord allows in a menu, the last entries are left out. `pack` is the id of the pack.
 */
export const entrySelect = (placeholder: string, entries: readonly Entry[], pack: string): readonly ActionRow[] =>
  entries.length === 0
    ? []
    : [
        selectRow(
          customId('fact', 'open', ...inPack(pack)),
          placeholder,
          entries.slice(0, limits.choices).map((entry) => ({
            label: cleanInline(entry.title, limits.optionLabel),
            description: cleanInline(kindLabels[entry.kind] + dateSuffix(entry), limits.optionLabel),
            value: entry.id,
          })),
        ),
      ];
