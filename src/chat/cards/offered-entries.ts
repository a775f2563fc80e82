/** Messages that offer entries where a search has no clear result. */
import type { Entry } from '../../core/pack/pack.ts';
import { isSpeculation } from '../../core/pack/voice.ts';
import { customId } from '../command.ts';
import { limits } from '../limits.ts';
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
  return offer(cardWords.didYouMean(query), offered);
}

/**
 * Offers the entries that come closest to a query that no entry fits. If there are none, says that the fact base has
 * nothing about the query. A single entry is offered as a question, with a button.
 */
export function nothingAbout(query: string, related: readonly Entry[]): Message {
  if (related.length === 0)
    return message(textDisplay(`${cardWords.nothingAbout(query)} ${cardWords.nothingAboutHint}`));
  return related.length === 1 ? didYouMean(query, related) : offer(cardWords.closest(query), related);
}

/** A sentence, a line for each entry, and a select that shows one of them. */
function offer(sentence: string, entries: readonly Entry[], note: readonly string[] = []): Message {
  const lines = entries.map((entry) => `- ${entryLine(entry)}`);
  return message(textDisplay([sentence, ...lines, ...note].join('\n')), ...entrySelect(cardWords.openOne, entries));
}

/** Lists the entries of a time, as many as a select can hold, in the order of their dates. */
export function fromThatTime(query: string, entries: readonly Entry[]): Message {
  const shown = entries.slice(0, limits.choices);
  const left = entries.length - shown.length;
  const note = left > 0 ? [cardWords.moreOnTimeline(left)] : [];
  return offer(cardWords.fromThatTime(query, entries.length), shown, note);
}

/** A line for lists of entries: `**Title** · kind · date`. Speculation is named as such. */
function entryLine(entry: Entry): string {
  const label = isSpeculation(entry) ? entry.voice : kindLabels[entry.kind].toLowerCase();
  return `**${escapeMarkdown(entry.title)}** · ${label}${escapeMarkdown(dateSuffix(entry))}`;
}

/** A button that shows the card of an entry. */
const entryButton = ({ id, title }: Entry): Button => button(shorten(title, labelLength), customId('fact', 'show', id));
