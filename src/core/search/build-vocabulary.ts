/**
 * Builds the vocabulary of all entries in one pass. To save memory, the words are written to flat lists, without an
 * object for each entry, name or word. Two neighbouring words of a name are also indexed as one word (newyork,
 * addisababa).
 */
import type { SearchEntry } from './search-entry.ts';
import { dateWords, isDateWord } from './date-reader.ts';
import { collectPairs, flatLists, keyedLists, type PairCollector } from './flat-lists.ts';
import { queryWords } from './normalise.ts';
import { skeletonOf, soundOf } from './sounds.ts';
import { isOtherScript, isStopWord } from './stopwords.ts';
import { letterPairs, NO_TERM, pairKey, PLACE_BITS, type Vocabulary } from './vocabulary.ts';

export function buildVocabulary(entries: readonly SearchEntry[]): Vocabulary {
  const { words, names, wholeNames } = indexEntries(entries);
  const terms = [...words.numberOf.keys()].sort();
  const termOf = new Uint32Array(terms.length);
  for (const [term, word] of terms.entries()) termOf[words.numberOf.get(word) ?? 0] = term;
  const toTerms = (numbers: readonly number[]) =>
    Uint32Array.from(numbers, (number) => (number === NO_TERM ? NO_TERM : (termOf[number] ?? 0)));
  const postings = flatLists(terms.length, toTerms(words.owners), words.values);
  wholeNames.sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : a.entry - b.entry));
  return {
    entryCount: entries.length,
    terms,
    postings,
    rarity: Float64Array.from(terms, (_, term) => {
      const entriesWith = (postings.starts[term + 1] ?? 0) - (postings.starts[term] ?? 0);
      return Math.log(1 + (2 * entries.length) / entriesWith);
    }),
    unknownRarity: Math.log(1 + entries.length),
    ...spellingsOf(terms, namedOf(terms.length, postings)),
    namesOf: flatLists(entries.length, names.entries, Array.from(names.entries.keys())),
    // The words are already grouped by name, and `flatLists` keeps this order. Therefore `joined` has the same indexes
    // as `nameTerms.values`.
    nameTerms: flatLists(names.entries.length, names.owners, toTerms(names.words)),
    joined: toTerms(names.joins),
    wholeNames: wholeNames.map(({ text }) => text),
    entryOfWhole: Uint32Array.from(wholeNames, ({ entry }) => entry),
  };
}

interface IndexedEntries {
  /** Every word with its postings. The words are numbered in the order of their first occurrence. */
  readonly words: PairCollector;
  readonly names: {
    /** For each name, the index of its entry. */
    readonly entries: readonly number[];
    /**
     * Three parallel lists with one item for each word of each name. `owners`: the index of the name. `words`: the
     * index of the word. `joins`: the index of the joined word, which is this word and the next word written as one.
     * For the last word of a name, `joins` has NO_TERM.
     */
    readonly owners: readonly number[];
    readonly words: readonly number[];
    readonly joins: readonly number[];
  };
  readonly wholeNames: { readonly text: string; readonly entry: number }[];
}

/** Collects all words of the entries. */
function indexEntries(entries: readonly SearchEntry[]): IndexedEntries {
  // If a word occurs several times in an entry, the collector keeps only the first occurrence. The words of names are
  // added first, because they have the highest weight.
  const collected = collectPairs(PLACE_BITS);
  const add = (word: string, entry: number, place: number) => {
    collected.add(word, (entry << PLACE_BITS) | place);
    return collected.numberOf.get(word) ?? 0;
  };
  const wholeNames: { readonly text: string; readonly entry: number }[] = [];
  const [entryOfName, owners, words, joins]: [number[], number[], number[], number[]] = [[], [], [], []];
  for (const [number, entry] of entries.entries()) {
    for (const name of [entry.title, ...entry.aliases].flatMap(namesIn)) {
      const all = queryWords(name);
      wholeNames.push({ text: all.join(' '), entry: number });
      const parts = withoutStopWords(all, isOtherScript(name));
      for (const [index, word] of parts.entries()) {
        const next = parts[index + 1];
        owners.push(entryOfName.length);
        words.push(add(word, number, 0));
        joins.push(next === undefined ? NO_TERM : add(word + next, number, 0));
      }
      entryOfName.push(number);
    }
    for (const date of entry.dates) for (const word of dateWords(date)) add(word, number, 0);
    for (const name of entry.names)
      for (const word of withoutStopWords(queryWords(name), isOtherScript(name))) add(word, number, 1);
    for (const word of queryWords(entry.text))
      if (!isStopWord(word, false)) for (const one of withLessExactDates(word)) add(one, number, 2);
  }
  return { words: collected, names: { entries: entryOfName, owners, words, joins }, wholeNames };
}

type Spellings = Pick<Vocabulary, 'named' | 'sounds' | 'bySound' | 'bySkeleton' | 'byPair' | 'longestSound'>;

/** The parts of a vocabulary that are used to find misspelt words. */
function spellingsOf(terms: readonly string[], named: Uint8Array): Spellings {
  const [bySound, bySkeleton, byPair] = [collectPairs(), collectPairs(), collectPairs()];
  let longestSound = 0;
  const sounds = terms.map((word, term) => {
    if (named[term] !== 1 || /\d/.test(word)) return '';
    const sound = soundOf(word);
    bySound.add(sound, term);
    bySkeleton.add(skeletonOf(sound), term);
    for (const pair of letterPairs(sound)) byPair.add(pairKey(pair, sound.length), term);
    longestSound = Math.max(longestSound, sound.length);
    return sound;
  });
  return {
    named,
    sounds,
    bySound: keyedLists(bySound),
    bySkeleton: keyedLists(bySkeleton),
    byPair: keyedLists(byPair),
    longestSound,
  };
}

/** The array `named` of the vocabulary: 1 for each term that occurs in a name (see `PLACE_WEIGHTS`), otherwise 0. */
function namedOf(count: number, { starts, values }: Vocabulary['postings']): Uint8Array {
  const named = new Uint8Array(count);
  for (let term = 0; term < count; term++)
    for (let at = starts[term] ?? 0; at < (starts[term + 1] ?? 0); at++)
      if (((values[at] ?? 0) & ((1 << PLACE_BITS) - 1)) < 2) named[term] = 1;
  return named;
}

/**
 * Splits a name that ends with a part in parentheses. "Nuclear agreement (Joint Comprehensive Plan of Action)" becomes
 * three names: the whole name, the part before the parentheses, and the part inside.
 */
function namesIn(name: string): readonly string[] {
  const [, outer, inner] = /^([^()]+)\(([^()]+)\)$/.exec(name.trim()) ?? [];
  return outer === undefined || inner === undefined ? [name] : [name, outer, inner];
}

/** Removes stop words. If there are only stop words, all words are kept. */
function withoutStopWords(all: readonly string[], otherScript: boolean): readonly string[] {
  const words = all.flatMap(withLessExactDates);
  const some = words.filter((word) => !isStopWord(word, otherScript));
  return some.length > 0 ? some : words;
}

/**
 * Returns a date together with its less precise forms. For example, a day is also indexed as its month and its year.
 * Any other word is returned unchanged.
 */
function withLessExactDates(word: string): readonly string[] {
  const [, year, month, day] = (isDateWord(word) && /^d(\d{4})(\d\d)?(\d\d)?$/.exec(word)) || [];
  return year === undefined ? [word] : dateWords([year, month, day].filter(Boolean).join('-'));
}
