/**
 * Copies all rows of one store to another. The stored texts are copied without parsing them, so that a copy also
 * contains values that this version of the program cannot read.
 */
import type { Row } from './backend.ts';
import { formatKey } from './format.ts';

export interface RowSource {
  /** All rows, sorted by key. Does not contain rows that are written during the iteration. */
  pages(): AsyncIterable<readonly Row[]>;
}

export interface RowTarget extends RowSource {
  /** Adds rows with new keys. */
  write(rows: readonly Row[]): Promise<unknown>;
}

/** The maximum number of rows in one read. */
export const copiedAtOnce = 500;

/**
 * Copies all rows of one store to another store, which must be empty. Then compares the rows of the two stores, and
 * throws an error if they differ. Returns the number of copied rows. The row with the version of the data format is not
 * counted.
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

/** The key of the first row that differs. Undefined if all rows are equal. */
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

/** Reads all rows in pages. `page` returns the first {@link copiedAtOnce} rows whose keys sort after `after`. */
export async function* pagesBy(page: (after: string) => Promise<readonly Row[]>): AsyncGenerator<readonly Row[]> {
  for (let after = ''; ;) {
    const rows = await page(after);
    const last = rows.at(-1);
    if (last) yield rows;
    if (!last || rows.length < copiedAtOnce) return;
    after = last.key;
  }
}
