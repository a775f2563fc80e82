/**
 * Who stands where: an order that is kept up by every result rather than sorted when somebody asks. Entries lie in
 * chunks of a sorted list, and a tree of sums over their sizes (Fenwick 1994) tells how many stand before a chunk, so
 * finding, placing and taking out cost log n. Ties share a place (1, 1, 3).
 */

export interface RankingEntry {
  readonly user: string;
  readonly name: string;
  /** What is compared: points, a share of right answers, days. */
  readonly value: number;
  readonly right: number;
  readonly answered: number;
}
export interface Placement extends RankingEntry {
  readonly place: number;
}

export interface Ranking {
  readonly size: number;
  /** Puts somebody where they belong, wherever they stood before. */
  put(entry: RankingEntry): void;
  remove(user: string): void;
  /** Up to `count` in order, from the `from`-th (counted from 0) on. */
  slice(from: number, count: number): readonly Placement[];
  /** How many stand before them in the order; undefined when they are not in it. */
  indexOf(user: string): number | undefined;
}

/** A chunk of this size is split into two halves. */
const maxChunk = 512;

/** More comes first; among equals who is more often right, then who answered more; then by id, so that there is one order. */
function compareEntries(a: RankingEntry, b: RankingEntry): number {
  return (
    b.value - a.value ||
    share(b) - share(a) ||
    b.answered - a.answered ||
    (a.user < b.user ? -1 : a.user > b.user ? 1 : 0)
  );
}
const share = ({ right, answered }: RankingEntry) => (answered === 0 ? 0 : right / answered);

export function createRanking(): Ranking {
  const users = new Map<string, RankingEntry>();
  const chunks: RankingEntry[][] = [];
  let sums = sumsOver(chunks);

  /** The first chunk whose last entry `isAfter`; the last chunk when there is none. */
  function chunkWhere(isAfter: (entry: RankingEntry) => boolean): number {
    return Math.min(
      first(chunks.length, (at) => {
        const last = chunks[at]?.at(-1);
        return last !== undefined && isAfter(last);
      }),
      chunks.length - 1,
    );
  }

  /** How many entries come before the first one that `isAfter`. */
  function countBefore(isAfter: (entry: RankingEntry) => boolean): number {
    const at = chunkWhere(isAfter);
    const chunk = chunks[at] ?? [];
    return sums.before(at) + first(chunk.length, (index) => isAfter(item(chunk, index)));
  }

  function take(entry: RankingEntry): void {
    const at = chunkWhere((other) => compareEntries(other, entry) >= 0);
    const chunk = item(chunks, at);
    chunk.splice(
      first(chunk.length, (index) => compareEntries(item(chunk, index), entry) >= 0),
      1,
    );
    if (chunk.length > 0) return sums.add(at, -1);
    chunks.splice(at, 1);
    sums = sumsOver(chunks);
  }

  return {
    get size() {
      return users.size;
    },
    put(entry) {
      const old = users.get(entry.user);
      if (old) take(old);
      users.set(entry.user, entry);
      if (chunks.length === 0) chunks.push([]);
      const at = chunkWhere((other) => compareEntries(other, entry) > 0);
      const chunk = item(chunks, at);
      chunk.splice(
        first(chunk.length, (index) => compareEntries(item(chunk, index), entry) > 0),
        0,
        entry,
      );
      if (chunk.length < maxChunk) return sums.add(at, 1);
      chunks.splice(at + 1, 0, chunk.splice(maxChunk / 2));
      sums = sumsOver(chunks);
    },
    remove(user) {
      const old = users.get(user);
      if (old) take(old);
      users.delete(user);
    },
    slice(from, count) {
      const found: Placement[] = [];
      let { chunk, index } = sums.find(from);
      while (found.length < count && chunk < chunks.length) {
        const entry = chunks[chunk]?.[index];
        if (!entry) {
          chunk++;
          index = 0;
          continue;
        }
        index++;
        const last = found.at(-1);
        const place =
          last?.value === entry.value
            ? last.place
            : last
              ? from + found.length + 1
              : countBefore(({ value }) => value <= entry.value) + 1;
        found.push({ ...entry, place });
      }
      return found;
    },
    indexOf(user) {
      const entry = users.get(user);
      return entry && countBefore((other) => compareEntries(other, entry) >= 0);
    },
  };
}

/** A tree of sums over the sizes of chunks; made anew when there are more or fewer of them, which is once in many entries. */
function sumsOver(chunks: readonly (readonly unknown[])[]) {
  const { length } = chunks;
  let tree: Uint32Array | undefined;
  const built = (): Uint32Array => {
    if (tree) return tree;
    // Only now: while a board is filled, nobody asks.
    tree = new Uint32Array(length + 1);
    for (const [index, { length: size }] of chunks.entries()) grow(tree, index, size);
    return tree;
  };
  const grow = (sums: Uint32Array, index: number, by: number) => {
    for (let at = index + 1; at <= length; at += at & -at) sums[at] = (sums[at] ?? 0) + by;
  };
  return {
    add(chunk: number, by: number): void {
      if (tree) grow(tree, chunk, by);
    },
    /** Entries in all chunks before this one. */
    before(chunk: number): number {
      let sum = 0;
      const sums = built();
      for (let at = chunk; at > 0; at -= at & -at) sum += sums[at] ?? 0;
      return sum;
    },
    /** Where the `index`-th entry of all lies. */
    find(index: number): { chunk: number; index: number } {
      const sums = built();
      let chunk = 0;
      let left = Math.max(0, index);
      for (let step = 1 << (31 - Math.clz32(length + 1)); step > 0; step >>= 1) {
        const size = sums[chunk + step];
        if (chunk + step > length || size === undefined || size > left) continue;
        chunk += step;
        left -= size;
      }
      return { chunk, index: left };
    },
  };
}

/** The first index below `length` for which `holds`, which holds for all behind it too; `length` when there is none. */
function first(length: number, holds: (index: number) => boolean): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function item<T>(list: readonly T[], index: number): T {
  const found = list[index];
  if (found === undefined) throw new RangeError(`there is no item ${index} of ${list.length}`);
  return found;
}
