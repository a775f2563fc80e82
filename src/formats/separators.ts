/**
 * Finds the separator between the fields of a table. The correct separator occurs in nearly every line, and in most
 * lines equally often. Separators within quotation marks are ignored.
 */

export interface Separator {
  readonly field: string;
  /** What ends a row: a line end, except in some lists that were copied from Quizlet. */
  readonly row: string;
  /** Whether a row is split only at its first separator, as in "term - definition - with a dash". */
  readonly firstOnly: boolean;
}

/** The separators of tables. If several fit equally well, the first is used. */
const tableSeparators = ['\t', ';', '|', ','] as const;

/** The separators of lists: the separators that Quizlet offers, and other separators that people type. */
const listSeparators = [' - ', ' – ', ' — ', ' = ', ' : ', ' :: '] as const;

/** Number of lines that are examined. */
const sampleLines = 300;

/**
 * A minimum share of lines, from 0 to 1. A comma is a separator only if at least this share of the lines has the same
 * number of commas. The separator of a list must occur in at least this share of the lines.
 */
const minLines = 0.6;

/** Finds the separator of a text. Undefined if no separator fits. */
export function findSeparator(text: string): Separator | undefined {
  const quizlet = quizletSeparator(text);
  if (quizlet) return quizlet;
  const sample = sampleOf(text);
  const [best] = tableSeparators
    .map((field) => ({ field, share: regularShare(countsOf(sample, field)) }))
    .filter(({ share, field }) => share >= (field === ',' ? minLines : 0.5))
    .toSorted((a, b) => b.share - a.share);
  if (best) return { field: best.field, row: '\n', firstOnly: false };
  const lines = sample.split('\n').filter((line) => line.trim() !== '');
  const list = listSeparators.find(
    (field) => lines.filter((line) => line.includes(field)).length >= minLines * lines.length,
  );
  return list === undefined || lines.length < 2 ? undefined : { field: list, row: '\n', firstOnly: true };
}

/**
 * The separator of a list from Quizlet in which each row ends with a text such as ";;" instead of a line end. Rows end
 * with a single semicolon only if the whole list is one line.
 */
function quizletSeparator(text: string): Separator | undefined {
  const start = text.slice(0, 20_000);
  const isOneLine = !text.trim().includes('\n');
  for (const row of [';;', '||', '\n\n\n', ...(isOneLine ? [';'] : [])]) {
    const rows = start.split(row).filter((part) => part.trim() !== '');
    if (rows.length < 3 || start.split('\n').length > rows.length) continue;
    const field = ['\t', ...listSeparators, ...(row === ';' ? [] : [',', ';', ' '])].find(
      (one) => rows.filter((part) => part.includes(one)).length >= 0.9 * rows.length,
    );
    if (field !== undefined) return { field, row, firstOnly: true };
  }
  return undefined;
}

function sampleOf(text: string): string {
  let at = 0;
  for (let lines = 0; lines < sampleLines; lines++) {
    const end = text.indexOf('\n', at);
    if (end < 0) return text;
    at = end + 1;
  }
  return text.slice(0, at);
}

/** The number of separators in each row of the sample. Empty rows are skipped. */
function countsOf(sample: string, field: string): readonly number[] {
  const counts: number[] = [];
  let count = 0;
  let isQuoted = false;
  let hasText = false;
  let previous = '\n';
  for (let at = 0; at <= sample.length; at++) {
    const character = at < sample.length ? (sample[at] ?? '') : '\n';
    // A quotation mark opens a quoted field only where a field begins.
    if (character === '"') isQuoted = isQuoted ? false : previous === field || previous === '\n' || previous === '"';
    if (character === '\n' && (!isQuoted || at === sample.length)) {
      if (hasText) counts.push(count);
      [count, hasText] = [0, false];
      isQuoted = false;
    } else if (character === field && !isQuoted) count++;
    else if (character.trim() !== '') hasText = true;
    previous = character;
  }
  return counts;
}

/** The share of rows with the most frequent number of separators. 0 if the most frequent number is 0. */
function regularShare(counts: readonly number[]): number {
  const times = new Map<number, number>();
  for (const count of counts) times.set(count, (times.get(count) ?? 0) + 1);
  const [usual = [0, 0]] = [...times].toSorted(([, a], [, b]) => b - a);
  return usual[0] === 0 ? 0 : usual[1] / counts.length;
}

const names: Readonly<Record<string, string>> = {
  '\t': 'tabs',
  ';': 'semicolons',
  ',': 'commas',
  '|': 'vertical bars',
};

export const separatorName = (field: string): string => names[field] ?? `“${field}”`;
