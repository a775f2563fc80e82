/**
 * Builds a ranking of many entries that arrive in any order. Adding a million entries one by one to a sorted list is
 * slow. Therefore the entries are collected in blocks, each full block is sorted, and at the end all blocks are merged.
 */
import { createEntryTable, type EntryTable } from './entry-table.ts';
import type { RankingEntry } from './entry-table.ts';
import { rankingFrom, type Ranking } from './ranking.ts';

export interface RankingLoad {
  /** Adds an entry. Each user must have at most one entry. */
  add(entry: RankingEntry): void;
  /**
   * Merges the blocks. The generator yields about once per millisecond, so that the caller can do other work between
   * two steps.
   */
  finish(): Generator<undefined, Ranking>;
}

/** Number of entries in a block. Each step of the merge also processes this number of entries. */
const blockSize = 4_096;
/**
 * Number of entries in a new chunk of the ranking. New chunks are only half full. Otherwise they would soon have to be
 * split.
 */
const chunkSize = 256;

export function loadRanking(): RankingLoad {
  const table = createEntryTable();
  const blocks: number[][] = [];
  let latest: number[] = [];
  return {
    add(entry) {
      if (latest.length === 0) blocks.push(latest);
      latest.push(table.add(entry));
      if (latest.length < blockSize) return;
      latest.sort(table.compare);
      latest = [];
    },
    *finish() {
      latest.sort(table.compare);
      return rankingFrom(table, yield* mergedChunks(table, blocks));
    },
  };
}

/** A block and the index of its first row that has not been merged. */
interface Cursor {
  readonly block: readonly number[];
  index: number;
  head: number;
  /** The value of the row `head`. It is stored here because it decides most comparisons. */
  value: number;
}

function* mergedChunks(table: EntryTable, blocks: readonly (readonly number[])[]): Generator<undefined, number[][]> {
  // A binary heap of cursors. The cursor whose entry ranks highest is first. A sorted list of cursors is already a
  // valid heap.
  const heap = blocks
    .flatMap((block): Cursor[] =>
      block[0] === undefined ? [] : [{ block, index: 0, head: block[0], value: table.value(block[0]) }],
    )
    .toSorted((a, b) => table.compare(a.head, b.head));
  const chunks: number[][] = [];
  let chunk: number[] = [];
  let merged = 0;
  for (let [first] = heap; first; [first] = heap) {
    if (chunk.length === 0) chunks.push(chunk);
    chunk.push(first.head);
    if (chunk.length === chunkSize) chunk = [];
    const next = first.block[++first.index];
    if (next !== undefined) {
      first.head = next;
      first.value = table.value(next);
    } else {
      const last = heap.pop();
      if (last && last !== first) heap[0] = last;
    }
    sink(table, heap);
    if (++merged % blockSize === 0) yield;
  }
  return chunks;
}

const compareCursors = (table: EntryTable, a: Cursor, b: Cursor): number =>
  b.value - a.value || table.compare(a.head, b.head);

/** Moves the first cursor down the heap until no child ranks higher. */
function sink(table: EntryTable, heap: Cursor[]): void {
  const [moving] = heap;
  if (!moving) return;
  let at = 0;
  for (;;) {
    const left = heap[2 * at + 1];
    const right = heap[2 * at + 2];
    const isRight = left !== undefined && right !== undefined && compareCursors(table, right, left) < 0;
    const child = isRight ? right : left;
    if (!child || compareCursors(table, moving, child) <= 0) break;
    heap[at] = child;
    at = 2 * at + (isRight ? 2 : 1);
  }
  heap[at] = moving;
}
