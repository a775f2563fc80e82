/**
 * The confidence of each candidate: mostly how much of the query it covers, and to a small part how well one of its names
 * fits the whole query.
 */
import type { SearchCandidate } from './search-candidates.ts';
import type { Query } from './normalise.ts';
import type { WordMatches } from './word-matches.ts';
import { holds, NO_TERM, rangeOf, termOf, type Vocabulary } from './vocabulary.ts';

/** Makes a missing word cost more than its share: an entry with all words beats one with only the rarest. */
const COVERAGE_POWER = 1.5;
/** Share of the confidence that comes from the fit of a name; the rest is coverage. */
const NAME_SHARE = 0.16;

export interface Ranked {
  readonly entry: number;
  /** Number of its name that fits best; its title if none fits. */
  readonly name: number;
  /** From 0 to 1; `confidence-limits.ts` says what it means. */
  readonly confidence: number;
  /** Whether one of its names is exactly the query. */
  readonly named: boolean;
}

/** The candidates with their confidence, unsorted. */
export function rankCandidates(
  candidates: readonly SearchCandidate[],
  { words }: Query,
  matches: readonly WordMatches[],
  vocabulary: Vocabulary,
): readonly Ranked[] {
  const { namesOf } = vocabulary;
  const typed = words.map((word) => termOf(vocabulary, word) ?? NO_TERM);
  const total = matches.reduce((sum, { weight }) => sum + weight, 0);
  return candidates.map(({ entry, cover }) => {
    let [fit, name] = [0, namesOf.values[namesOf.starts[entry] ?? 0] ?? 0];
    for (let at = namesOf.starts[entry] ?? 0; at < (namesOf.starts[entry + 1] ?? 0) && fit < 1; at++) {
      const other = namesOf.values[at] ?? 0;
      const otherFit = fitOf(other, typed, matches, total, vocabulary);
      if (otherFit > fit) [fit, name] = [otherFit, other];
    }
    return { entry, name, confidence: cover ** COVERAGE_POWER * (1 - NAME_SHARE + NAME_SHARE * fit), named: fit === 1 };
  });
}

/** A match below this likeness is a guess, such as another first letter or only the consonants. */
const CERTAIN = 0.75;

/** Whether the entry has every word of the query without a guess. */
export function hasEveryWord(entry: number, matches: readonly WordMatches[], vocabulary: Vocabulary): boolean {
  return matches.every(({ likenessOf }) => {
    for (const [term, like] of likenessOf) if (like >= CERTAIN && holds(vocabulary, entry, term)) return true;
    return false;
  });
}

/** Names looked at for one beginning. A single letter begins many, and a list of choices shows only 25. */
const MOST_BEGUN = 100;

/** Entries with a name that begins with the typed text, stop words included: entry → confidence. */
export function namesStartingWith(
  { typed }: Query,
  { wholeNames, entryOfWhole }: Vocabulary,
): ReadonlyMap<number, number> {
  const start = typed.join(' ');
  const found = new Map<number, number>();
  if (start === '') return found;
  const [from, to] = rangeOf(wholeNames, start);
  for (let place = from; place < Math.min(to, from + MOST_BEGUN); place++) {
    const entry = entryOfWhole[place] ?? 0;
    const confidence = 0.75 + 0.25 * (start.length / (wholeNames[place]?.length ?? 1));
    found.set(entry, Math.max(found.get(entry) ?? 0, confidence));
  }
  return found;
}

/** The fit of a name: how much of the query it explains and how much of it the query has (harmonic mean, F1). */
function fitOf(
  name: number,
  typed: readonly number[],
  matches: readonly WordMatches[],
  total: number,
  { nameTerms, joined, rarity }: Vocabulary,
): number {
  const from = nameTerms.starts[name] ?? 0;
  const terms = nameTerms.values.subarray(from, nameTerms.starts[name + 1]);
  if (terms.length === typed.length && typed.every((term, index) => term === terms[index])) return 1;
  const matched = new Float64Array(terms.length + 1);
  let explained = 0;
  for (const { likenessOf, weight } of matches) {
    let best = 0;
    for (let index = 0; index < terms.length; index++) {
      const alone = likenessOf.get(terms[index] ?? NO_TERM) ?? 0;
      const together = likenessOf.get(joined[from + index] ?? NO_TERM) ?? 0;
      // Two words count as joined only where that matches better than the first word alone.
      const pair = together > alone ? together : 0;
      matched[index] = Math.max(matched[index] ?? 0, alone, pair);
      if (pair > 0) matched[index + 1] = Math.max(matched[index + 1] ?? 0, pair);
      best = Math.max(best, alone, pair);
    }
    explained += weight * best;
  }
  let [met, whole] = [0, 0];
  for (let index = 0; index < terms.length; index++) {
    const weight = rarity[terms[index] ?? NO_TERM] ?? 0;
    met += weight * (matched[index] ?? 0);
    whole += weight;
  }
  const [precision, recall] = [explained / total, whole === 0 ? 0 : met / whole];
  // A fit of exactly 1 is reserved for a name that is the query word for word.
  return precision + recall === 0 ? 0 : Math.min(0.999, (2 * precision * recall) / (precision + recall));
}
