/**
 * Copies all rows of a store to another. The texts of the values are copied, so that a copy contains exactly what was
 * stored, also values that this version of the program cannot read.
 */
import type { Row } from './backend.ts';
import { formatKey } from './format.ts';

export interface RowSource {
  /** All rows, sorted by key. Rows that are written meanwhile are not contained. */
  pages(): AsyncIterable<readonly Row[]>;
}

export interface RowTarget extends RowSource {
  /** Adds rows with new keys. */
  write(rows: readonly Row[]): Promise<unknown>;
}

/** The maximum number of rows that are read at once. */
export const copiedAtOnce = 500;

/**
 * Copies all rows to an empty target, and then compares both. Returns the number of values, without the version of the
 * data format. Throws an error if they differ.
 */
export async function copyRows(from: RowSource, to: RowTarget): Promise<number> {
  let values = 0;
  for await (const rows of from.pages()) {
    await to.write(rows);
    values += rows.filter(({ key }) => key !== formatKey).length;
  }
  const difference = await firstDifference(from, to);
  if (difference !== undefined) throw new Error(`the copy of the value "${difference}" differs from the original`);
  return values;
}

/** The key of the first row that is not the same in both. Undefined if there is none. */
async function firstDifference(one: RowSource, other: RowSource): Promise<string | undefined> {
  const [mine, theirs] = [rowsOf(one), rowsOf(other)];
  try {
    for (;;) {
      const [a, b] = [await mine.next(), await theirs.next()];
      if (a.done && b.done) return undefined;
      if (a.done || b.done || a.value.key !== b.value.key || a.value.value !== b.value.value)
        return (a.done ? b.value : a.value)?.key ?? '';
    }
  } finally {
    await mine.return(undefined);
    await theirs.return(undefined);
  }
}

async function* rowsOf(source: RowSource): AsyncGenerator<Row, undefined> {
  for await (const page of source.pages()) yield* page;
  return undefined;
}

/** Reads pages by their first and last keys. `page` returns the first rows whose keys are after `after`. */
export async function* pagesBy(page: (after: string) => Promise<readonly Row[]>): AsyncGenerator<readonly Row[]> {
  for (let after = ''; ;) {
    const rows = await page(after);
    const last = rows.at(-1);
    if (last) yield rows;
    if (!last || rows.length < copiedAtOnce) return;
    after = last.key;
  }
}
