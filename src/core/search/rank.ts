/**
 * Calculates the confidence of each candidate entry. The confidence depends mostly on coverage, which is the part of
 * the query that the entry contains. A small part of the confidence depends on how well the best-fitting name of the
 * entry matches the whole query.
 */
import type { SearchCandidate } from './search-candidates.ts';
import type { Query } from './normalise.ts';
import type { WordMatches } from './word-matches.ts';
import { CERTAIN } from './word-weights.ts';
import { holds, NO_TERM, rangeOf, termOf, type Vocabulary } from './vocabulary.ts';

/**
 * Exponent of the coverage. It is above 1, so that an entry with all words of the query ranks above an entry with only
 * the rarest word.
 */
const COVERAGE_POWER = 1.5;
/** The part of the confidence that depends on how well a name fits. The rest depends on coverage alone. */
const NAME_SHARE = 0.16;

export interface Ranked {
  readonly entry: number;
  /**
   * Index of the entry's best-fitting name in the list of all names. If no name fits, the index of the entry's title.
   */
  readonly name: number;
  /** From 0 to 1. The limits for this value are in `confidence-limits.ts`. */
  readonly confidence: number;
  /** Like `confidence`, but calculated with the strict weights of the words (see `word-weights.ts`). */
  readonly strict: number;
  /**
   * How well the name with index `name` fits the query, from 0 to 1. The fit is 1 only if the name equals the query
   * word for word.
   */
  readonly fit: number;
}

/** The candidates with their confidence, in unchanged order. */
export function rankCandidates(
  candidates: readonly SearchCandidate[],
  { words }: Query,
  matches: readonly WordMatches[],
  vocabulary: Vocabulary,
): readonly Ranked[] {
  const { namesOf } = vocabulary;
  const typed = words.map((word) => termOf(vocabulary, word) ?? NO_TERM);
  const total = matches.reduce((sum, { weight }) => sum + weight, 0);
  const matching = wordsByTerm(matches);
  return candidates.map(({ entry, cover, strictCover }) => {
    let [fit, name] = [0, namesOf.values[namesOf.starts[entry] ?? 0] ?? 0];
    for (let at = namesOf.starts[entry] ?? 0; at < (namesOf.starts[entry + 1] ?? 0) && fit < 1; at++) {
      const other = namesOf.values[at] ?? 0;
      const otherFit = fitOf(other, typed, matches, matching, total, vocabulary);
      if (otherFit > fit) [fit, name] = [otherFit, other];
    }
    const byName = 1 - NAME_SHARE + NAME_SHARE * fit;
    return {
      entry,
      name,
      confidence: cover ** COVERAGE_POWER * byName,
      strict: strictCover ** COVERAGE_POWER * byName,
      fit,
    };
  });
}

/**
 * The fit of a name is at least this value if the name and the query have the same words, even if some of the words are
 * spelt differently.
 */
export const SPELT_OTHERWISE = 0.97;

/** The words of the query that the entry does not contain. A match with a likeness below `least` does not count. */
export function missingWords(
  entry: number,
  matches: readonly WordMatches[],
  vocabulary: Vocabulary,
  least = CERTAIN,
): readonly WordMatches[] {
  return matches.filter(({ likenessOf }) => {
    for (const [term, like] of likenessOf) if (like >= least && holds(vocabulary, entry, term)) return false;
    return true;
  });
}

/**
 * Maximum number of names that are read for one prefix. Many names begin with the same letter, and Discord shows only
 * 25 choices.
 */
const MOST_BEGUN = 100;

/**
 * Entries with a name that starts with the typed text, as a map from entry to confidence. Stop words are compared too.
 */
export function namesStartingWith(
  { typed }: Query,
  { wholeNames, entryOfWhole }: Vocabulary,
): ReadonlyMap<number, number> {
  const start = typed.join(' ');
  const found = new Map<number, number>();
  if (start === '') return found;
  // If a name begins with two or more typed words, such as "the russian", this is rarely a coincidence. Therefore the
  // confidence is higher than for one word.
  const rest = typed.length > 1 ? 0.9 : 0.75;
  const [from, to] = rangeOf(wholeNames, start);
  for (let place = from; place < Math.min(to, from + MOST_BEGUN); place++) {
    const entry = entryOfWhole[place] ?? 0;
    const confidence = rest + (1 - rest) * (start.length / (wholeNames[place]?.length ?? 1));
    found.set(entry, Math.max(found.get(entry) ?? 0, confidence));
  }
  return found;
}

/** Whether a name has exactly these words. */
function isNamed(name: number, words: readonly number[], { nameTerms: { starts, values } }: Vocabulary): boolean {
  const from = starts[name] ?? 0;
  return words.length === (starts[name + 1] ?? 0) - from && words.every((word, index) => word === values[from + index]);
}

/**
 * Term → the words of the query that match the term, in the order of the query. Each word is given by its index and its
 * likeness to the term.
 */
type WordsByTerm = ReadonlyMap<number, readonly (readonly [word: number, like: number])[]>;

function wordsByTerm(matches: readonly WordMatches[]): WordsByTerm {
  const words = new Map<number, [word: number, like: number][]>();
  for (const [word, { likenessOf }] of matches.entries())
    for (const [term, like] of likenessOf) {
      const list = words.get(term);
      if (list) list.push([word, like]);
      else words.set(term, [[word, like]]);
    }
  return words;
}

// `matched` has the likeness of each word of a name, and `best` the likeness of each word of the query. The arrays are
// reused for all names, because each key press compares many names.
let matched = new Float64Array(16);
let best = new Float64Array(16);

/**
 * How well a name matches the query: the harmonic mean (F1) of two fractions. One is the part of the query that occurs
 * in the name, the other is the part of the name that occurs in the query.
 */
function fitOf(
  name: number,
  typed: readonly number[],
  matches: readonly WordMatches[],
  matching: WordsByTerm,
  total: number,
  vocabulary: Vocabulary,
): number {
  const {
    nameTerms: { starts, values },
    joined,
    rarity,
  } = vocabulary;
  if (isNamed(name, typed, vocabulary)) return 1;
  const from = starts[name] ?? 0;
  const length = (starts[name + 1] ?? 0) - from;
  if (matched.length <= length) matched = new Float64Array(2 * length);
  if (best.length < matches.length) best = new Float64Array(2 * matches.length);
  matched.fill(0, 0, length + 1);
  best.fill(0, 0, matches.length);
  for (let index = 0; index < length; index++) {
    const alone = matching.get(values[from + index] ?? NO_TERM) ?? [];
    for (const [word, like] of alone) {
      best[word] = Math.max(best[word] ?? 0, like);
      matched[index] = Math.max(matched[index] ?? 0, like);
    }
    // Two neighbouring words of a name can match as one joined word. This match is used only if it is better than the
    // match of the first word alone.
    for (const [word, like] of matching.get(joined[from + index] ?? NO_TERM) ?? []) {
      if (like <= (alone.find(([other]) => other === word)?.[1] ?? 0)) continue;
      best[word] = Math.max(best[word] ?? 0, like);
      matched[index] = Math.max(matched[index] ?? 0, like);
      matched[index + 1] = Math.max(matched[index + 1] ?? 0, like);
    }
  }
  let [explained, leastExplained] = [0, 1];
  for (const [word, { weight }] of matches.entries()) {
    explained += weight * (best[word] ?? 0);
    leastExplained = Math.min(leastExplained, best[word] ?? 0);
  }
  let [met, whole, leastMatched] = [0, 0, 1];
  for (let index = 0; index < length; index++) {
    const weight = rarity[values[from + index] ?? NO_TERM] ?? 0;
    met += weight * (matched[index] ?? 0);
    whole += weight;
    leastMatched = Math.min(leastMatched, matched[index] ?? 0);
  }
  const [precision, recall] = [explained / total, whole === 0 ? 0 : met / whole];
  if (precision + recall === 0) return 0;
  const isSpeltOtherwise = Math.min(leastExplained, leastMatched) >= CERTAIN;
  // A fit of exactly 1 is reserved for names that equal the query word for word.
  return Math.min(
    0.999,
    Math.max(isSpeltOtherwise ? SPELT_OTHERWISE : 0, (2 * precision * recall) / (precision + recall)),
  );
}
