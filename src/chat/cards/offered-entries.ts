/** Messages that offer entries where a search has no clear result. */
import type { Entry } from '../../core/pack/pack.ts';
import { isSpeculation } from '../../core/pack/voice.ts';
import { customId } from '../command.ts';
import { escapeMarkdown, shorten } from '../message/escape-markdown.ts';
import { actionRow, type Button, button, type Message, message, textDisplay } from '../message/message-components.ts';
import { cardWords } from '../words/card-words.ts';
import { kindLabels } from '../words/labels.ts';
import { entrySelect } from './entry-select.ts';
import { dateSuffix } from './format-dates.ts';

/** Maximum length of a button label in characters. Phones cut longer labels. Source: Discord's style guide. */
const labelLength = 38;
const entriesOffered = 5;

/**
 * Lists up to five entries that match a query, with a select that shows one of them. A single entry is offered as a
 * question, with a button.
 */
export function didYouMean(query: string, entries: readonly Entry[]): Message {
  const offered = entries.slice(0, entriesOffered);
  const [only] = offered;
  if (only && offered.length === 1)
    return message(textDisplay(cardWords.didYouMeanOne(query, only.title)), actionRow(entryButton(only)));
  const lines = offered.map((entry) => `- ${entryLine(entry)}`);
  return message(
    textDisplay([cardWords.didYouMean(query), ...lines].join('\n')),
    ...entrySelect(cardWords.openOne, offered),
  );
}

/** Says that no entry matches the query. If there is a similar entry, the message offers the most similar one as a question. */
export function nothingAbout(query: string, nearest: Entry | undefined): Message {
  if (nearest) return didYouMean(query, [nearest]);
  return message(textDisplay(`${cardWords.nothingAbout(query)} ${cardWords.nothingAboutHint}`));
}

/** A line for lists of entries: `**Title** · kind · date`. Speculation is named as such. */
function entryLine(entry: Entry): string {
  const label = isSpeculation(entry) ? entry.voice : kindLabels[entry.kind].toLowerCase();
  return `**${escapeMarkdown(entry.title)}** · ${label}${escapeMarkdown(dateSuffix(entry))}`;
}

/** A button that shows the card of an entry. */
const entryButton = ({ id, title }: Entry): Button => button(shorten(title, labelLength), customId('fact', 'show', id));
