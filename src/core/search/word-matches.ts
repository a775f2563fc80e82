/**
 * For each typed word, finds the terms of the index that the word may mean. Each term gets a likeness from 0 to 1. Fast
 * look-ups come first: the word itself, terms that begin with the word, and terms with the same sound, which is a
 * phonetic key (see `sounds.ts`). The slow look-ups follow only if no name contains the typed word. The slow look-ups
 * find misspelt words, terms with the same consonants, and two terms that were typed without a space between them. At
 * the end, the synonyms of all words are added, and the terms that two neighbouring words form together.
 */
import { LRUCache } from 'lru-cache';
import type { Query } from './normalise.ts';
import { isDateWord, nearDates, otherYears } from './date-reader.ts';
import { allowedEdits, editDistance } from './edit-distance.ts';
import { listAt } from './flat-lists.ts';
import { skeletonOf, soundOf } from './sounds.ts';
import { namesOfPlace } from './state-names.ts';
import type { Synonyms } from './synonyms.ts';
import { letterPairs, pairKey, rangeOf, termOf, type Vocabulary } from './vocabulary.ts';
import { weigh, type WordWeight } from './word-weights.ts';

export interface WordMatches extends WordWeight {
  /** Term → likeness of the typed word to the term, above 0 and at most 1. */
  readonly likenessOf: ReadonlyMap<number, number>;
}

/** Finds the terms that each word of a query matches. If `typing` is true, the last word may be unfinished. */
export type WordMatcher = (query: Query, typing: boolean) => readonly WordMatches[];

/**
 * Maximum number of words whose terms are remembered. While a member types the last word of a query, each key press
 * searches the earlier words again.
 */
const MOST_REMEMBERED = 64;

export function createWordMatcher(vocabulary: Vocabulary, synonyms: Synonyms): WordMatcher {
  const remembered = new LRUCache<string, ReadonlyMap<number, number>>({ max: MOST_REMEMBERED });
  const termsForEarlier = (word: string, options: MatchOptions) => {
    const key = `${word} ${options.romanised} ${options.shortest}`;
    let known = remembered.get(key);
    if (known === undefined) {
      known = termsFor(word, vocabulary, options);
      remembered.set(key, known);
    }
    // The matches of a query are changed below, so the remembered map is copied.
    return new Map(known);
  };
  return ({ words, romanised }, typing) => {
    const last = words.length - 1;
    const found = words.map((word, index) =>
      index < last
        ? termsForEarlier(word, { romanised, isAlone: false, begun: false, shortest: typing ? 1 : 3 })
        : termsFor(word, vocabulary, {
            romanised,
            isAlone: last === 0,
            begun: typing,
            // If the query has several words, two letters of the last word are enough to match it as a prefix.
            shortest: typing ? 1 : last > 0 ? 2 : 3,
          }),
    );
    joinApart(words, vocabulary, found);
    const meanings = synonyms.meaningsOf(words);
    return found.map((likenessOf, index) => {
      const own = meanings[index] ?? [];
      for (const { terms } of own)
        for (const term of terms) likenessOf.set(term, Math.max(likenessOf.get(term) ?? 0, SAME_MEANING));
      return { likenessOf, ...weigh(words[index] ?? '', likenessOf, own, vocabulary) };
    });
  };
}

/** Likeness of a word to another word with the same meaning. */
const SAME_MEANING = 0.9;

interface MatchOptions {
  readonly romanised: boolean;
  /** Whether this is the only word of the query. */
  readonly isAlone: boolean;
  /** Whether the word may be unfinished. An unfinished word is compared with prefixes of terms. */
  readonly begun: boolean;
  /** If the word has at least this many letters, it also matches longer terms that begin with the word. */
  readonly shortest: number;
}

function termsFor(word: string, vocabulary: Vocabulary, options: MatchOptions): Map<number, number> {
  const { named, bySound } = vocabulary;
  const { begun, shortest } = options;
  const found = new Map<number, number>();
  const take: Take = (term, like) => {
    if (term !== undefined && like > (found.get(term) ?? 0)) found.set(term, like);
  };

  const exact = termOf(vocabulary, word);
  take(exact, 1);
  if (isDateWord(word)) for (const [near, trust] of nearDates(word)) take(termOf(vocabulary, near), trust);
  // A number or date matches only itself, the similar dates that were added above, and these years:
  // - if the query is in a script other than Latin and the number can be a year of the Iranian or Islamic calendar: the
  //   Gregorian years that overlap this year
  // - while the member is typing: the years that begin with the number
  if (/^[dmp]?\d+$/.test(word)) {
    if (options.romanised) for (const [near, trust] of otherYears(word)) take(termOf(vocabulary, near), trust);
    if (begun && /^[12]\d{0,2}$/.test(word)) addBeginnings(`d${word}`, vocabulary, take);
    return found;
  }
  if (word.length >= shortest) addBeginnings(word, vocabulary, take);
  for (let length = word.length - 1; length >= Math.max(4, word.length - 3); length--)
    take(termOf(vocabulary, word.slice(0, length)), 0.86);
  if (options.romanised) for (const other of withOtherArticle(word)) take(termOf(vocabulary, other), 0.95);
  const sound = soundOf(word);
  if (word.length >= 3) for (const term of listAt(bySound, bySound.numberOf.get(sound))) take(term, 0.95);
  if (exact !== undefined && named[exact] === 1) return found;
  // If the word is the name of a place, it is not treated as a misspelling. Otherwise the name of one state could match
  // the similar name of another state, such as Mali and Malta.
  const place = word.length > 3 || options.romanised ? namesOfPlace(word) : undefined;
  if (place) {
    for (const name of place) take(termOf(vocabulary, name), 0.95);
    return found;
  }

  addMisspelt(word, sound, vocabulary, options, take);
  addSameConsonants(sound, vocabulary, options, take);
  addSplit(word, vocabulary, take);
  return found;
}

/**
 * If a romanised Arabic word has at least six letters and begins with the article al-, returns the word without the
 * article. Otherwise returns the word with the article added. Empty if the word has fewer than three letters.
 */
function withOtherArticle(word: string): readonly string[] {
  if (word.length < 3) return [];
  return word.length >= 6 && word.startsWith('al') ? [word.slice(2)] : [`al${word}`];
}

type Take = (term: number | undefined, like: number) => void;

/** Maximum number of terms that are read for one prefix. */
const MOST_BEGINNINGS = 500;

/**
 * Adds the terms that begin with `start`. Longer terms have a slightly lower likeness. The difference is small, because
 * the length of a word ending should not decide between two names. If `start` has only three letters, the likeness is
 * too low for a sure answer.
 */
function addBeginnings(start: string, vocabulary: Vocabulary, take: Take): void {
  const [from, to] = rangeOf(vocabulary.terms, start);
  // The number of terms is limited, because too many words begin with the same one or two letters. Whole names are
  // found by `namesStartingWith`.
  const end = Math.min(to, from + MOST_BEGINNINGS);
  const most = 0.55 + 0.07 * start.length;
  for (let term = from; term < end; term++)
    take(term, Math.min(most, 0.78 + 0.12 * (start.length / (vocabulary.terms[term]?.length ?? 1))));
}

/**
 * Adds the terms whose spelling or sound is only a few edits away from the spelling or sound of the word. Only terms
 * that occur in names are added.
 */
function addMisspelt(
  word: string,
  sound: string,
  vocabulary: Vocabulary,
  { romanised, begun, isAlone }: MatchOptions,
  take: Take,
): void {
  // If the query is a single word of four letters, no edits are allowed. Such a word is often an acronym, and changing
  // a letter would make it a different acronym.
  const bound = isAlone && word.length < 5 ? 0 : allowedEdits(word.length);
  if (bound === 0) return;
  // Fewer edits are allowed between sounds than between spellings. Sounds are shorter than spellings, and different
  // words often have similar sounds (hello, help).
  const soundBound = Math.min(bound, allowedEdits(sound.length - 1));
  for (const term of similar(sound, bound, begun, vocabulary)) {
    const spelling = vocabulary.terms[term] ?? '';
    const termSound = vocabulary.sounds[term] ?? '';
    // A different first sound lowers the likeness. If the query is in a script other than Latin, it excludes the term:
    // these scripts write the first sound of a word even if it is a vowel, so سلام is not Islam.
    const penalty = startsAlike(sound, termSound) ? 0 : 0.1;
    if (romanised && penalty > 0) continue;
    const bySpelling = editDistance(word, spelling, bound, begun);
    // A similar sound is weaker evidence than a similar spelling, because different spellings can have the same sound.
    // Therefore 0.3 is added to the edit distance between the sounds. With this addition, the distance between the
    // sounds is useful only if it is smaller than the distance between the spellings.
    const most = Math.min(soundBound, bySpelling - 1);
    const bySound = editDistance(sound, termSound, most, begun);
    if (bySpelling > bound && bySound > most) continue;
    const edits = bySound > most ? bySpelling : bySound + 0.3;
    // If the first sounds differ, the term is accepted only if there is a single typing error.
    if (penalty > 0 && edits >= 2) continue;
    const length = Math.max(word.length, Math.min(spelling.length, word.length + bound));
    take(term, 1 - (0.8 * edits) / length - penalty);
  }
}

function startsAlike(sound: string, other: string): boolean {
  return sound[0] === other[0] || (startsWithVowel(sound) && startsWithVowel(other));
}

const startsWithVowel = (sound: string) => 'aeiou'.includes(sound[0] ?? ' ');

/**
 * Adds the terms with the same consonants. The likeness is higher if the query was typed in a script other than
 * Latin, because such a script may not write vowels.
 */
function addSameConsonants(sound: string, { bySkeleton }: Vocabulary, { romanised }: MatchOptions, take: Take): void {
  const skeleton = skeletonOf(sound);
  if (skeleton.length < 3) return;
  const like = romanised ? 0.86 : skeleton.length > 3 ? 0.8 : 0.58;
  for (const term of listAt(bySkeleton, bySkeleton.numberOf.get(skeleton))) take(term, like);
}

/**
 * Maximum number of terms whose edit distance to a word is computed. The terms that share the most letter pairs with
 * the word are chosen.
 */
const MOST_COMPARED = 250;

/**
 * For each term, the number of letter pairs that the term has in common with the word. One byte is enough, because a
 * query word has fewer than 256 pairs. The array is allocated once and used for all words.
 */
let shared = new Uint8Array(0);

/** Maximum number of letters that may be missing at the end of an unfinished word with a typing error. */
const LONGEST_REST = 8;

/**
 * For two words that are at most `bound` edits apart, returns the maximum number of letter pairs of the first word that
 * the second word may lack. `longer` is the length of the second word minus the length of the first.
 *
 * An inserted letter changes one pair, a deleted or replaced letter two, and two swapped letters three. One more pair
 * may differ, because two letters of a spelling can be one letter of a sound (`sh`).
 */
function changedPairs(bound: number, longer: number): number {
  const edits = Math.abs(longer);
  const ofLength = (longer > 0 ? 1 : 2) * edits;
  return Math.min(3 * bound, ofLength + 3 * (bound - edits) + 1);
}

/**
 * The terms whose sounds have enough letter pairs in common with `sound`. With fewer common pairs, the distance would
 * exceed `bound`. Sounds that are too long or too short are skipped. Only terms that occur in names have a sound.
 */
function similar(sound: string, bound: number, begun: boolean, vocabulary: Vocabulary): readonly number[] {
  const { byPair, longestSound, sounds } = vocabulary;
  // The last pair marks the end of the word. It is left out if the word is unfinished.
  const pairs = [...new Set(letterPairs(sound).slice(0, begun ? -1 : undefined))];
  const longest = Math.min(longestSound, sound.length + (begun ? LONGEST_REST : bound));
  if (shared.length < sounds.length) shared = new Uint8Array(sounds.length);
  const counts = shared.fill(0);
  const { numberOf, starts, values } = byPair;
  const alike: number[] = [];
  for (let length = Math.max(1, sound.length - bound); length <= longest; length++) {
    // If the word is unfinished, the letters that are missing at its end do not count as edits.
    const longer = begun ? Math.min(0, length - sound.length) : length - sound.length;
    const enough = Math.max(2, pairs.length - changedPairs(bound, longer));
    for (const pair of pairs) {
      const list = numberOf.get(pairKey(pair, length));
      if (list === undefined) continue;
      const to = starts[list + 1] ?? 0;
      for (let at = starts[list] ?? 0; at < to; at++) {
        const term = values[at] ?? 0;
        const count = (counts[term] ?? 0) + 1;
        counts[term] = count;
        if (count === enough) alike.push(term);
      }
    }
  }
  return alike.length <= MOST_COMPARED ? alike : mostAlike(alike, counts);
}

/**
 * The MOST_COMPARED terms with the highest counts. If too many terms share the lowest of these counts, the terms that
 * come first in `terms` are used.
 */
function mostAlike(terms: readonly number[], counts: Uint8Array): readonly number[] {
  const termsWith = new Uint32Array(256);
  for (const term of terms) {
    const count = counts[term] ?? 0;
    termsWith[count] = (termsWith[count] ?? 0) + 1;
  }
  let [least, left] = [255, MOST_COMPARED];
  while ((termsWith[least] ?? 0) < left) left -= termsWith[least--] ?? 0;
  const most: number[] = [];
  for (const term of terms) {
    const count = counts[term] ?? 0;
    if (count > least || (count === least && left-- > 0)) most.push(term);
  }
  return most;
}

/** If a word such as southossetia can be split into two terms that both occur in names, adds both terms. */
function addSplit(word: string, vocabulary: Vocabulary, take: Take): void {
  for (let at = 3; at <= word.length - 3; at++) {
    const [left, right] = [termOf(vocabulary, word.slice(0, at)), termOf(vocabulary, word.slice(at))];
    if (left === undefined || right === undefined || !vocabulary.named[left] || !vocabulary.named[right]) continue;
    take(left, 0.7);
    take(right, 0.7);
  }
}

/**
 * If two neighbouring words of the query form a term when written together, such as "ab khazia", adds this term to the
 * matches of both words.
 */
function joinApart(words: readonly string[], vocabulary: Vocabulary, found: readonly Map<number, number>[]): void {
  for (const [index, word] of words.slice(1).entries()) {
    const term = termOf(vocabulary, `${words[index]}${word}`);
    if (term === undefined) continue;
    for (const map of [found[index], found[index + 1]]) if (map && (map.get(term) ?? 0) < 0.95) map.set(term, 0.95);
  }
}
