/**
 * Synonyms: words that mean the same, in all languages of the search. Each pack lists its own groups of synonyms,
 * because synonyms depend on the subject. If a member types a word of a group, the search also finds entries with any
 * other word of the group.
 *
 * A typed word is found in a group even if it has another ending than the word in the group. Compound words are split
 * into two parts. The search has no other rules of grammar.
 */
import { queryWords, type Query } from './normalise.ts';
import { isOtherScript, isStopWord } from './stopwords.ts';
import { rangeOf, termOf, type Vocabulary } from './vocabulary.ts';

/** The terms that mean the same as a typed word. */
export interface Meaning {
  readonly terms: ReadonlySet<number>;
  /**
   * The rarity of all terms together, calculated as for a single term (see `rarity` in `vocabulary.ts`). The entry
   * counts of the terms are added, so an entry that contains two of the terms counts twice.
   */
  readonly rarity: number;
}

export interface Synonyms {
  /**
   * The meanings of each word of a query. If the query contains a phrase from a group, each word of the phrase has the
   * meaning of the group.
   */
  meaningsOf(words: readonly string[]): readonly (readonly Meaning[])[];
  /** Splits each compound word of a query, such as Inselstreit, into its two parts. */
  split(query: Query): Query;
}

/**
 * When a typed word is compared with a word in a group, the endings of both words are ignored. The ending of the typed
 * word has at most this number of letters. The ending of the word in the group has at most one letter fewer.
 */
const LONGEST_ENDING = 3;
/** Minimum number of letters that remain after an ending is cut off from a word in a group. */
const SHORTEST_STEM = 5;
/**
 * Minimum number of letters that remain after an ending of `ending` letters is cut off from a typed word. If the
 * longest ending is cut off, five letters must remain. Therefore "tourism" is not read as "tour" with the ending "ism".
 */
const shortestBefore = (ending: number): number => (ending < LONGEST_ENDING ? 4 : 5);
/** Minimum length of the second part of a compound word. The first part may be one letter shorter. */
const SHORTEST_PART = 4;
const MOST_PHRASE_WORDS = 3;
/** Letters between the parts of German compound words. */
const links = ['', 's', 'es', 'n', 'en'] as const;

/** Each item of `groups` lists words and phrases that mean the same. */
export function createSynonyms(groups: readonly (readonly string[])[], vocabulary: Vocabulary): Synonyms {
  const byWord = new Map<string, Set<number>>();
  const byStem = new Map<string, Set<number>>();
  const put = (map: Map<string, Set<number>>, key: string, group: number) =>
    map.set(key, (map.get(key) ?? new Set()).add(group));
  const folded = groups.map((group) =>
    group
      .map((text) => queryWords(text).filter((word) => !isStopWord(word, isOtherScript(text))))
      .filter((words) => words.length > 0),
  );
  for (const [group, members] of folded.entries())
    for (const words of members) {
      const key = words.join(' ');
      put(byWord, key, group);
      if (words.length === 1)
        for (let length = Math.max(SHORTEST_STEM, key.length - 2); length <= key.length; length++)
          put(byStem, key.slice(0, length), group);
    }
  const meanings = folded.map((members) => meaningOf(members, vocabulary));

  const groupsOf = (word: string): readonly number[] => {
    const exact = byWord.get(word);
    if (exact) return [...exact];
    for (let cut = 1; cut <= LONGEST_ENDING && word.length - cut >= shortestBefore(cut); cut++) {
      const stem = word.slice(0, -cut);
      const found = byWord.get(stem) ?? (cut < LONGEST_ENDING ? byStem.get(stem) : undefined);
      if (found) return [...found];
    }
    return [...(byStem.get(word) ?? [])];
  };
  const isKnown = (word: string) => groupsOf(word).length > 0 || termOf(vocabulary, word) !== undefined;

  return {
    meaningsOf(words) {
      const found = words.map((word) => new Set(groupsOf(word)));
      for (let count = 2; count <= MOST_PHRASE_WORDS; count++)
        for (let at = 0; at + count <= words.length; at++)
          for (const group of byWord.get(words.slice(at, at + count).join(' ')) ?? [])
            for (const set of found.slice(at, at + count)) set.add(group);
      return found.map((set) => [...set].flatMap((group) => meanings[group] ?? []));
    },
    split: (query) =>
      groups.length === 0
        ? query
        : {
            ...query,
            words: query.words.flatMap((word) => (isKnown(word) ? [word] : (partsOf(word, isKnown) ?? [word]))),
          },
  };
}

function meaningOf(members: readonly (readonly string[])[], vocabulary: Vocabulary): Meaning {
  const { postings, terms, entryCount } = vocabulary;
  const countOf = (term: number) => (postings.starts[term + 1] ?? 0) - (postings.starts[term] ?? 0);
  const found = new Set<number>();
  for (const words of members) {
    // Only the rarest word of a phrase is used, because the other words often have other meanings outside the phrase.
    const known = words.map((word) => termOf(vocabulary, word));
    const rarest = known.reduce((best, term) =>
      best === undefined || term === undefined ? undefined : countOf(term) < countOf(best) ? term : best,
    );
    if (rarest !== undefined) found.add(rarest);
    const [only = ''] = words;
    if (words.length > 1 || only.length < 4) continue;
    const [from, to] = rangeOf(terms, only);
    for (let term = from; term < to; term++)
      if ((terms[term]?.length ?? 0) - only.length < LONGEST_ENDING) found.add(term);
  }
  const count = [...found].reduce((sum, term) => sum + countOf(term), 0);
  return { terms: found, rarity: Math.log(1 + (2 * entryCount) / Math.max(1, Math.min(count, entryCount))) };
}

/** The two parts of a compound word. Undefined if the word cannot be split into two known words. */
function partsOf(word: string, isKnown: (word: string) => boolean): readonly string[] | undefined {
  for (let at = word.length - SHORTEST_PART; at >= SHORTEST_PART - 1; at--) {
    const right = word.slice(at);
    if (!isKnown(right)) continue;
    const left = links
      .filter((link) => word.slice(0, at).endsWith(link))
      .map((link) => word.slice(0, at - link.length))
      .find((part) => part.length >= SHORTEST_PART - 1 && isKnown(part));
    if (left !== undefined) return [left, right];
  }
  return undefined;
}
