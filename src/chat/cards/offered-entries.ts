/** Messages that offer several entries if a search has no clear result. */
import type { Entry } from '../../core/pack/pack.ts';
import { isSpeculation } from '../../core/pack/voice.ts';
import { customId } from '../command.ts';
import { limits } from '../limits.ts';
import { cleanInline, escapePart } from '../message/escape-markdown.ts';
import { actionRow, type Button, button, type Message, message, textDisplay } from '../message/message-components.ts';
import { inPack } from '../packs/pack-of-button.ts';
import { cardWords } from '../words/card-words.ts';
import { kindLabels } from '../words/labels.ts';
import { entrySelect } from './entry-select.ts';
import { dateSuffix } from './format-dates.ts';

/**
 * Maximum length of a button label in characters. Phones cut longer labels. Source: Discord documentation,
 * components/reference, "Button Design Guidelines".
 */
const labelLength = 38;
const entriesOffered = 5;

/**
 * Lists up to five entries that match a query, with a select menu that opens the card of one of them. If there is only
 * one entry, asks whether the member meant it and offers a button.
 */
export function didYouMean(query: string, entries: readonly Entry[], pack: string): Message {
  const offered = entries.slice(0, entriesOffered);
  const [only] = offered;
  if (only && offered.length === 1)
    return message(textDisplay(cardWords.didYouMeanOne(query, only.title)), actionRow(entryButton(only, pack)));
  return offer(cardWords.didYouMean(query), offered, pack);
}

/**
 * Offers the entries that are most similar to a query if no entry matches the query. If there is only one similar
 * entry, asks whether the member meant this entry. If there are no similar entries, says that the fact base has nothing
 * about the query.
 */
export function nothingAbout(query: string, related: readonly Entry[], pack: string): Message {
  if (related.length === 0)
    return message(textDisplay(`${cardWords.nothingAbout(query)} ${cardWords.nothingAboutHint}`));
  return related.length === 1 ? didYouMean(query, related, pack) : offer(cardWords.closest(query), related, pack);
}

/** A message with a sentence, a line for each entry, and a select menu that opens the card of one entry. */
function offer(sentence: string, entries: readonly Entry[], pack: string, note: readonly string[] = []): Message {
  const lines = entries.map((entry) => `- ${entryLine(entry)}`);
  return message(
    textDisplay([sentence, ...lines, ...note].join('\n')),
    ...entrySelect(cardWords.openOne, entries, pack),
  );
}

/**
 * Lists the entries of a period, such as a year, in the order of their dates. Entries that do not fit into the select
 * menu are left out, and a note gives the number of these entries.
 */
export function entriesOfPeriod(query: string, entries: readonly Entry[], pack: string): Message {
  const shown = entries.slice(0, limits.choices);
  const left = entries.length - shown.length;
  const note = left > 0 ? [cardWords.moreOnTimeline(left)] : [];
  return offer(cardWords.fromThatTime(query, entries.length), shown, pack, note);
}

/**
 * A line for lists of entries: `**Title** · kind · date`. If the entry is speculation, the line says so instead of
 * giving the kind.
 */
function entryLine(entry: Entry): string {
  const label = isSpeculation(entry) ? entry.voice : kindLabels[entry.kind].toLowerCase();
  return `**${escapePart(entry.title)}** · ${label}${escapePart(dateSuffix(entry))}`;
}

/** A button that shows the card of an entry. `pack` is the id of its pack. */
const entryButton = ({ id, title }: Entry, pack: string): Button =>
  button(cleanInline(title, labelLength), customId('fact', 'show', id, '', ...inPack(pack)));
