/**
 * A leaderboard that is always sorted. A new result moves only one entry, and reading the board requires no sorting.
 * The sorted list of entries is split into chunks. A Fenwick tree over the chunk sizes (Fenwick 1994) counts the
 * entries before a chunk. An entry is found, inserted or removed in O(log n). Entries with equal values have the same
 * rank (1, 1, 3).
 */
import { firstWhere } from '../binary-search.ts';
import { type ChunkSizes, chunkSizes } from './chunk-sizes.ts';
import { createEntryMap, type EntryMap } from './entry-map.ts';

export interface RankingEntry {
  readonly user: string;
  readonly name: string;
  /**
   * The value by which the board is sorted: the points, the fraction of right answers, or the length of a streak in
   * days.
   */
  readonly value: number;
  readonly right: number;
  readonly answered: number;
}
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

/**
 * Compares entries by value, then by fraction of right answers, then by number of answers. The highest come first. If
 * all three are equal, the user ids are compared, so two different entries are never equal.
 */
export function compareEntries(a: RankingEntry, b: RankingEntry): number {
  return (
    b.value - a.value ||
    share(b) - share(a) ||
    b.answered - a.answered ||
    (a.user < b.user ? -1 : a.user > b.user ? 1 : 0)
  );
}
const isSame = (a: RankingEntry, b: RankingEntry): boolean =>
  a.value === b.value && a.right === b.right && a.answered === b.answered && a.name === b.name;
const share = ({ right, answered }: RankingEntry) => (answered === 0 ? 0 : right / answered);

export const createRanking = (): Ranking => rankingFrom(createEntryMap(), []);

/**
 * Creates a ranking of entries that are already sorted. `chunks` are parts of the sorted list, each with 1 to 511
 * entries, and `users` has the same entries. The ranking changes both.
 */
export function rankingFrom(users: EntryMap<RankingEntry>, chunks: RankingEntry[][]): Ranking {
  const list = createSortedChunks(chunks);
  return {
    get size() {
      return users.size;
    },
    put(entry) {
      const old = users.get(entry.user);
      // Every cached board gets every new result, but a new result does not change the board of an earlier week.
      if (old && isSame(old, entry)) return;
      if (old) list.remove(old);
      users.set(entry.user, entry);
      list.insert(entry);
    },
    remove(user) {
      const old = users.get(user);
      if (old) list.remove(old);
      users.delete(user);
    },
    slice(from, count) {
      const placements: Placement[] = [];
      for (const entry of list.from(from)) {
        if (placements.length === count) break;
        const last = placements.at(-1);
        const place =
          last?.value === entry.value
            ? last.place
            : last
              ? from + placements.length + 1
              : list.countBefore(({ value }) => value <= entry.value) + 1;
        placements.push({ ...entry, place });
      }
      return placements;
    },
    indexOf(user) {
      const entry = users.get(user);
      return entry && list.countBefore((other) => compareEntries(other, entry) >= 0);
    },
  };
}

/** Returns whether an entry is at or after the searched position in the sorted list. */
type IsBehind = (entry: RankingEntry) => boolean;

interface SortedChunks {
  insert(entry: RankingEntry): void;
  /** Removes an entry. The entry must be in the list. */
  remove(entry: RankingEntry): void;
  /** Number of entries before the first entry for which `isBehind` returns true. */
  countBefore(isBehind: IsBehind): number;
  /** All entries from this index to the end of the list. */
  from(index: number): Iterable<RankingEntry>;
}

function createSortedChunks(chunks: RankingEntry[][]): SortedChunks {
  let sizes: ChunkSizes = chunkSizes(chunks);

  /**
   * Index of the chunk with the first entry for which `isBehind` returns true. If there is no such entry, the index of
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
    insert(entry) {
      if (chunks.length === 0) chunks.push([]);
      const isBehind: IsBehind = (other) => compareEntries(other, entry) > 0;
      const at = chunkOf(isBehind);
      const chunk = itemAt(chunks, at);
      chunk.splice(indexIn(chunk, isBehind), 0, entry);
      if (chunk.length < maxChunk) return sizes.add(at, 1);
      chunks.splice(at + 1, 0, chunk.splice(maxChunk / 2));
      sizes = chunkSizes(chunks);
    },
    remove(entry) {
      const isBehind: IsBehind = (other) => compareEntries(other, entry) >= 0;
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
 * Index within a chunk of the first entry for which `isBehind` returns true. If there is no such entry, the length of
 * the chunk.
 */
function indexIn(chunk: readonly RankingEntry[], isBehind: IsBehind): number {
  return firstWhere(chunk.length, (index) => isBehind(itemAt(chunk, index)));
}

function itemAt<T>(list: readonly T[], index: number): T {
  const item = list[index];
  if (item === undefined) throw new RangeError(`there is no item ${index} of ${list.length}`);
  return item;
}
