/**
 * For a list that is stored in chunks, calculates the number of entries before each chunk. The prefix sums of the chunk
 * sizes are stored in a Fenwick tree (Fenwick 1994).
 */

export interface ChunkSizes {
  /**
   * Records that entries were added to a chunk or removed from it. `by` is the number of added entries. It is negative
   * if entries were removed.
   */
  add(chunk: number, by: number): void;
  /** Total number of entries in all chunks before `chunk`. */
  before(chunk: number): number;
  /** Converts an index in the whole list to a chunk and an index within that chunk. */
  find(index: number): { readonly chunk: number; readonly index: number };
}

/** Creates the prefix sums for `chunks`. Call this function again when a chunk is added or removed, which is rare. */
export function chunkSizes(chunks: readonly (readonly unknown[])[]): ChunkSizes {
  const { length } = chunks;
  let tree: Uint32Array | undefined;
  const grow = (sums: Uint32Array, chunk: number, by: number) => {
    for (let at = chunk + 1; at <= length; at += at & -at) sums[at] = (sums[at] ?? 0) + by;
  };
  // The tree is built at the first query, because no queries are made while a board is being filled.
  const built = (): Uint32Array => {
    if (tree) return tree;
    tree = new Uint32Array(length + 1);
    for (const [index, { length: size }] of chunks.entries()) grow(tree, index, size);
    return tree;
  };
  return {
    add(chunk, by) {
      if (tree) grow(tree, chunk, by);
    },
    before(chunk) {
      const sums = built();
      let sum = 0;
      for (let at = chunk; at > 0; at -= at & -at) sum += sums[at] ?? 0;
      return sum;
    },
    find(index) {
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
