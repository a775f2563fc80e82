/**
 * What a typed word may mean: the terms it is likely to stand for, each with its likeness.
 *
 * Cheap look-ups first (the word itself, a beginning, the same sound); slips, skeletons and words written together or
 * apart only for a word that no name has as typed.
 */
import type { Query } from './normalise.ts';
import { isDateWord, nearDates } from './date-reader.ts';
import { editDistance, allowedEdits } from './edit-distance.ts';
import { listAt } from './flat-lists.ts';
import { skeletonOf, soundOf } from './sounds.ts';
import { letterPairs, pairKey, rangeOf, termOf, type Vocabulary } from './vocabulary.ts';

/** What one typed word may mean: term → likeness in (0, 1]. */
export interface WordMatches {
  readonly likenessOf: ReadonlyMap<number, number>;
  /** What the word weighs among the others of its query. */
  readonly weight: number;
}

/** Readings of all words of a query. `typing`: the last word may be unfinished, however short. */
export function matchWords(query: Query, vocabulary: Vocabulary, typing: boolean): readonly WordMatches[] {
  const found: Map<number, number>[] = [];
  for (const [index, word] of query.words.entries()) {
    const isLast = index === query.words.length - 1;
    // A word typed again means the same again.
    const again = isLast ? undefined : found[query.words.indexOf(word)];
    if (again) found.push(new Map(again));
    else
      found.push(
        termsFor(word, vocabulary, {
          romanised: query.romanised,
          begun: typing && isLast,
          // Other words make up for a beginning of one or two letters.
          shortest: typing ? 1 : index > 0 && isLast ? 2 : 3,
        }),
      );
  }
  joinApart(query.words, vocabulary, found);
  return found.map((likenessOf) => ({ likenessOf, weight: weightOf(likenessOf, vocabulary) }));
}

interface Typed {
  readonly romanised: boolean;
  /** It is still being typed: slips are counted against beginnings of words. */
  readonly begun: boolean;
  /** Letters from which on it may be the beginning of a word. */
  readonly shortest: number;
}

function termsFor(word: string, vocabulary: Vocabulary, { romanised, begun, shortest }: Typed): Map<number, number> {
  const { named, bySound, bySkeleton, sounds, terms } = vocabulary;
  const found = new Map<number, number>();
  const take = (term: number | undefined, like: number) => {
    if (term !== undefined && like > (found.get(term) ?? 0)) found.set(term, like);
  };

  const exact = termOf(vocabulary, word);
  take(exact, 1);
  if (isDateWord(word)) for (const [near, trust] of nearDates(word)) take(termOf(vocabulary, near), trust);
  // A number is itself or nothing; only a year still being typed has a beginning.
  if (/^[dm]?\d+$/.test(word)) {
    if (begun && /^[12]\d{0,2}$/.test(word)) addBeginnings(`d${word}`, vocabulary, take);
    return found;
  }
  if (word.length >= shortest) addBeginnings(word, vocabulary, take);
  for (let length = word.length - 1; length >= Math.max(4, word.length - 3); length--)
    take(termOf(vocabulary, word.slice(0, length)), 0.86);
  const sound = soundOf(word);
  if (word.length >= 3) for (const term of listAt(bySound, bySound.numberOf.get(sound))) take(term, 0.95);
  if (exact !== undefined && named[exact] === 1) return found;

  const bound = allowedEdits(word.length);
  if (bound > 0)
    for (const term of similar(sound, bound, begun, vocabulary)) {
      const spelling = terms[term] ?? '';
      const heard = sounds[term] ?? '';
      // Consonants and a vowel at the beginning are always written, in every script: سلام is not Islam.
      const strange = startsAlike(sound, heard) ? 0 : 0.1;
      if (romanised && strange > 0) continue;
      const written = editDistance(word, spelling, bound, begun);
      // hello and help sound alike once letters are folded together: short sounds forgive nothing more.
      const spokenBound = Math.min(bound, allowedEdits(sound.length - 1));
      const spoken = editDistance(sound, heard, spokenBound, begun);
      if (written > bound && spoken > spokenBound) continue;
      // Another spelling of a sound is already a step away.
      const count = Math.min(written, spoken > spokenBound ? written : spoken + 0.3);
      const length = Math.max(word.length, Math.min(spelling.length, word.length + bound));
      take(term, 1 - (0.8 * count) / length - strange);
    }
  const skeleton = skeletonOf(sound);
  // Three consonants are shared by many words; in another script they may be all that was written.
  if (skeleton.length >= 3) {
    const trust = romanised ? 0.86 : skeleton.length > 3 ? 0.8 : 0.72;
    for (const term of listAt(bySkeleton, bySkeleton.numberOf.get(skeleton))) take(term, trust);
  }
  addSplit(word, vocabulary, take);
  return found;
}

function startsAlike(sound: string, other: string): boolean {
  return sound[0] === other[0] || skeletonOf(sound.slice(0, 1)) === skeletonOf(other.slice(0, 1));
}

type Take = (term: number | undefined, like: number) => void;

/** Words looked at for one beginning. */
const MOST_BEGINNINGS = 500;

/**
 * The longer the missing rest, the less sure; but never so much that a short ending decides between two names, and
 * three letters are never enough to be sure.
 */
function addBeginnings(start: string, vocabulary: Vocabulary, take: Take): void {
  const [from, to] = rangeOf(vocabulary.terms, start);
  // A letter or two begin more words than can matter; whole names are looked up apart, in rank.ts.
  const end = Math.min(to, from + MOST_BEGINNINGS);
  const most = 0.55 + 0.07 * start.length;
  for (let term = from; term < end; term++)
    take(term, Math.min(most, 0.78 + 0.12 * (start.length / (vocabulary.terms[term]?.length ?? 1))));
}

/** Terms compared letter by letter for one word: those with the most letter pairs in common. */
const MOST_COMPARED = 250;

/** Letters that may follow on a word begun with a slip; a longer rest is found once more of it is typed. */
const LONGEST_REST = 8;

/**
 * Named terms that share enough letter pairs with a sound to lie within `bound` slips; an exchange spoils three. Sounds
 * of a length out of reach are never looked at.
 */
function similar(sound: string, bound: number, begun: boolean, vocabulary: Vocabulary): readonly number[] {
  const { byPair, longestSound, sounds } = vocabulary;
  // The end of a word that is only begun says nothing.
  const pairs = [...new Set(letterPairs(sound).slice(0, begun ? -1 : undefined))];
  const enough = Math.max(2, pairs.length - 3 * bound);
  const longest = Math.min(longestSound, sound.length + (begun ? LONGEST_REST : bound));
  // One byte a term: a word has at most 101 pairs, and a map was the dearest part of a search among 100,000 entries.
  const shared = new Uint8Array(sounds.length);
  const alike: number[] = [];
  for (const pair of pairs)
    for (let length = Math.max(1, sound.length - bound); length <= longest; length++)
      for (const term of listAt(byPair, byPair.numberOf.get(pairKey(pair, length)))) {
        const count = (shared[term] ?? 0) + 1;
        shared[term] = count;
        if (count === enough) alike.push(term);
      }
  if (alike.length <= MOST_COMPARED) return alike;
  const withCount: number[][] = pairs.map(() => []);
  for (const term of alike) withCount[(shared[term] ?? 1) - 1]?.push(term);
  return withCount.toReversed().flat().slice(0, MOST_COMPARED);
}

/** southossetia: two words of names written as one, where no name has them side by side. */
function addSplit(word: string, vocabulary: Vocabulary, take: Take): void {
  for (let at = 3; at <= word.length - 3; at++) {
    const [left, right] = [termOf(vocabulary, word.slice(0, at)), termOf(vocabulary, word.slice(at))];
    if (left === undefined || right === undefined || !vocabulary.named[left] || !vocabulary.named[right]) continue;
    take(left, 0.7);
    take(right, 0.7);
  }
}

/** ab khazia: neighbours that only together are a word. Both then mean that word. */
function joinApart(words: readonly string[], vocabulary: Vocabulary, found: readonly Map<number, number>[]): void {
  for (const [index, word] of words.slice(1).entries()) {
    const term = termOf(vocabulary, `${words[index]}${word}`);
    if (term === undefined) continue;
    for (const map of [found[index], found[index + 1]]) if (map && (map.get(term) ?? 0) < 0.95) map.set(term, 0.95);
  }
}

/** A word weighs as much as the rarest of its likeliest meanings. */
function weightOf(likeness: ReadonlyMap<number, number>, { rarity, unknownRarity }: Vocabulary): number {
  let [best, weight] = [0, unknownRarity];
  for (const [term, like] of likeness)
    if (like > best || (like === best && (rarity[term] ?? 0) > weight)) [best, weight] = [like, rarity[term] ?? 0];
  return weight;
}
