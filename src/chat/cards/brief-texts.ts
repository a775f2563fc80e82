/**
 * The texts of the card of an entry, shortened so that the card can be read in a channel, and what the card leaves out.
 * The card behind the button More shows only what is left out.
 */
import { type Facts, datesOf } from '../../core/pack/facts.ts';
import { type Entry, isFromRecord, type Note } from '../../core/pack/pack.ts';
import { escapeMarkdown } from '../message/escape-markdown.ts';
import { message, textDisplay } from '../message/message-components.ts';
import { lineCount, visibleTextLength } from '../message/message-length.ts';
import { headLines, noteLine, serverNote, sourceLine } from './entry-lines.ts';
import { formatDate, formatDates } from './format-dates.ts';
import { kindLines } from './kind-lines.ts';
import { isSinceThenWhole, sinceThenLine, statementText } from './record-texts.ts';
import { cardSize, firstSentences } from './short-texts.ts';

/**
 * Levels of shortening, with the maximum lengths of the summary, of the note, and of what happened since then in
 * characters. At least one sentence of each is shown, even if it is longer. If a level has no `note`, the note is left
 * out. The first level that makes the card short enough is used.
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
/** Longer than every note of a pack, so that a note is shown whole. */
const wholeNote = 1_000;
/**
 * For entries with a correction: the summary is shortened before the correction is, because the first sentences of a
 * correction may name only the mistake.
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
  /** Whether the line of the kind is left out, and the line with the date if other texts have the date. */
  readonly isBare?: true;
}

/** Maximum length of the summary on the card of a dispute, in characters. */
export const disputeSummary = 200;

export interface Brief {
  /** One text for each part of the card. */
  readonly texts: readonly string[];
  readonly leftOut: LeftOut;
}

/** The texts of the card of an entry that is no dispute, and what they leave out. */
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
    [...serverNote(entry, facts), sourceLine(entry, facts)].join('\n'),
  ].filter((text) => text !== '');
}

/** What the card of an entry leaves out and the card behind the button More shows. */
export interface LeftOut {
  /** Whether the card shows only the first sentences of the summary. */
  readonly summary: boolean;
  /** The lines of the entry's kind, and the line with the date. */
  readonly lines: readonly string[];
  readonly notes: readonly Note[];
  readonly sinceThen: Entry['sinceThen'];
}

export const leftOutOf = (entry: Entry, facts: Facts): LeftOut =>
  entry.kind === 'dispute' ? leftOutAt(entry, { summary: disputeSummary }, facts) : briefOf(entry, facts).leftOut;

function leftOutAt(entry: Entry, level: Level, facts: Facts): LeftOut {
  const note = briefNote(entry, level);
  const isShown = (one: Note) => one === note?.note && note.shown === one.text;
  const since = latestSinceThen(entry);
  const shownLines = briefLines(entry, level, facts);
  return {
    summary: !isFromRecord(entry) && firstSentences(entry.summary, level.summary) !== entry.summary,
    lines: [...kindLines(entry, facts), ...dateLine(entry)].filter((line) => !shownLines.includes(line)),
    // A quotation is never shown without the correction of what it says.
    notes: entry.notes.filter((one) => !isShown(one) || (one.corrects && entry.quote !== undefined)),
    sinceThen: entry.sinceThen.filter((one) => one !== since || !isSinceThenWhole(one, level.since)),
  };
}

/** Whether the card of an entry that is no dispute needs the button More. */
export const hasMore = ({ quote }: Entry, { summary, lines, notes, sinceThen }: LeftOut): boolean =>
  summary || lines.length + notes.length + sinceThen.length > 0 || quote !== undefined;

/**
 * The most important line of the entry's kind, and the line with the date. The card of a person does not need the first
 * line because the summary names the office. The card of a dispute has neither.
 */
function briefLines(entry: Entry, level: Level, facts: Facts): readonly string[] {
  if (entry.kind === 'dispute') return [];
  const ofKind = level.isBare || entry.kind === 'person' ? [] : kindLines(entry, facts).slice(0, 1);
  return [...ofKind, ...(level.isBare && hasDateElsewhere(entry, level) ? [] : dateLine(entry))];
}

/** Whether the summary has the only date of an entry, or the correction has the date in the public record. */
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
 * The first sentences of the most important note. A correction of the article comes before other notes, and notes with
 * a source come before notes without. If the line with the date already shows what a note is about, only a correction
 * is shown.
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
