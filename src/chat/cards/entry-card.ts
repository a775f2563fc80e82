/**
 * The card of an entry as it is posted in a channel. It is short: the entry in two or three sentences, who states it,
 * its date, one line of the editor's notes, one line about what happened after the article was written, and its source.
 * The button "More" opens a card with everything else.
 */
import type { Facts } from '../../core/pack/facts.ts';
import type { Entry, EntryOf } from '../../core/pack/pack.ts';
import { sidesLeftOut, sidesOnCard } from './dispute-sides.ts';
import { briefOf, disputeSummary, hasMore, latestSinceThen } from './brief-texts.ts';
import { headLines, serverNote, sourceLine } from './entry-lines.ts';
import { entrySelect } from './entry-select.ts';
import { removeButton } from './remove-button.ts';
import { sinceThenLine } from './record-texts.ts';
import { cardSize, firstSentences } from './short-texts.ts';
import { customId } from '../command.ts';
import { escapeMarkdown } from '../message/escape-markdown.ts';
import { visibleTextLength } from '../message/message-length.ts';
import {
  type ActionRow,
  actionRow,
  type Button,
  button,
  buttonStyle,
  container,
  type Message,
  message,
  separator,
  textDisplay,
} from '../message/message-components.ts';
import { inPack } from '../packs/pack-of-button.ts';
import { reportButton } from '../reports/report-button.ts';
import { cardWords } from '../words/card-words.ts';

export const cardAccent = 0x2f6f8f;

export interface CardOptions {
  /** Whether the pack has questions about the entry. If so, the card has the button "Quiz me". */
  readonly canAsk?: boolean;
  /**
   * The id of the member who requested the card. Only this member and moderators may remove the card. Absent on a card
   * that only one member sees.
   */
  readonly owner?: string;
  /**
   * Whether the card has the button "Report". In private conversations no card has this button, because nobody reads
   * reports there.
   */
  readonly canReport?: boolean;
}

export function entryCard(entry: Entry, facts: Facts, options: CardOptions = {}): Message {
  if (entry.kind === 'dispute') {
    const { head, foot, left } = aroundPositions(entry, facts);
    const texts = [...head, ...sidesOnCard(entry, facts, left), separator(), ...foot];
    // The card of a dispute leaves out the line about its subject. Therefore it always has the button "More".
    return message(container([...texts, ...cardRows(entry, facts, 'more', options)], cardAccent));
  }
  const { texts, leftOut } = briefOf(entry, facts);
  const rows = cardRows(entry, facts, hasMore(entry, leftOut) ? 'more' : 'none', options);
  return message(container([...texts.map(textDisplay), ...rows], cardAccent));
}

/**
 * The card of a dispute lists the positions of the parties. Returns the texts that stand above and below this list, and
 * the number of visible characters that is left for the list. The card has no editor's note, because it already shows
 * positions from the public record.
 */
function aroundPositions(entry: EntryOf<'dispute'>, facts: Facts) {
  const since = latestSinceThen(entry);
  const head = [
    textDisplay(headLines(entry, facts)),
    textDisplay(escapeMarkdown(firstSentences(entry.summary, disputeSummary))),
  ];
  const foot = [
    ...(since === undefined ? [] : [textDisplay(sinceThenLine(since))]),
    textDisplay([sourceLine(entry, facts), ...serverNote(entry, facts)].join('\n')),
  ];
  const left = cardSize.charactersOfDispute - visibleTextLength(message(...head, ...foot));
  return { head, foot, left };
}

/** The positions that do not fit on the card of a dispute. The button "More" opens a card with these positions. */
export const positionsLeftOut = (entry: EntryOf<'dispute'>, facts: Facts) =>
  sidesLeftOut(entry, facts, aroundPositions(entry, facts).left);

/**
 * The first button of a card: `more` is the button "More", and `allSides` is the button "All sides", which opens the
 * card with all sides of a dispute. `none` means that the card has neither of these buttons.
 */
type FirstButton = 'more' | 'allSides' | 'none';

/** The rows below the texts of a card: related entries and terms, and the buttons. */
export function cardRows(entry: Entry, facts: Facts, first: FirstButton, options: CardOptions): readonly ActionRow[] {
  const buttons = cardButtons(entry, facts, first, options);
  return [
    ...entrySelect(cardWords.related, relatedTo(entry, facts), facts.pack.id),
    ...(buttons.length > 0 ? [actionRow(...buttons)] : []),
  ];
}

/** The entries that an entry links to, followed by the terms of the glossary that the entry uses. */
function relatedTo(entry: Entry, facts: Facts): readonly Entry[] {
  const related = facts.related(entry);
  const linked = new Set(related.map(({ id }) => id));
  return [...related, ...facts.terms(entry).filter(({ id }) => !linked.has(id))];
}

/**
 * The buttons of the card. A phone shows three buttons in one line if their labels are short. Therefore all labels are
 * short. The first three buttons are those about the entry, so that they stand in one line. A button that would show
 * nothing new is left out.
 */
function cardButtons(
  entry: Entry,
  facts: Facts,
  first: FirstButton,
  { canAsk = false, owner, canReport = false }: CardOptions,
): readonly Button[] {
  const { id } = facts.pack;
  const about = (name: string) => customId('fact', name, entry.id, ...inPack(id));
  // An entry of kind `card` comes from an imported file. Its texts already include the source that the file gives for
  // the entry. The button "Sources" is needed only if notes or statements of the entry have other sources.
  const hasSources = entry.kind !== 'card' || entry.notes.length + entry.sinceThen.length > 0;
  return [
    ...(first === 'more' ? [button(cardWords.more, about('more'))] : []),
    ...(first === 'allSides'
      ? [button(cardWords.allSides, customId('fact', 'show', entry.id, '', ...inPack(id)))]
      : []),
    ...(hasSources ? [button(cardWords.sources, about('sources'))] : []),
    ...(canAsk
      ? [button(cardWords.quizMe, customId('quiz', 'about', entry.id, ...inPack(id)), buttonStyle.primary)]
      : []),
    ...(canReport ? [reportButton('entry', entry.id, id)] : []),
    ...(owner === undefined ? [] : [removeButton(owner)]),
  ];
}
