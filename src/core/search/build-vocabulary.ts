/**
 * Builds the vocabulary of some entries in one pass, straight into flat lists: no object is kept for an entry, a name
 * or a word. A name's neighbouring words are also indexed written together (newyork, addisababa).
 */
import type { SearchEntry } from './search-entry.ts';
import { dateWords, isDateWord } from './date-reader.ts';
import { collectPairs, keyedLists, flatLists } from './flat-lists.ts';
import { queryWords } from './normalise.ts';
import { skeletonOf, soundOf } from './sounds.ts';
import { isStopWord } from './stopwords.ts';
import { letterPairs, NO_TERM, pairKey, PLACE_BITS, type Vocabulary } from './vocabulary.ts';

export function buildVocabulary(entries: readonly SearchEntry[]): Vocabulary {
  // Places are read best first, so of an entry's places the one that stays is the best.
  const gathered = collectPairs(PLACE_BITS);
  const add = (word: string, entry: number, place: number) => gathered.add(word, (entry << PLACE_BITS) | place);
  const wholes: { readonly text: string; readonly entry: number }[] = [];
  const entryOfName: number[] = [];
  // Per word of a name: the name, the word and the word it makes with the next one, as gathered numbers.
  const [owners, parts, joins]: [number[], number[], number[]] = [[], [], []];
  const known = (word: string) => gathered.numberOf.get(word) ?? 0;
  for (const [number, entry] of entries.entries()) {
    for (const title of [entry.title, ...entry.aliases])
      for (const name of namesIn(title)) {
        const all = queryWords(name);
        wholes.push({ text: all.join(' '), entry: number });
        const words = telling(all);
        for (const [index, word] of words.entries()) {
          add(word, number, 0);
          const next = words[index + 1];
          if (next !== undefined) add(word + next, number, 0);
          owners.push(entryOfName.length);
          parts.push(known(word));
          joins.push(next === undefined ? NO_TERM : known(word + next));
        }
        entryOfName.push(number);
      }
    for (const date of entry.dates) for (const word of dateWords(date)) add(word, number, 0);
    for (const name of entry.names) for (const word of telling(queryWords(name))) add(word, number, 1);
    for (const word of queryWords(entry.text))
      if (!isStopWord(word)) for (const one of spread(word)) add(one, number, 2);
  }

  const terms = [...gathered.numberOf.keys()].sort();
  const termOf = new Uint32Array(terms.length);
  for (const [term, word] of terms.entries()) termOf[known(word)] = term;
  const renumbered = (numbers: readonly number[]) =>
    Uint32Array.from(numbers, (number) => (number === NO_TERM ? NO_TERM : (termOf[number] ?? 0)));
  const postings = flatLists(terms.length, renumbered(gathered.owners), gathered.values);
  wholes.sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : a.entry - b.entry));
  return {
    entryCount: entries.length,
    terms,
    postings,
    rarity: Float64Array.from(terms, (_, term) => {
      const holders = (postings.starts[term + 1] ?? 0) - (postings.starts[term] ?? 0);
      return Math.log(1 + (2 * entries.length) / holders);
    }),
    unknownRarity: Math.log(1 + entries.length),
    ...spellingsOf(terms, namedOf(terms.length, postings)),
    namesOf: flatLists(entries.length, entryOfName, Array.from(entryOfName.keys())),
    // The words of a name follow each other already, so the lists keep them and their joins in the same places.
    nameTerms: flatLists(entryOfName.length, owners, renumbered(parts)),
    joined: renumbered(joins),
    wholeNames: wholes.map(({ text }) => text),
    entryOfWhole: Uint32Array.from(wholes, ({ entry }) => entry),
  };
}

type Spellings = Pick<Vocabulary, 'named' | 'sounds' | 'bySound' | 'bySkeleton' | 'byPair' | 'longestSound'>;

/** Everything by which a misspelt word is found again. */
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

/** 1 for each term with a posting in a name, its entry's own or one that the entry involves. */
function namedOf(count: number, { starts, values }: Vocabulary['postings']): Uint8Array {
  const named = new Uint8Array(count);
  for (let term = 0; term < count; term++)
    for (let at = starts[term] ?? 0; at < (starts[term + 1] ?? 0); at++)
      if (((values[at] ?? 0) & ((1 << PLACE_BITS) - 1)) < 2) named[term] = 1;
  return named;
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
