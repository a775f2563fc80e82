/**
 * Every word of the entries, where it stands and how much it tells: the index proper.
 *
 * Words are numbered in alphabetical order, so a beginning is a range of numbers. A name's neighbouring words are also
 * kept written together (abumusa, rashtastara). Lists are plain arrays of numbers: nothing is kept per pair of word
 * and entry but two numbers, so a hundred thousand entries fit in memory.
 */
import type { SearchEntry } from './search.ts';
import { dateWords, isDateWord } from './dates.ts';
import { wordsOf } from './normalise.ts';
import { skeletonOf, soundOf } from './sounds.ts';
import { isStopWord } from './stopwords.ts';

/** How much a word counts by where it stands: in a name of the entry, in a name it involves, in its text. */
export const PLACE_WEIGHTS = [1, 0.85, 0.78] as const;

/** A name (title or alias) as numbers of words; `joined[i]` is word i and the next written together. */
export interface Name {
  readonly text: string;
  readonly terms: readonly number[];
  readonly joined: readonly number[];
}

export interface Vocabulary {
  readonly terms: readonly string[];
  /** Rarity of each term: ln(1 + entries / entries that have it). */
  readonly rarity: readonly number[];
  /** For each term: entry number, place, entry number, place … */
  readonly postings: readonly (readonly number[])[];
  /** Terms that stand in names: spelling is forgiven for these only. */
  readonly named: readonly boolean[];
  readonly sounds: readonly string[];
  readonly bySound: ReadonlyMap<string, readonly number[]>;
  readonly bySkeleton: ReadonlyMap<string, readonly number[]>;
  /** Two letters → named terms that hold them. */
  readonly byPair: ReadonlyMap<string, readonly number[]>;
  readonly numberOf: ReadonlyMap<string, number>;
  /** Names of each entry, the title first. */
  readonly names: readonly (readonly Name[])[];
  /** Names with their stop words, sorted, and the entry of each: for titles typed from the beginning. */
  readonly wholeNames: readonly string[];
  readonly entryOfWhole: readonly number[];
  /** Weight of a word that no entry has: as rare as a word of one entry. */
  readonly unknownRarity: number;
}

export function buildVocabulary(entries: readonly SearchEntry[]): Vocabulary {
  const postingsOf = new Map<string, number[]>();
  const add = (word: string, entry: number, place: number) => {
    const list = postingsOf.get(word);
    // Places are read best first, so an entry that is already last in the list has its best place.
    if (!list) postingsOf.set(word, [entry, place]);
    else if (list[list.length - 2] !== entry) list.push(entry, place);
  };
  const allWords = entries.map(({ title, aliases }) => [title, ...aliases].flatMap(namesIn).map(wordsOf));
  const nameWords = allWords.map((names) => names.map(telling));
  for (const [number, entry] of entries.entries()) {
    for (const words of nameWords[number] ?? []) {
      for (const word of words) add(word, number, 0);
      for (const pair of neighbours(words)) add(pair, number, 0);
    }
    for (const date of entry.dates) for (const word of dateWords(date)) add(word, number, 0);
    for (const name of entry.names) for (const word of telling(wordsOf(name))) add(word, number, 1);
    for (const word of wordsOf(entry.text)) if (!isStopWord(word)) for (const one of spread(word)) add(one, number, 2);
  }

  const whole = allWords
    .flatMap((names, entry) => names.map((words) => ({ text: words.join(' '), entry })))
    .sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : a.entry - b.entry));
  const terms = [...postingsOf.keys()].sort();
  const postings = terms.map((term) => postingsOf.get(term) ?? []);
  const numberOf = new Map(terms.map((term, index) => [term, index]));
  const named = postings.map((list) => list.some((place, index) => index % 2 === 1 && place < 2));
  const sounds = terms.map(soundOf);
  const spelt = terms.flatMap((term, index) => (named[index] && !/\d/.test(term) ? [index] : []));
  const numbersOf = (words: readonly string[]) => words.map((word) => numberOf.get(word) ?? -1);
  return {
    terms,
    postings,
    numberOf,
    named,
    sounds,
    rarity: postings.map((list) => Math.log(1 + (2 * entries.length) / list.length)),
    unknownRarity: Math.log(1 + entries.length),
    bySound: grouped(spelt, (term) => [sounds[term] ?? '']),
    bySkeleton: grouped(spelt, (term) => [skeletonOf(sounds[term] ?? '')]),
    byPair: grouped(spelt, (term) => letterPairs(sounds[term] ?? '')),
    wholeNames: whole.map(({ text }) => text),
    entryOfWhole: whole.map(({ entry }) => entry),
    names: nameWords.map((names) =>
      names.map((words) => ({
        text: words.join(' '),
        terms: numbersOf(words),
        joined: numbersOf(neighbours(words)),
      })),
    ),
  };
}

/** Places in a sorted list of what begins with `start`, as a range [from, to). */
export function rangeOf(sorted: readonly string[], start: string): readonly [number, number] {
  return [firstNotBelow(sorted, start), firstNotBelow(sorted, `${start}\uffff`)];
}

/** The two-letter pieces of a word, its beginning and end marked, each once. */
export function letterPairs(word: string): readonly string[] {
  const marked = `^${word}$`;
  const pairs = new Set<string>();
  for (let index = 0; index + 1 < marked.length; index++) pairs.add(marked.slice(index, index + 2));
  return [...pairs];
}

/** "Nuclear agreement (Joint Comprehensive Plan of Action)" is three names: all of it, and each part alone. */
function namesIn(name: string): readonly string[] {
  const [, outer, inner] = /^([^()]+)\(([^()]+)\)$/.exec(name.trim()) ?? [];
  return outer === undefined || inner === undefined ? [name] : [name, outer, inner];
}

/** The words without stop words, unless there are no others. */
function telling(all: readonly string[]): readonly string[] {
  const words = all.flatMap(spread);
  const some = words.filter((word) => !isStopWord(word));
  return some.length > 0 ? some : words;
}

/** A date standing in a text is found by its month and year too. */
function spread(word: string): readonly string[] {
  const [, year, month, day] = (isDateWord(word) && /^d(\d{4})(\d\d)?(\d\d)?$/.exec(word)) || [];
  return year === undefined ? [word] : dateWords([year, month, day].filter(Boolean).join('-'));
}

function neighbours(words: readonly string[]): readonly string[] {
  return words.slice(1).map((word, index) => `${words[index]}${word}`);
}

function grouped(terms: readonly number[], keysOf: (term: number) => readonly string[]): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  for (const term of terms)
    for (const key of keysOf(term)) {
      const group = groups.get(key);
      if (group) group.push(term);
      else groups.set(key, [term]);
    }
  return groups;
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
