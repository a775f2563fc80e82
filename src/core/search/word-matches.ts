/**
 * Matches each typed word with the terms it may mean, each with its likeness.
 *
 * Cheap look-ups come first: the word itself, its beginning, its sound. Typing errors, consonant skeletons and words
 * joined or split are tried only for a word that no name contains as typed.
 */
import type { Query } from './normalise.ts';
import { isDateWord, nearDates } from './date-reader.ts';
import { editDistance, allowedEdits } from './edit-distance.ts';
import { listAt } from './flat-lists.ts';
import { skeletonOf, soundOf } from './sounds.ts';
import { letterPairs, pairKey, rangeOf, termOf, type Vocabulary } from './vocabulary.ts';

export interface WordMatches {
  /** Term → likeness, above 0 and at most 1. */
  readonly likenessOf: ReadonlyMap<number, number>;
  /** Weight of the word in its query. */
  readonly weight: number;
}

/** The matches of each word of a query. `typing`: the last word may be unfinished, even if it is short. */
export function matchWords(query: Query, vocabulary: Vocabulary, typing: boolean): readonly WordMatches[] {
  const found: Map<number, number>[] = [];
  for (const [index, word] of query.words.entries()) {
    const isLast = index === query.words.length - 1;
    const again = isLast ? undefined : found[query.words.indexOf(word)];
    if (again) found.push(new Map(again));
    else
      found.push(
        termsFor(word, vocabulary, {
          romanised: query.romanised,
          begun: typing && isLast,
          // A beginning of two letters is enough when there are other words.
          shortest: typing ? 1 : index > 0 && isLast ? 2 : 3,
        }),
      );
  }
  joinApart(query.words, vocabulary, found);
  return found.map((likenessOf) => ({ likenessOf, weight: weightOf(likenessOf, vocabulary) }));
}

interface MatchOptions {
  readonly romanised: boolean;
  /** The word may be unfinished: compare it with beginnings of terms. */
  readonly begun: boolean;
  /** Fewest letters that may be the beginning of a longer word. */
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
  // A number matches only itself, or while typing a year that begins with it.
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

  addMisspelt(word, sound, vocabulary, options, take);
  addSameConsonants(sound, vocabulary, options, take);
  addSplit(word, vocabulary, take);
  return found;
}

type Take = (term: number | undefined, like: number) => void;

/** Terms looked at for one beginning. */
const MOST_BEGINNINGS = 500;

/**
 * Adds the terms that begin with `start`. The likeness falls with the length of the missing rest, but only a little, so
 * that an ending does not decide between two names. With three letters it stays too low for a sure answer.
 */
function addBeginnings(start: string, vocabulary: Vocabulary, take: Take): void {
  const [from, to] = rangeOf(vocabulary.terms, start);
  // One or two letters begin too many words. Whole names are found by `namesStartingWith`.
  const end = Math.min(to, from + MOST_BEGINNINGS);
  const most = 0.55 + 0.07 * start.length;
  for (let term = from; term < end; term++)
    take(term, Math.min(most, 0.78 + 0.12 * (start.length / (vocabulary.terms[term]?.length ?? 1))));
}

/** Adds the named terms within a few edits of the word, by spelling or by sound. */
function addMisspelt(
  word: string,
  sound: string,
  vocabulary: Vocabulary,
  { romanised, begun }: MatchOptions,
  take: Take,
): void {
  const bound = allowedEdits(word.length);
  if (bound === 0) return;
  // Sounds are shorter than words and more alike (hello, help), so fewer edits are allowed.
  const soundBound = Math.min(bound, allowedEdits(sound.length - 1));
  for (const term of similar(sound, bound, begun, vocabulary)) {
    const spelling = vocabulary.terms[term] ?? '';
    const termSound = vocabulary.sounds[term] ?? '';
    // Every script writes consonants and a vowel at the beginning: سلام is not Islam.
    const penalty = startsAlike(sound, termSound) ? 0 : 0.1;
    if (romanised && penalty > 0) continue;
    const bySpelling = editDistance(word, spelling, bound, begun);
    const bySound = editDistance(sound, termSound, soundBound, begun);
    if (bySpelling > bound && bySound > soundBound) continue;
    // Where only the sounds are close, the spelling differs as well: 0.3 more.
    const edits = Math.min(bySpelling, bySound > soundBound ? bySpelling : bySound + 0.3);
    const length = Math.max(word.length, Math.min(spelling.length, word.length + bound));
    take(term, 1 - (0.8 * edits) / length - penalty);
  }
}

function startsAlike(sound: string, other: string): boolean {
  return sound[0] === other[0] || skeletonOf(sound.slice(0, 1)) === skeletonOf(other.slice(0, 1));
}

/** Adds the terms with the same consonants. In another script they may be all that was written, so they count more. */
function addSameConsonants(sound: string, { bySkeleton }: Vocabulary, { romanised }: MatchOptions, take: Take): void {
  const skeleton = skeletonOf(sound);
  if (skeleton.length < 3) return;
  const like = romanised ? 0.86 : skeleton.length > 3 ? 0.8 : 0.72;
  for (const term of listAt(bySkeleton, bySkeleton.numberOf.get(skeleton))) take(term, like);
}

/** Terms compared letter by letter with one word: those that share the most letter pairs. */
const MOST_COMPARED = 250;

/** Most letters that may be missing at the end of an unfinished word with a typing error. */
const LONGEST_REST = 8;

/**
 * Named terms that share enough letter pairs with a sound to be within `bound` edits. An edit changes at most three
 * pairs. Sounds that are too long or too short are skipped.
 */
function similar(sound: string, bound: number, begun: boolean, vocabulary: Vocabulary): readonly number[] {
  const { byPair, longestSound, sounds } = vocabulary;
  // The end of an unfinished word is not its real end.
  const pairs = [...new Set(letterPairs(sound).slice(0, begun ? -1 : undefined))];
  const enough = Math.max(2, pairs.length - 3 * bound);
  const longest = Math.min(longestSound, sound.length + (begun ? LONGEST_REST : bound));
  // One byte a term, since a word has at most 101 pairs. A map was the slowest part of a search in 100,000 entries.
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

/** Adds both parts of a word that is two words of names written as one: southossetia. */
function addSplit(word: string, vocabulary: Vocabulary, take: Take): void {
  for (let at = 3; at <= word.length - 3; at++) {
    const [left, right] = [termOf(vocabulary, word.slice(0, at)), termOf(vocabulary, word.slice(at))];
    if (left === undefined || right === undefined || !vocabulary.named[left] || !vocabulary.named[right]) continue;
    take(left, 0.7);
    take(right, 0.7);
  }
}

/** Matches two neighbouring words that are one term written apart (ab khazia): both get that term. */
function joinApart(words: readonly string[], vocabulary: Vocabulary, found: readonly Map<number, number>[]): void {
  for (const [index, word] of words.slice(1).entries()) {
    const term = termOf(vocabulary, `${words[index]}${word}`);
    if (term === undefined) continue;
    for (const map of [found[index], found[index + 1]]) if (map && (map.get(term) ?? 0) < 0.95) map.set(term, 0.95);
  }
}

/** The rarity of the likeliest term; of the rarest one, if several are equally likely. */
function weightOf(likeness: ReadonlyMap<number, number>, { rarity, unknownRarity }: Vocabulary): number {
  let [best, weight] = [0, unknownRarity];
  for (const [term, like] of likeness)
    if (like > best || (like === best && (rarity[term] ?? 0) > weight)) [best, weight] = [like, rarity[term] ?? 0];
  return weight;
}
