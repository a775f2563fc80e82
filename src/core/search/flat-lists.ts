/**
 * Stores many short lists of numbers in two typed arrays. The arrays need little memory even for a hundred thousand
 * entries, and long lists are fast to read.
 */

/** List i contains the values from index starts[i] up to, but not including, index starts[i + 1]. */
export interface FlatLists {
  readonly starts: Uint32Array;
  readonly values: Uint32Array;
}

/** Lists of numbers. The key of each list is a word, and `numberOf` maps this word to the index of the list. */
export interface KeyedLists extends FlatLists {
  readonly numberOf: ReadonlyMap<string, number>;
}

/**
 * Collects pairs of a word and a number (`value`). Each word gets an index, in the order of the first occurrences.
 * `numberOf` maps a word to its index.
 */
export interface PairCollector {
  readonly numberOf: ReadonlyMap<string, number>;
  /** For each item of `values`, the index of its word. */
  readonly owners: readonly number[];
  readonly values: readonly number[];
  readonly add: (word: string, value: number) => void;
}

/**
 * Creates a collector. A value is dropped if it equals the previous value of the same word. This comparison ignores the
 * lowest `ignored` bits.
 */
export function collectPairs(ignored = 0): PairCollector {
  const numberOf = new Map<string, number>();
  const owners: number[] = [];
  const values: number[] = [];
  const last: number[] = [];
  const add = (word: string, value: number) => {
    let owner = numberOf.get(word);
    if (owner === undefined) {
      owner = numberOf.size;
      numberOf.set(word, owner);
    } else if ((last[owner] ?? 0) >>> ignored === value >>> ignored) return;
    last[owner] = value;
    owners.push(owner);
    values.push(value);
  };
  return { numberOf, owners, values, add };
}

/** Distributes `values` into `count` lists. For each value, `owners` has the index of the list. */
export function flatLists(count: number, owners: ArrayLike<number>, values: ArrayLike<number>): FlatLists {
  const starts = new Uint32Array(count + 1);
  for (let at = 0; at < owners.length; at++) {
    const next = (owners[at] ?? 0) + 1;
    starts[next] = (starts[next] ?? 0) + 1;
  }
  for (let list = 1; list <= count; list++) starts[list] = (starts[list] ?? 0) + (starts[list - 1] ?? 0);
  const free = starts.slice();
  const placed = new Uint32Array(values.length);
  for (let at = 0; at < values.length; at++) {
    const owner = owners[at] ?? 0;
    const place = free[owner] ?? 0;
    placed[place] = values[at] ?? 0;
    free[owner] = place + 1;
  }
  return { starts, values: placed };
}

export function keyedLists({ numberOf, owners, values }: PairCollector): KeyedLists {
  return { numberOf, ...flatLists(numberOf.size, owners, values) };
}

/** The numbers in one list. Empty if `list` is undefined. */
export function listAt({ starts, values }: FlatLists, list: number | undefined): Uint32Array {
  return list === undefined ? values.subarray(0, 0) : values.subarray(starts[list], starts[list + 1]);
}
