/**
 * Builds a ranking of many entries that arrive in any order. Adding a million entries one by one to a sorted list is
 * slow. Therefore entries with similar values are put into the same bucket, and at the end each bucket is sorted.
 */
import { createEntryTable, type EntryTable } from './entry-table.ts';
import type { RankingEntry } from './entry-table.ts';
import { rankingFrom, type Ranking } from './ranking.ts';

export interface RankingLoad {
  /** Adds an entry. Each user must have at most one entry. */
  add(entry: RankingEntry): void;
  /**
   * Sorts the entries. The generator yields about once per millisecond, so that the caller can do other work between
   * two steps.
   */
  finish(): Generator<undefined, Ranking>;
}

/** Rows of the entry table, in blocks. Each block except the last has `blockSize` rows. */
type Bucket = number[][];

/** Number of entries that a single step sorts or merges. */
const blockSize = 1_024;
/**
 * Number of entries in a new chunk of the ranking. New chunks are only half full, so that they do not have to be split
 * soon.
 */
const chunkSize = 256;

export function loadRanking(): RankingLoad {
  const table = createEntryTable();
  const buckets = new Map<number, Bucket>();
  return {
    add(entry) {
      const id = bucketOf(entry.value);
      let bucket = buckets.get(id);
      if (!bucket) buckets.set(id, (bucket = [[]]));
      let block = bucket.at(-1);
      if (!block || block.length === blockSize) bucket.push((block = []));
      block.push(table.add(entry));
    },
    *finish() {
      return rankingFrom(table, yield* sortedChunks(table, buckets));
    },
  };
}

const valueBits = new DataView(new ArrayBuffer(8));
/** Returns the id of the bucket for entries with this value. A bucket with a higher id contains higher values. */
function bucketOf(value: number): number {
  if (value < 0) return -1 - bucketOf(-value);
  valueBits.setFloat64(0, value);
  // The exponent and the first ten bits of the mantissa. Two different integers up to 2,048 never have the same bucket.
  return valueBits.getUint32(0) >>> 10;
}

function* sortedChunks(table: EntryTable, buckets: ReadonlyMap<number, Bucket>): Generator<undefined, number[][]> {
  const chunks: number[][] = [];
  let chunk: number[] = [];
  let sorted = 0;
  for (const [, bucket] of [...buckets].toSorted(([a], [b]) => b - a)) {
    for (const block of bucket) {
      block.sort(table.compare);
      sorted += block.length;
      if (sorted < blockSize) continue;
      yield;
      sorted = 0;
    }
    let merged = 0;
    for (const row of bucket.length === 1 ? (bucket[0] ?? []) : mergedRows(table, bucket)) {
      if (chunk.length === 0) chunks.push(chunk);
      chunk.push(row);
      if (chunk.length === chunkSize) chunk = [];
      if (++merged % blockSize === 0) yield;
    }
  }
  return chunks;
}

/** A block and the index of its first row that has not been merged. */
interface Cursor {
  readonly block: readonly number[];
  index: number;
  head: number;
}

function* mergedRows(table: EntryTable, blocks: readonly (readonly number[])[]): Generator<number> {
  // A binary heap of cursors. The cursor whose entry ranks highest is first. A sorted list is a valid heap, so sorting
  // the cursors is enough to build the heap.
  const heap = blocks
    .flatMap((block): Cursor[] => (block[0] === undefined ? [] : [{ block, index: 0, head: block[0] }]))
    .toSorted((a, b) => table.compare(a.head, b.head));
  for (let [first] = heap; first; [first] = heap) {
    yield first.head;
    const next = first.block[++first.index];
    if (next !== undefined) first.head = next;
    else {
      const last = heap.pop();
      if (last && last !== first) heap[0] = last;
    }
    sink(table, heap);
  }
}

/** Moves the first cursor down the heap until no child ranks higher. */
function sink(table: EntryTable, heap: Cursor[]): void {
  const [moving] = heap;
  if (!moving) return;
  let at = 0;
  for (;;) {
    const left = heap[2 * at + 1];
    const right = heap[2 * at + 2];
    const isRight = left !== undefined && right !== undefined && table.compare(right.head, left.head) < 0;
    const child = isRight ? right : left;
    if (!child || table.compare(moving.head, child.head) <= 0) break;
    heap[at] = child;
    at = 2 * at + (isRight ? 2 : 1);
  }
  heap[at] = moving;
}
