/**
 * The inverted index: every word of the entries, where it occurs and how rare it is. `build-vocabulary.ts` makes it.
 *
 * Words ("terms") are numbered in alphabetical order, so a prefix is a range of numbers and a word is found by binary
 * search. Only the words, their sounds and the whole names are strings; everything else is a number in a flat array, which
 * keeps a hundred thousand entries small in memory.
 */
import { firstWhere } from '../binary-search.ts';
import { listAt, type KeyedLists, type FlatLists } from './flat-lists.ts';

/** Weight of a word by its place: in a name of the entry, in the name of a linked entry, in the text. */
export const PLACE_WEIGHTS = [1, 0.85, 0.78] as const;

/** A posting is one number: the entry, and in the low bits the place (index of PLACE_WEIGHTS). */
export const PLACE_BITS = 2;

export interface Vocabulary {
  readonly entryCount: number;
  readonly terms: readonly string[];
  /** Rarity of each term: ln(1 + entries / entries that have it). */
  readonly rarity: Float64Array;
  /** Weight of a word that no entry has. */
  readonly unknownRarity: number;
  /** The postings of each term, sorted by entry. */
  readonly postings: FlatLists;
  /** 1 for each term that occurs in a name. Only these are found by a wrong spelling. */
  readonly named: Uint8Array;
  /** The sound of each named term; empty for other terms and for numbers. */
  readonly sounds: readonly string[];
  readonly bySound: KeyedLists;
  readonly bySkeleton: KeyedLists;
  /** Two letters of a sound and its length (see `pairKey`) → terms with them. */
  readonly byPair: KeyedLists;
  /** Length of the longest sound. */
  readonly longestSound: number;
  /** The numbers of each entry's names: the title, then the aliases. */
  readonly namesOf: FlatLists;
  /** The words of each name without stop words, as terms. */
  readonly nameTerms: FlatLists;
  /** For each item of `nameTerms.values`: the term of this word and the next written as one, or NO_TERM. */
  readonly joined: Uint32Array;
  /** All names with their stop words, sorted, to find names by their beginning; and the entry of each. */
  readonly wholeNames: readonly string[];
  readonly entryOfWhole: Uint32Array;
}

/** In place of a term where there is none. */
export const NO_TERM = 0xffffffff;

/** The term of a word; undefined if no entry has it. */
export function termOf({ terms }: Vocabulary, word: string): number | undefined {
  const at = firstNotBelow(terms, word);
  return terms[at] === word ? at : undefined;
}

/** Whether the entry has the term, in any of the places. */
export function holds({ postings: { starts, values } }: Vocabulary, entry: number, term: number): boolean {
  const [from, to] = [starts[term] ?? 0, starts[term + 1] ?? 0];
  const entryAt = (index: number) => (values[from + index] ?? 0) >>> PLACE_BITS;
  const found = firstWhere(to - from, (index) => entryAt(index) >= entry);
  return found < to - from && entryAt(found) === entry;
}

/** The number of an entry's title among the names. */
export function titleOf({ namesOf: { starts, values } }: Vocabulary, entry: number): number {
  return values[starts[entry] ?? 0] ?? 0;
}

/** A name without its stop words. */
export function nameText({ nameTerms, terms }: Vocabulary, name: number): string {
  return Array.from(listAt(nameTerms, name), (term) => terms[term] ?? '').join(' ');
}

/** The range [from, to) of a sorted list whose items begin with `start`. */
export function rangeOf(sorted: readonly string[], start: string): readonly [number, number] {
  return [firstNotBelow(sorted, start), firstNotBelow(sorted, `${start}\uffff`)];
}

/** The pairs of neighbouring letters in a word, with `^` before and `$` behind it. Repeated pairs are kept. */
export function letterPairs(word: string): readonly string[] {
  const marked = `^${word}$`;
  return Array.from({ length: marked.length - 1 }, (_, index) => marked.slice(index, index + 2));
}

/** Key of the terms whose sound has this pair and this length. */
export function pairKey(pair: string, length: number): string {
  return pair + String.fromCharCode(length);
}

function firstNotBelow(sorted: readonly string[], wanted: string): number {
  return firstWhere(sorted.length, (index) => (sorted[index] ?? '') >= wanted);
}
