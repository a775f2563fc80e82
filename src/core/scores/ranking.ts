/**
 * A leaderboard that is always sorted. A new result moves only one entry, and reading the board requires no sorting.
 * The entries are rows of a table, and the sorted list of their row numbers is split into chunks. A Fenwick tree over
 * the chunk sizes (Fenwick 1994) gives the number of entries before a chunk. Finding, inserting or removing an entry
 * takes O(log n) time.
 *
 * Entries with equal values have the same rank (1, 1, 3).
 */
import { firstWhere } from '../binary-search.ts';
import { type ChunkSizes, chunkSizes } from './chunk-sizes.ts';
import { createEntryTable, type EntryTable, type RankingEntry } from './entry-table.ts';

export interface Placement extends RankingEntry {
  readonly place: number;
}

export interface Ranking {
  readonly size: number;
  /** Adds the entry of a user, or replaces the user's old entry. */
  put(entry: RankingEntry): void;
  remove(user: string): void;
  /** Up to `count` entries, sorted by rank. `from` is the index of the first entry. */
  slice(from: number, count: number): readonly Placement[];
  /** Index of a user's entry in the sorted board. Undefined if the user has no entry. */
  indexOf(user: string): number | undefined;
}

/** When a chunk reaches this size, it is split into two chunks. */
const maxChunk = 512;

export const createRanking = (): Ranking => rankingFrom(createEntryTable(), []);

/**
 * Creates a ranking of entries that are already sorted. `chunks` contains all rows of `table` in sorted order. Each
 * chunk must have 1 to 511 rows. The ranking changes `table` and `chunks`.
 */
export function rankingFrom(table: EntryTable, chunks: number[][]): Ranking {
  const list = createSortedChunks(table, chunks);
  return {
    get size() {
      return table.size;
    },
    put(entry) {
      const row = table.rowOf(entry.user);
      if (row === undefined) return list.insert(table.add(entry));
      // The entry may be unchanged, because the caller passes every new result to all cached boards. For example, a new
      // result does not change the board of an earlier week. In this case the entry does not have to be moved.
      if (table.isSame(row, entry)) return;
      list.remove(row);
      table.set(row, entry);
      list.insert(row);
    },
    remove(user) {
      const row = table.rowOf(user);
      if (row === undefined) return;
      list.remove(row);
      table.remove(row);
    },
    slice(from, count) {
      const placements: Placement[] = [];
      for (const row of list.from(from)) {
        if (placements.length === count) break;
        const entry = table.entry(row);
        const last = placements.at(-1);
        const place =
          last?.value === entry.value
            ? last.place
            : last
              ? from + placements.length + 1
              : list.countBefore((other) => table.value(other) <= entry.value) + 1;
        placements.push({ ...entry, place });
      }
      return placements;
    },
    indexOf(user) {
      const row = table.rowOf(user);
      return row === undefined ? undefined : list.countBefore((other) => table.compare(other, row) >= 0);
    },
  };
}

/** Tells a binary search the wanted position: returns true for the row at this position and for all later rows. */
type IsBehind = (row: number) => boolean;

interface SortedChunks {
  insert(row: number): void;
  /** Removes a row. The row must be in the list. */
  remove(row: number): void;
  /** Number of rows before the first row for which `isBehind` returns true. */
  countBefore(isBehind: IsBehind): number;
  /** All rows from index `index` to the end of the list. */
  from(index: number): Iterable<number>;
}

function createSortedChunks(table: EntryTable, chunks: number[][]): SortedChunks {
  let sizes: ChunkSizes = chunkSizes(chunks);

  /**
   * Index of the chunk with the first row for which `isBehind` returns true. If there is no such row, the index of
   * the last chunk.
   */
  function chunkOf(isBehind: IsBehind): number {
    const found = firstWhere(chunks.length, (at) => {
      const last = chunks[at]?.at(-1);
      return last !== undefined && isBehind(last);
    });
    return Math.min(found, chunks.length - 1);
  }

  return {
    insert(row) {
      if (chunks.length === 0) chunks.push([]);
      const isBehind: IsBehind = (other) => table.compare(other, row) > 0;
      const at = chunkOf(isBehind);
      const chunk = itemAt(chunks, at);
      chunk.splice(indexIn(chunk, isBehind), 0, row);
      if (chunk.length < maxChunk) return sizes.add(at, 1);
      chunks.splice(at + 1, 0, chunk.splice(maxChunk / 2));
      sizes = chunkSizes(chunks);
    },
    remove(row) {
      const isBehind: IsBehind = (other) => table.compare(other, row) >= 0;
      const at = chunkOf(isBehind);
      const chunk = itemAt(chunks, at);
      chunk.splice(indexIn(chunk, isBehind), 1);
      if (chunk.length > 0) return sizes.add(at, -1);
      chunks.splice(at, 1);
      sizes = chunkSizes(chunks);
    },
    countBefore(isBehind) {
      const at = chunkOf(isBehind);
      return sizes.before(at) + indexIn(chunks[at] ?? [], isBehind);
    },
    *from(index) {
      const start = sizes.find(index);
      for (let chunk = start.chunk; chunk < chunks.length; chunk++)
        yield* itemAt(chunks, chunk).slice(chunk === start.chunk ? start.index : 0);
    },
  };
}

/**
 * Searches a chunk for the first row for which `isBehind` returns true. Returns the index of this row in the chunk. If
 * there is no such row, returns the length of the chunk.
 */
function indexIn(chunk: readonly number[], isBehind: IsBehind): number {
  return firstWhere(chunk.length, (index) => isBehind(itemAt(chunk, index)));
}

function itemAt<T>(list: readonly T[], index: number): T {
  const item = list[index];
  if (item === undefined) throw new RangeError(`there is no item ${index} of ${list.length}`);
  return item;
}
