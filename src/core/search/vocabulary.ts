/**
 * Every word of the entries, where it stands and how much it tells: the index proper, and how it is read.
 *
 * Words are numbered in alphabetical order, so a beginning is a range of numbers, and a word is found by halving.
 * Everything that there is one of per entry, name or word is a number in a flat array; only the words themselves, their
 * sounds and the whole names are strings. build.ts makes one.
 */
import { listAt, type KeyedLists, type FlatLists } from './flat-lists.ts';

/** How much a word counts by where it stands: in a name of the entry, in a name it involves, in its text. */
export const PLACE_WEIGHTS = [1, 0.85, 0.78] as const;

/** A posting is an entry and a place (index of PLACE_WEIGHTS) in one number; the place is in the low bits. */
export const PLACE_BITS = 2;

export interface Vocabulary {
  readonly entryCount: number;
  readonly terms: readonly string[];
  /** Rarity of each term: ln(1 + entries / entries that have it). */
  readonly rarity: Float64Array;
  /** Weight of a word that no entry has: as rare as a word of one entry. */
  readonly unknownRarity: number;
  /** For each term its postings, by rising entry. */
  readonly postings: FlatLists;
  /** 1 for terms that stand in names: spelling is forgiven for these only. */
  readonly named: Uint8Array;
  /** Sound of each named term; empty for others, and for numbers. */
  readonly sounds: readonly string[];
  readonly bySound: KeyedLists;
  readonly bySkeleton: KeyedLists;
  /** Two letters of a sound and its length (see pairKey) → terms that have them. */
  readonly byPair: KeyedLists;
  /** Letters of the longest sound. */
  readonly longestSound: number;
  /** For each entry the numbers of its names (title and aliases), the title first. */
  readonly namesOf: FlatLists;
  /** For each name its telling words, as terms. */
  readonly nameTerms: FlatLists;
  /** Beside each of `nameTerms.values`: the term that it and the next word make written together, or NO_TERM. */
  readonly joined: Uint32Array;
  /** Names with their stop words, sorted, and the entry of each: for titles typed from the beginning. */
  readonly wholeNames: readonly string[];
  readonly entryOfWhole: Uint32Array;
}

/** Stands where there is no term. */
export const NO_TERM = 0xffffffff;

/** Number of a word, or undefined if no entry has it. */
export function termOf({ terms }: Vocabulary, word: string): number | undefined {
  const at = firstNotBelow(terms, word);
  return terms[at] === word ? at : undefined;
}

/** Whether the entry has the term, in any place. */
export function holds({ postings: { starts, values } }: Vocabulary, entry: number, term: number): boolean {
  let low = starts[term] ?? 0;
  let high = starts[term + 1] ?? 0;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] ?? 0) >>> PLACE_BITS < entry) low = middle + 1;
    else high = middle;
  }
  return low < (starts[term + 1] ?? 0) && (values[low] ?? 0) >>> PLACE_BITS === entry;
}

/** Number of the title of an entry among the names. */
export function titleOf({ namesOf: { starts, values } }: Vocabulary, entry: number): number {
  return values[starts[entry] ?? 0] ?? 0;
}

/** The telling words of a name. */
export function nameText({ nameTerms, terms }: Vocabulary, name: number): string {
  return Array.from(listAt(nameTerms, name), (term) => terms[term] ?? '').join(' ');
}

/** Places in a sorted list of what begins with `start`, as a range [from, to). */
export function rangeOf(sorted: readonly string[], start: string): readonly [number, number] {
  return [firstNotBelow(sorted, start), firstNotBelow(sorted, `${start}\uffff`)];
}

/** The two-letter pieces of a word, its beginning and end marked; a piece that comes twice is given twice. */
export function letterPairs(word: string): readonly string[] {
  const marked = `^${word}$`;
  return Array.from({ length: marked.length - 1 }, (_, index) => marked.slice(index, index + 2));
}

/** Under which the terms are listed whose sound has this piece and this many letters. */
export function pairKey(pair: string, length: number): string {
  return pair + String.fromCharCode(length);
}

function firstNotBelow(sorted: readonly string[], wanted: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? '') < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
