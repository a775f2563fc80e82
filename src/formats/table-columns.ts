/**
 * Finds the roles of the columns of a table: from the names in the first row, from Anki's header, or from the number of
 * columns. If front and back are not clear, `isKnown` is false, and the member is asked.
 */
import { type ColumnRole, type ColumnRoles, type LeftOut, type MaterialColumn } from '../core/material/material.ts';
import { cleanCell } from './cell-text.ts';
import { isLanguage, roleOfName } from './column-names.ts';
import type { Row, Table } from './table.ts';

export interface TableColumns {
  readonly columns: readonly MaterialColumn[];
  readonly hasHeader: boolean;
  /** The rows below the header. */
  readonly rows: readonly Row[];
  /** The rows that are not cards: a title above the header, and repetitions of the header. */
  readonly leftOut: readonly LeftOut[];
  /** Whether it is known which column has the fronts of the cards, and which has the backs. */
  readonly isKnown: boolean;
}

/** Maximum length of the name of a column, in characters. */
const longestName = 60;

export function columnsOf(
  table: Table,
  { given, header }: { readonly given: ColumnRoles | undefined; readonly header: boolean | undefined },
): TableColumns {
  const ankiNames = table.anki?.columns;
  const title = ankiNames === undefined && header !== false ? titleOf(table.rows) : undefined;
  const [first, ...rest] = title ? table.rows.slice(1) : table.rows;
  const hasHeader = ankiNames === undefined && first !== undefined && (header ?? isHeader(first, rest));
  const repeated = hasHeader ? rest.filter((row) => hasSameCells(row, first)) : [];
  const rows = !first ? [] : hasHeader ? rest.filter((row) => !repeated.includes(row)) : [first, ...rest];
  const names = (ankiNames ?? (hasHeader ? (first?.cells ?? []) : [])).map((name) => name.trim());
  const width = Math.max(lastNamed(names), usualWidth(rows));
  const roles = rolesOf(table, { names, rows, width });
  const columns = Array.from({ length: width }, (_, index) => ({
    name: names[index]?.slice(0, longestName) || `Column ${index + 1}`,
    samples: samplesOf(rows, index),
    role: given?.[index] ?? (given ? 'ignore' : (roles[index] ?? 'ignore')),
  }));
  const has = (role: ColumnRole) => columns.some((column) => column.role === role);
  return {
    columns,
    hasHeader: hasHeader || ankiNames !== undefined,
    rows,
    leftOut: [
      ...(title ? [{ line: title.line, reason: 'it is the title of the table', instead: noCard }] : []),
      ...repeated.map(({ line }) => ({ line, reason: 'it repeats the names of the columns', instead: noCard })),
    ],
    isKnown: has('front') && has('back'),
  };
}

const noCard = 'delete the row';

/** The first row, if it has a single text and the second row has the names of the columns. */
function titleOf([title, names, ...rest]: readonly Row[]): Row | undefined {
  const isTitle = title?.cells.filter((cell) => cell.trim() !== '').length === 1;
  return isTitle && names && isHeader(names, rest) ? title : undefined;
}

function hasSameCells({ cells }: Row, other: Row): boolean {
  const cleaned = (row: readonly string[]) => row.map(cleanCell).join('\n').trimEnd();
  return cleaned(cells) === cleaned(other.cells);
}

/** Number of columns up to the last one with a name. */
const lastNamed = (names: readonly string[]): number => names.findLastIndex((name) => name !== '') + 1;

/** The most frequent number of cells in a row. Empty cells at the end of a row are not counted. */
function usualWidth(rows: readonly Row[]): number {
  const times = new Map<number, number>();
  for (const { cells } of rows) {
    const width = cells.findLastIndex((cell) => cell.trim() !== '') + 1;
    times.set(width, (times.get(width) ?? 0) + 1);
  }
  times.delete(0);
  const [usual = [0, 0]] = [...times].toSorted(([widthA, a], [widthB, b]) => b - a || widthB - widthA);
  return usual[0];
}

const sampleCount = 3;
const sampleLength = 80;

function samplesOf(rows: readonly Row[], index: number): readonly string[] {
  const samples: string[] = [];
  for (const { cells } of rows) {
    const text = (cells[index] ?? '').trim();
    if (text !== '') samples.push(text.length > sampleLength ? `${text.slice(0, sampleLength - 1)}…` : text);
    if (samples.length === sampleCount) break;
  }
  return samples;
}

/**
 * Whether the first row has the names of columns: known names, names of languages, short names above texts that repeat,
 * or words above columns of numbers.
 */
function isHeader({ cells }: Row, rest: readonly Row[]): boolean {
  const names = cells.map((cell) => cell.trim());
  const filled = names.filter((name) => name !== '');
  if (filled.length < 2 || filled.some((name) => name.length > longestName || /[\n?]/.test(name))) return false;
  const roles = new Set(names.flatMap((name) => roleOfName(name) ?? []));
  if (roles.has('front') || roles.has('back')) return true;
  if (filled.length === names.length && names.every(isLanguage)) return true;
  if (names.length > 2 && roles.size > 0 && filled.length === names.length && !names.some(isNumeric)) return true;
  if (rest.length < 5) return false;
  if (
    filled.length === names.length &&
    names.every(isPlainName) &&
    names.some((name, index) => isAboveRepeatedTexts(name, index, rest))
  )
    return true;
  return names.some((name, index) => {
    const below = rest.flatMap(({ cells: row }) => row[index]?.trim() || []);
    return name !== '' && !isNumeric(name) && below.length >= 5 && below.every(isNumeric);
  });
}

/** Whether a text is a name of one to three words. */
const isPlainName = (text: string): boolean => /^\p{L}[\p{L}\p{M}-]*( [\p{L}\p{M}-]+){0,2}$/u.test(text);

/** Whether the texts of a column repeat, as topics do, and `name` is not one of these texts. */
function isAboveRepeatedTexts(name: string, index: number, rest: readonly Row[]): boolean {
  const below = rest.flatMap(({ cells }) => cells[index]?.trim() || []);
  const known = new Set(below);
  return below.length >= 8 && known.size <= below.length / 3 && !known.has(name);
}

const isNumeric = (text: string): boolean => /^[-+−]?[\d.,:/ ]*\d[\d.,:/% ]*$/.test(text);

interface Described {
  readonly names: readonly string[];
  readonly rows: readonly Row[];
  readonly width: number;
}

function rolesOf({ anki }: Table, { names, rows, width }: Described): readonly (ColumnRole | undefined)[] {
  const set: (ColumnRole | undefined)[] = Array.from({ length: width }, (_, index) => {
    if (anki?.hidden.includes(index)) return 'ignore';
    if (anki?.tagsColumn === index || anki?.deckColumn === index) return 'tags';
    return roleOfName(names[index] ?? '');
  });
  const roles = withoutRepeated(set);
  const isUsed = (index: number) => rows.some(({ cells }) => (cells[index] ?? '').trim() !== '');
  const open = roles.flatMap((role, index) => (role === undefined && isUsed(index) ? [index] : []));
  const hasFront = roles.includes('front');
  const hasBack = roles.includes('back');
  if (hasFront && hasBack) return roles;
  const [first, second, ...more] = open;
  if (hasFront || hasBack) {
    if (first === undefined || (open.length > 1 && width > 3)) return roles;
    return roles.with(first, hasFront ? 'back' : 'front');
  }
  if (first === undefined || second === undefined) return roles;
  // In a table with a header and more than two columns, columns with unknown names become front and back only if they
  // are the first two columns.
  if (names.length > 0 && !anki && width > 2 && (first !== 0 || second !== 1)) return roles;
  const inOrder = roles.with(first, 'front').with(second, 'back');
  if (more.length === 0) return inOrder;
  if (anki) return more.reduce((made, index) => made.with(index, 'extra'), inOrder);
  const [third] = more;
  return more.length === 1 && third !== undefined && names.length === 0 && holdsTags(rows, third)
    ? inOrder.with(third, 'tags')
    : roles;
}

/**
 * If several columns have the role front, keeps the role of the first and ignores the other columns. Does the same for
 * the role back.
 */
function withoutRepeated(roles: readonly (ColumnRole | undefined)[]): (ColumnRole | undefined)[] {
  return roles.map((role, index) =>
    (role === 'front' || role === 'back') && roles.indexOf(role) < index ? 'ignore' : role,
  );
}

/** Whether a column without a name contains tags: a few short words that repeat. */
function holdsTags(rows: readonly Row[], index: number): boolean {
  const texts = rows.flatMap(({ cells }) => (cells[index] ?? '').trim() || []);
  const words = texts.flatMap((text) => text.split(/\s+/));
  return (
    texts.length > 0 &&
    texts.every((text) => text.length <= 60 && !/[.?!;]/.test(text)) &&
    new Set(words).size <= words.length / 2
  );
}
