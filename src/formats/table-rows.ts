/**
 * Splits a text into the rows and cells of a table with the library csv-parse. Before that, this module removes lines
 * that are not rows: a first line "sep=;", comments, and the header of an Anki file. It decides whether quotation marks
 * enclose fields or are text. It also empties each line with a quotation mark that is never closed. Otherwise csv-parse
 * would read all following rows as part of the unclosed field.
 */
import { type Options, parse } from 'csv-parse/sync';
import { PackError } from '../core/pack/pack-file.ts';
import { type AnkiHeader, ankiHeader } from './anki-header.ts';
import { markdownTables } from './markdown-tables.ts';
import { findSeparator, type Separator, separatorName } from './separators.ts';
import type { Row, Table } from './table.ts';

/** An example of a row, for error messages. */
const rowExample = 'word;meaning';

/** The reason why a comment is left out. */
export const commentReason = { reason: 'it is a comment', instead: 'for a card, write a front and a back' };

/**
 * Splits a text whose lines end with LF. Throws {@link PackError} if the text has no rows, or more than `most` rows.
 */
export function readTable(
  text: string,
  { fileName, most }: { readonly fileName: string; readonly most: number },
): Table {
  const markdown = markdownTables(text, fileName);
  if (markdown) return markdown;
  const sep = /^sep=(.|\t)[;,]*\n/i.exec(text);
  const anki = sep ? undefined : ankiHeader(text);
  const skipped = sep ? 1 : (anki?.lines ?? 0);
  const body = withoutLines(text, skipped);
  const separator = separatorOf(body, sep?.[1] ?? anki?.separator);
  if (!separator)
    throw new PackError([
      `${fileName}: no rows were found in it; write one card a line, front and back with a semicolon or a tab between, such as: ${rowExample}`,
    ]);
  const isQuoted = hasQuotedFields(body, separator, anki !== undefined);
  const { text: cleaned, lines: broken } = isQuoted
    ? withoutOpenQuotes(body, separator.field)
    : { text: body, lines: [] };
  const records = recordsOf(cleaned, separator, { isQuoted, isAnki: anki !== undefined, most, fileName });
  // If the first row is a comment, all rows that begin like a comment are comments. In other tables, a row that begins
  // with # may be a card.
  const isNote = ({ cells }: Row) => /^(#|\/\/) ?[^\s\d]/.test(cells[0] ?? '');
  const hasNotes = records[0] !== undefined && isNote(records[0]);
  const notes = hasNotes ? records.filter(isNote) : [];
  const leftOut = broken.map((line) => ({
    line: line + skipped,
    reason: 'a quotation mark is opened and not closed',
    instead: 'close it at the end of the field, or take it out',
  }));
  return {
    format: formatName(separator, { anki, hasSep: sep !== null }),
    rows: (hasNotes ? records.filter((row) => !isNote(row)) : records).map((row) => ({
      ...row,
      line: row.line + skipped,
    })),
    leftOut: [...notes.map(({ line }) => ({ line: line + skipped, ...commentReason })), ...leftOut],
    separator,
    ...(anki && { anki }),
  };
}

function separatorOf(body: string, given: string | undefined): Separator | undefined {
  return given === undefined ? findSeparator(body) : { field: given, row: '\n', firstOnly: false };
}

function formatName(
  { field, row }: Separator,
  { anki, hasSep }: { readonly anki: AnkiHeader | undefined; readonly hasSep: boolean },
): string {
  if (anki) return `Anki’s “Notes in Plain Text”, separated by ${separatorName(field)}`;
  if (row !== '\n')
    return `A list as Quizlet exports it, with ${separatorName(field)} after each term and “${row}” after each row`;
  if (field.length > 1) return `A list with ${separatorName(field)} after each term`;
  if (field === '\t') return 'Text separated by tabs';
  return `CSV separated by ${separatorName(field)}${hasSep ? ', as the line “sep=” says' : ''}`;
}

function withoutLines(text: string, count: number): string {
  let at = 0;
  for (let line = 0; line < count; line++) {
    const end = text.indexOf('\n', at);
    if (end < 0) return '';
    at = end + 1;
  }
  return text.slice(at);
}

/**
 * Whether quotation marks enclose fields. In a text separated by tabs, programs write quotation marks only around
 * fields that need them, such as a field with a line end. If no field needs quotation marks, all quotation marks are
 * part of the text. For example, the field "buen provecho" then keeps its quotation marks.
 */
function hasQuotedFields(body: string, { field, row }: Separator, isAnki: boolean): boolean {
  if (row !== '\n' || field.length > 1) return false;
  if (field !== '\t') return true;
  const needsMarks = isAnki ? /[\t\n"',#]/ : /[\t\n,;]|""/;
  for (let open = body.indexOf('"'); open >= 0; open = body.indexOf('"', open + 1)) {
    if (open > 0 && body[open - 1] !== field && body[open - 1] !== '\n') continue;
    const close = closingQuote(body, open + 1);
    if (close < 0) return false;
    if (endsField(body, close + 1, field) && needsMarks.test(body.slice(open + 1, close))) return true;
    open = close;
  }
  return false;
}

/**
 * Empties each line with a quotation mark that opens a field and is not closed. Returns the numbers of these lines. The
 * empty lines are kept, so that the numbers of other lines do not change. A closing mark must be at the end of a field.
 */
function withoutOpenQuotes(body: string, field: string): { readonly text: string; readonly lines: readonly number[] } {
  const broken: (readonly [start: number, end: number, line: number])[] = [];
  let line = 1;
  let lineStart = 0;
  let at = 0;
  while (at < body.length) {
    const character = body[at];
    if (character === '\n') [line, lineStart] = [line + 1, at + 1];
    const opens = character === '"' && (at === lineStart || body[at - 1] === field);
    if (!opens) {
      at++;
      continue;
    }
    const close = closingQuote(body, at + 1);
    const lineEnd = endOfLine(body, at);
    const isClosed = close >= 0 && endsField(body, close + 1, field);
    if (!isClosed && (close < 0 || close > lineEnd)) {
      broken.push([lineStart, lineEnd, line]);
      at = lineEnd;
      continue;
    }
    // If the mark at the index `close` is on the same line but not at the end of a field, it and the opening mark are
    // part of the text. csv-parse keeps them.
    const end = isClosed ? close : at;
    for (let next = body.indexOf('\n', at); next >= 0 && next < end; next = body.indexOf('\n', next + 1))
      [line, lineStart] = [line + 1, next + 1];
    at = end + 1;
  }
  let text = '';
  let kept = 0;
  for (const [start, end] of broken) {
    text += body.slice(kept, start);
    kept = end;
  }
  return { text: text + body.slice(kept), lines: broken.map(([, , number]) => number) };
}

/** The index of the next quotation mark that is not doubled, or -1. */
function closingQuote(text: string, from: number): number {
  let at = text.indexOf('"', from);
  while (at >= 0 && text[at + 1] === '"') at = text.indexOf('"', at + 2);
  return at;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

const endsField = (text: string, at: number, field: string): boolean =>
  at >= text.length || text[at] === field || text[at] === '\n';

interface Reading {
  readonly isQuoted: boolean;
  readonly isAnki: boolean;
  readonly most: number;
  readonly fileName: string;
}

/** Maximum number of characters in one row. If a row is longer, the separator was probably recognised wrongly. */
const longestRow = 1_000_000;

function recordsOf(text: string, separator: Separator, { isQuoted, isAnki, most, fileName }: Reading): readonly Row[] {
  const options: Options = {
    delimiter: separator.field,
    record_delimiter: separator.row,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    quote: isQuoted ? '"' : null,
    max_record_size: longestRow,
    ...(isAnki && { comment: '#', comment_no_infix: true }),
    to: most + 1,
    info: true,
  };
  const found = parsed(text, options, fileName);
  if (found.length > most)
    throw new PackError([`${fileName}: has more than ${most} rows; keep to ${most}, in two files if need be`]);
  let lines = 0;
  return found.map(({ record, info }, index) => {
    const breaks = record.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0);
    const cells = separator.firstOnly ? joinedAfterFirst(record, separator.field) : record;
    if (separator.row === '\n') return { line: info.lines - breaks, cells };
    const line = lines + 1;
    lines += breaks;
    return { line, number: index + 1, cells };
  });
}

interface ParsedRecord {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

function parsed(text: string, options: Options, fileName: string): readonly ParsedRecord[] {
  try {
    // The cast is safe because the option `info` makes csv-parse return records of this shape.
    return parse(text, options) as unknown as readonly ParsedRecord[];
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || !String(error.code).startsWith('CSV_')) throw error;
    const line = 'lines' in error ? ` near line ${String(error.lines)}` : '';
    throw new PackError([
      `${fileName}: its rows cannot be told apart${line}; save it again as CSV or as text with tabs, with one card a line`,
    ]);
  }
}

const joinedAfterFirst = ([first = '', ...rest]: readonly string[], field: string): readonly string[] =>
  rest.length === 0 ? [first] : [first, rest.join(field)];
