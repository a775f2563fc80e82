/**
 * The inverted index: every word of the entries, which entries contain the word, and how rare the word is. It is built
 * by `build-vocabulary.ts`.
 *
 * Words ("terms") are numbered in alphabetical order. Therefore all words with a common prefix form a range of numbers,
 * and a word is found by binary search. To save memory with a hundred thousand entries, only the words, their sounds
 * and the complete names are strings. All other data are numbers in typed arrays.
 */
import { firstWhere } from '../binary-search.ts';
import { listAt, type KeyedLists, type FlatLists } from './flat-lists.ts';

/**
 * Weights of a word by its "place", the part of the entry in which the word occurs. There are three places: the names
 * and dates of the entry, the names of other entries to which it refers, and its text.
 */
export const PLACE_WEIGHTS = [1, 0.85, 0.78] as const;

/**
 * A posting is one number that stores an entry and a place (an index into PLACE_WEIGHTS). PLACE_BITS is the number of
 * bits for the place. They are the lowest bits. The higher bits store the index of the entry.
 */
export const PLACE_BITS = 2;

export interface Vocabulary {
  readonly entryCount: number;
  readonly terms: readonly string[];
  /** Rarity of each term: ln(1 + 2 × number of entries / number of entries that contain the term). */
  readonly rarity: Float64Array;
  /** Rarity of a typed word that no entry contains. */
  readonly unknownRarity: number;
  /** The postings of each term, sorted by the index of the entry. */
  readonly postings: FlatLists;
  /**
   * 1 for each term that occurs in a name, which means in one of the first two places of `PLACE_WEIGHTS`. Otherwise 0.
   * Only terms with 1 can match a misspelt word.
   */
  readonly named: Uint8Array;
  /** The sound of each term that occurs in a name. An empty string for all other terms and for terms with a digit. */
  readonly sounds: readonly string[];
  readonly bySound: KeyedLists;
  readonly bySkeleton: KeyedLists;
  /**
   * Key of `pairKey` → terms. The key combines a pair of letters and a length. The list of a key contains the terms
   * whose sound contains this pair and has this length.
   */
  readonly byPair: KeyedLists;
  /** Length of the longest sound, in letters. */
  readonly longestSound: number;
  /** For each entry, the indexes of its names in the list of all names. The title is first, and the aliases follow. */
  readonly namesOf: FlatLists;
  /** For each name, its words as terms, without stop words. */
  readonly nameTerms: FlatLists;
  /**
   * For each word in `nameTerms.values`, the term that the word and the next word of its name form together (`new` and
   * `york` form `newyork`). NO_TERM for the last word of a name.
   */
  readonly joined: Uint32Array;
  /**
   * All names including their stop words, sorted alphabetically. This list is used to find the names that start with a
   * typed text. `entryOfWhole` has the entry of each name.
   */
  readonly wholeNames: readonly string[];
  readonly entryOfWhole: Uint32Array;
}

/** The value of an array item for which there is no term. */
export const NO_TERM = 0xffffffff;

/** The term of a word. Undefined if no entry contains the word. */
export function termOf({ terms }: Vocabulary, word: string): number | undefined {
  const at = firstNotBelow(terms, word);
  return terms[at] === word ? at : undefined;
}

/** Whether the entry contains the term. */
export function holds({ postings: { starts, values } }: Vocabulary, entry: number, term: number): boolean {
  const [from, to] = [starts[term] ?? 0, starts[term + 1] ?? 0];
  const entryAt = (index: number) => (values[from + index] ?? 0) >>> PLACE_BITS;
  const found = firstWhere(to - from, (index) => entryAt(index) >= entry);
  return found < to - from && entryAt(found) === entry;
}

/** The index of an entry's title in the list of all names. */
export function titleOf({ namesOf: { starts, values } }: Vocabulary, entry: number): number {
  return values[starts[entry] ?? 0] ?? 0;
}

/** The text of a name without its stop words. */
export function nameText({ nameTerms, terms }: Vocabulary, name: number): string {
  return Array.from(listAt(nameTerms, name), (term) => terms[term] ?? '').join(' ');
}

/** The entries with exactly this name. Stop words are compared too. */
export function entriesNamed(words: readonly string[], { wholeNames, entryOfWhole }: Vocabulary): readonly number[] {
  const name = words.join(' ');
  const found: number[] = [];
  for (let at = firstNotBelow(wholeNames, name); wholeNames[at] === name; at++) found.push(entryOfWhole[at] ?? 0);
  return found;
}

/** The range [from, to) of the items that begin with `start`. The list must be sorted. */
export function rangeOf(sorted: readonly string[], start: string): readonly [number, number] {
  return [firstNotBelow(sorted, start), firstNotBelow(sorted, `${start}\uffff`)];
}

/**
 * The pairs of neighbouring letters in a word. The beginning of the word is marked with `^` and the end with `$`. A
 * pair that occurs twice is listed twice.
 */
export function letterPairs(word: string): readonly string[] {
  const marked = `^${word}$`;
  return Array.from({ length: marked.length - 1 }, (_, index) => marked.slice(index, index + 2));
}

/** The key in `byPair` for sounds that contain this pair and have this length. */
export function pairKey(pair: string, length: number): string {
  return pair + String.fromCharCode(length);
}

function firstNotBelow(sorted: readonly string[], wanted: string): number {
  return firstWhere(sorted.length, (index) => (sorted[index] ?? '') >= wanted);
}
