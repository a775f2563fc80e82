/**
 * The card of an entry as it is posted in a channel. It is short: the entry in two or three sentences, who states it,
 * its date, one line of the editor's notes, one line about what happened after the article was written, and its source.
 * The More button opens a card with everything else.
 */
import { type Facts, datesOf } from '../../core/pack/facts.ts';
import { type Entry, type EntryOf, isFromRecord } from '../../core/pack/pack.ts';
import { disputeSections } from './dispute-sides.ts';
import { entrySelect } from './entry-select.ts';
import { formatDate, formatDates } from './format-dates.ts';
import { kindLines } from './kind-lines.ts';
import { removeButton } from './remove-button.ts';
import { sinceThenLine, statementText } from './record-texts.ts';
import { cardSize, firstSentences } from './short-texts.ts';
import { customId } from '../command.ts';
import { escapeMarkdown } from '../message/escape-markdown.ts';
import { lineCount, visibleTextLength } from '../message/message-length.ts';
import {
  actionRow,
  type Button,
  button,
  buttonStyle,
  container,
  type Container,
  type Message,
  message,
  separator,
  type TextDisplay,
  textDisplay,
} from '../message/message-components.ts';
import { inPack } from '../packs/pack-of-button.ts';
import { reportButton } from '../reports/report-button.ts';
import { cardWords } from '../words/card-words.ts';
import { kindLabels, paragraphList } from '../words/labels.ts';

export const cardAccent = 0x2f6f8f;
/**
 * Levels of shortening, with the maximum lengths of the summary and of the note in characters. At least one sentence of
 * each is shown, even if it is longer. If a level has no `note`, the note is left out. The first level that makes the
 * card short enough is used.
 */
const levels: readonly Level[] = [
  { summary: 330, note: 180 },
  { summary: 330, note: 0 },
  { summary: 200, note: 0 },
  { summary: 200 },
];
/**
 * A correction of the article is not shortened below this many characters, because its first sentence alone may repeat
 * the mistake.
 */
const correctionLength = 120;
/** For entries with a correction: the summary is shortened further before the correction is left out. */
const correctionLevel: Level = { summary: 0, note: 0 };
const shortest: Level = { summary: 0 };

interface Level {
  readonly summary: number;
  readonly note?: number;
}

export interface CardOptions {
  /** Whether the pack has questions about the entry. If so, the card has a quiz button. */
  readonly canAsk?: boolean;
  /** The id of the member who may remove the card. Absent on a card that only one member sees. */
  readonly owner?: string;
  /**
   * Whether the card has the button Report. In private conversations it has none, because nobody reads reports there.
   */
  readonly canReport?: boolean;
}

export function entryCard(entry: Entry, facts: Facts, options: CardOptions = {}): Message {
  const texts = entry.kind === 'dispute' ? disputeTexts(entry, facts) : briefTexts(entry, facts);
  const rows = [
    ...entrySelect(cardWords.related, relatedTo(entry, facts), facts.pack.id),
    actionRow(...cardButtons(entry, facts, options)),
  ];
  return message(container([...texts, ...rows], cardAccent));
}

function briefTexts(entry: Entry, facts: Facts): readonly TextDisplay[] {
  const textsOf = (level: Level) => [
    textDisplay(headLines(entry, facts)),
    textDisplay(body(entry, level, facts)),
    textDisplay(
      [
        ...briefNote(entry, level),
        ...latestSinceThen(entry),
        ...serverNote(entry, facts),
        sourceLine(entry, facts),
      ].join('\n'),
    ),
  ];
  const isShort = (texts: readonly TextDisplay[]) =>
    visibleTextLength(message(...texts)) <= cardSize.characters && lineCount(message(...texts)) <= cardSize.lines;
  const isCorrected = entry.notes.some(({ corrects }) => corrects);
  const tried = isCorrected ? [...levels.filter(({ note }) => note !== undefined), correctionLevel] : levels;
  return tried.map(textsOf).find(isShort) ?? textsOf(shortest);
}

/** The card of a dispute has no editor's note, because it already shows positions from the public record. */
function disputeTexts(entry: EntryOf<'dispute'>, facts: Facts): Container['components'] {
  const head = [textDisplay(headLines(entry, facts)), textDisplay(body(entry, { summary: 200 }, facts))];
  const foot = textDisplay(
    [...latestSinceThen(entry), ...serverNote(entry, facts), sourceLine(entry, facts)].join('\n'),
  );
  const left = cardSize.charactersOfDispute - visibleTextLength(message(...head, foot));
  return [...head, separator(), ...disputeSections(entry, facts, left), separator(), foot];
}

/** The title, and below it the kind of entry and who states it. */
export const headLines = (entry: Entry, facts: Facts): string =>
  `### ${escapeMarkdown(entry.title)}\n-# ${kindLabels[entry.kind]} · ${escapeMarkdown(facts.label(entry))}`;

/** The entries that an entry links to, followed by the terms of the glossary that the entry uses. */
export function relatedTo(entry: Entry, facts: Facts): readonly Entry[] {
  const related = facts.related(entry);
  const linked = new Set(related.map(({ id }) => id));
  return [...related, ...facts.terms(entry).filter(({ id }) => !linked.has(id))];
}

export function sourceLine(entry: Entry, { pack }: Facts): string {
  if (isFromRecord(entry)) return `-# ${cardWords.notInArticle}`;
  if (entry.kind === 'card')
    return `-# Source: ${entry.source === undefined ? cardWords.noSourceGiven : escapeMarkdown(entry.source)}`;
  return `-# Source: “${escapeMarkdown(pack.source.title)}”, ${paragraphList(entry.paragraphs)}`;
}

function body(entry: Entry, { summary }: Level, facts: Facts): string {
  const dates = isFromRecord(entry) ? undefined : formatDates(datesOf(entry));
  return [
    isFromRecord(entry) ? statementText(entry.statement) : escapeMarkdown(firstSentences(entry.summary, summary)),
    // The card of a person does not need this line because the summary names the office. The card of a dispute does not
    // need it because the sections show what the dispute is about.
    ...(entry.kind === 'person' || entry.kind === 'dispute' ? [] : kindLines(entry, facts).slice(0, 1)),
    ...(dates === undefined ? [] : [`**Date** ${escapeMarkdown(dates)}`]),
  ].join('\n');
}

/**
 * The first sentences of the most important note. A correction of the article comes before other notes, and notes with
 * a source come before notes without. A note that contains the date from the public record is left out, because the
 * line with the date already shows this date.
 */
function briefNote(entry: Entry, { note: most }: Level): readonly string[] {
  if (most === undefined) return [];
  const { record } = datesOf(entry);
  const dated = record === undefined ? undefined : formatDate(record);
  const notes = entry.notes
    .map((note) => ({
      ...note,
      text: firstSentences(note.text, note.corrects ? Math.max(most, correctionLength) : most),
    }))
    .filter(({ text }) => dated === undefined || !text.includes(dated));
  const note = notes.find(({ corrects }) => corrects) ?? notes.find(({ sources }) => sources.length > 0) ?? notes[0];
  return note ? [`**${note.corrects ? cardWords.correction : cardWords.note}** ${escapeMarkdown(note.text)}`] : [];
}

/**
 * The note that the server has added to an entry. It has its own label, because the note comes neither from the article
 * nor from the editor.
 */
export function serverNote({ id }: Entry, { noteOn }: Facts): readonly string[] {
  const note = noteOn?.(id);
  return note === undefined ? [] : [`**${cardWords.serverNote}** ${escapeMarkdown(note)}`];
}

/** The newest statement about what happened after the article was written. */
function latestSinceThen({ sinceThen }: Entry): readonly string[] {
  const [latest] = sinceThen.toSorted((a, b) => ((a.said ?? a.asOf) < (b.said ?? b.asOf) ? 1 : -1));
  return latest ? [sinceThenLine(latest)] : [];
}

/**
 * The buttons of the card. Their labels are short: a phone shows at most three in one line, so the first three are about
 * the entry.
 */
export function cardButtons(
  entry: Entry,
  { pack }: Facts,
  { canAsk = false, owner, canReport = false }: CardOptions,
): readonly Button[] {
  return [
    button(cardWords.more, customId('fact', 'more', entry.id, ...inPack(pack.id))),
    button(cardWords.sources, customId('fact', 'sources', entry.id, ...inPack(pack.id))),
    ...(canAsk
      ? [button(cardWords.quizMe, customId('quiz', 'about', entry.id, ...inPack(pack.id)), buttonStyle.primary)]
      : []),
    ...(canReport ? [reportButton('entry', entry.id, pack.id)] : []),
    ...(owner === undefined ? [] : [removeButton(owner)]),
  ];
}
