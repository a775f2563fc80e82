/**
 * Chooses and shortens the texts of an entry's card, so that the card is short enough for a channel. Also finds out
 * what the card shortens or leaves out. The button "More" opens a card with these texts in full.
 */
import { type Facts, datesOf } from '../../core/pack/facts.ts';
import { type Entry, isFromRecord, type Note } from '../../core/pack/pack.ts';
import { escapeMarkdown } from '../message/escape-markdown.ts';
import { message, textDisplay } from '../message/message-components.ts';
import { lineCount, visibleTextLength } from '../message/message-length.ts';
import { headLines, noteLine, serverNote, sourceLine } from './entry-lines.ts';
import { formatDate, formatDates } from './format-dates.ts';
import { kindLines } from './kind-lines.ts';
import { shortStatementText, sinceThenLine, statementText } from './record-texts.ts';
import { cardSize, firstSentences } from './short-texts.ts';

/**
 * Levels of shortening. The first level that makes the card short enough is used. "The article" in this file is the
 * text on which the pack is based.
 *
 * Three fields of a level are maximum lengths in characters: `summary` for the summary, `note` for the note, and
 * `since` for the statement about what happened after the article was written. At least one sentence of each text is
 * shown, even if the sentence is longer. A level without `note` leaves the note out. A level without `since` uses the
 * usual maximum length (see record-texts.ts).
 */
const levels: readonly Level[] = [
  { summary: 330, note: 180 },
  { summary: 330, note: 0 },
  { summary: 200, note: 0 },
  { summary: 200 },
];
/**
 * A note that corrects the article may always have this many characters. The first sentence of the note would not be
 * enough, because in some notes this sentence repeats the mistake without correcting it.
 */
const correctionLength = 120;
/** No note in a pack has more characters than this. Therefore a level with this maximum length shows the whole note. */
const wholeNote = 1_000;
/**
 * The levels for entries with a correction. They shorten the summary before they shorten the correction, because the
 * first sentences of some corrections state the mistake without correcting it.
 */
const correctedLevels: readonly Level[] = [
  { summary: 330, note: wholeNote },
  { summary: 200, note: wholeNote },
  { summary: 0, note: wholeNote },
  { summary: 200, note: wholeNote, since: 0 },
  { summary: 0, note: wholeNote, since: 0 },
  { summary: 0, note: wholeNote, since: 0, isBare: true },
  { summary: 0, note: 0, since: 0 },
];
const shortest: Level = { summary: 0 };

interface Level {
  readonly summary: number;
  readonly note?: number;
  readonly since?: number;
  /**
   * If true, the line about the entry's kind is left out. The line with the date is also left out if another text on
   * the card contains the date.
   */
  readonly isBare?: true;
}

/** Maximum length of the summary on the card of a dispute, in characters. */
export const disputeSummary = 200;

export interface Brief {
  /** The texts of the card, one for each text display. */
  readonly texts: readonly string[];
  readonly leftOut: LeftOut;
}

/**
 * The texts on the card of an entry, and what these texts leave out. Not for disputes, whose cards have other texts.
 */
export function briefOf(entry: Entry, facts: Facts): Brief {
  const isCorrected = entry.notes.some(({ corrects }) => corrects);
  for (const level of isCorrected ? correctedLevels : levels) {
    const texts = textsAt(entry, level, facts);
    const card = message(...texts.map(textDisplay));
    if (visibleTextLength(card) <= cardSize.characters && lineCount(card) <= cardSize.lines)
      return { texts, leftOut: leftOutAt(entry, level, facts) };
  }
  return { texts: textsAt(entry, shortest, facts), leftOut: leftOutAt(entry, shortest, facts) };
}

function textsAt(entry: Entry, level: Level, facts: Facts): readonly string[] {
  const note = briefNote(entry, level);
  const since = latestSinceThen(entry);
  return [
    headLines(entry, facts),
    isFromRecord(entry) ? statementText(entry.statement) : escapeMarkdown(firstSentences(entry.summary, level.summary)),
    briefLines(entry, level, facts).join('\n'),
    note === undefined ? '' : noteLine(note.note, note.shown),
    since === undefined ? '' : sinceThenLine(since, level.since),
    [sourceLine(entry, facts), ...serverNote(entry, facts)].join('\n'),
  ].filter((text) => text !== '');
}

/**
 * What the card of an entry shortens or leaves out. The button "More" opens a second card with these texts. The second
 * card shows each shortened text in full, because the missing part alone would begin in the middle of a thought.
 */
export interface LeftOut {
  /** The whole summary. Undefined if the card of the entry shows the whole summary. */
  readonly summary: string | undefined;
  /** The lines about the entry's kind and the line with the date, if the card does not show them. */
  readonly lines: readonly string[];
  readonly notes: readonly Note[];
  /**
   * Whether the card shows a correction of the article. If so, the second card has a line about the correction below
   * the quotation of the article.
   */
  readonly isCorrected: boolean;
  readonly sinceThen: Entry['sinceThen'];
}

export const leftOutOf = (entry: Entry, facts: Facts): LeftOut =>
  entry.kind === 'dispute' ? leftOutAt(entry, { summary: disputeSummary }, facts) : briefOf(entry, facts).leftOut;

function leftOutAt(entry: Entry, level: Level, facts: Facts): LeftOut {
  const note = briefNote(entry, level);
  const since = latestSinceThen(entry);
  const shownLines = briefLines(entry, level, facts);
  const dates = level.isBare && hasDateElsewhere(entry, level) ? [] : dateLine(entry);
  const isWhole = isFromRecord(entry) || firstSentences(entry.summary, level.summary) === entry.summary;
  return {
    summary: isWhole ? undefined : entry.summary,
    lines: [...kindLines(entry, facts), ...dates].filter((line) => !shownLines.includes(line)),
    notes: entry.notes.filter((one) => one !== note?.note || note.shown !== one.text),
    isCorrected: note?.note.corrects ?? false,
    sinceThen: entry.sinceThen.filter((one) => one !== since || shortStatementText(one, level.since) !== one.text),
  };
}

/** Whether the card of an entry needs the button "More". Not for disputes, whose cards always have this button. */
export const hasMore = ({ quote }: Entry, { summary, lines, notes, sinceThen }: LeftOut): boolean =>
  summary !== undefined || lines.length + notes.length + sinceThen.length > 0 || quote !== undefined;

/**
 * The most important line about the entry's kind, followed by the line with the date. The card of a person has only the
 * line with the date, because the summary already names the person's office. The card of a dispute has neither line.
 */
function briefLines(entry: Entry, level: Level, facts: Facts): readonly string[] {
  if (entry.kind === 'dispute') return [];
  const ofKind = level.isBare || entry.kind === 'person' ? [] : kindLines(entry, facts).slice(0, 1);
  return [...ofKind, ...(level.isBare && hasDateElsewhere(entry, level) ? [] : dateLine(entry))];
}

/**
 * Whether another text on the card contains the date of the entry. If the entry has a date in the public record, the
 * note must contain this date. Otherwise the shown part of the summary must contain the date of the entry.
 */
function hasDateElsewhere(entry: Entry, level: Level): boolean {
  const { record } = datesOf(entry);
  if (record !== undefined) return briefNote(entry, level)?.shown.includes(formatDate(record)) ?? false;
  return (
    !isFromRecord(entry) && firstSentences(entry.summary, level.summary).includes(formatDates(datesOf(entry)) ?? '')
  );
}

function dateLine(entry: Entry): readonly string[] {
  const dates = isFromRecord(entry) ? undefined : formatDates(datesOf(entry));
  return dates === undefined ? [] : [`**Date**: ${escapeMarkdown(dates)}`];
}

interface ShownNote {
  readonly note: Note;
  /** The part of the note that the card shows. */
  readonly shown: string;
}

/**
 * The note on the card, shortened to its first sentences. If the entry has a correction of the article, this is the
 * correction. Otherwise it is the first note with a source, or the first note if no note has a source.
 *
 * The date line of the card contains the date from the public record. If there is no correction and a note would repeat
 * this date, the card shows no note.
 */
function briefNote(entry: Entry, { note: most }: Level): ShownNote | undefined {
  if (most === undefined) return undefined;
  const { record } = datesOf(entry);
  const dated = record === undefined ? undefined : formatDate(record);
  const all = entry.notes.map((note) => ({
    note,
    shown: firstSentences(note.text, note.corrects ? Math.max(most, correctionLength) : most),
  }));
  const correction = all.find(({ note }) => note.corrects);
  const others = all.filter(({ shown }) => dated === undefined || !shown.includes(dated));
  if (correction || others.length < all.length) return correction;
  return others.find(({ note }) => note.sources.length > 0) ?? others[0];
}

/** The newest statement about what happened after the article was written. */
export const latestSinceThen = ({ sinceThen }: Entry): Entry['sinceThen'][number] | undefined =>
  sinceThen.toSorted((a, b) => ((a.said ?? a.asOf) < (b.said ?? b.asOf) ? 1 : -1))[0];
