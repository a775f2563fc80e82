/**
 * The order of the candidates and how sure it is: coverage of the words first, then how well one of the entry's own
 * names fits the query as a whole, then Fuse as the judge of close calls.
 */
import type { SearchCandidate } from './search-candidates.ts';
import type { Query } from './normalise.ts';
import type { WordMatches } from './word-matches.ts';
import { holds, NO_TERM, rangeOf, termOf, type Vocabulary } from './vocabulary.ts';

/** A missing word costs more than its share: an entry with all the words beats one that has the rarest. */
const COVERAGE_POWER = 1.5;
/** Share of the confidence that the fit of a name decides; the rest is coverage. */
const NAME_SHARE = 0.16;

export interface Ranked {
  readonly entry: number;
  /** Number of the name of it that fits best; its title if none fits. */
  readonly name: number;
  /** From 0 to 1; see bands.ts. */
  readonly confidence: number;
  /** One of its names is the query, word for word. */
  readonly named: boolean;
}

/** Candidates with their confidence, in no order. */
export function rankCandidates(
  candidates: readonly SearchCandidate[],
  { words }: Query,
  readings: readonly WordMatches[],
  vocabulary: Vocabulary,
): readonly Ranked[] {
  const { namesOf } = vocabulary;
  const typed = words.map((word) => termOf(vocabulary, word) ?? NO_TERM);
  const total = readings.reduce((sum, { weight }) => sum + weight, 0);
  return candidates.map(({ entry, cover }) => {
    let [fit, name] = [0, namesOf.values[namesOf.starts[entry] ?? 0] ?? 0];
    for (let at = namesOf.starts[entry] ?? 0; at < (namesOf.starts[entry + 1] ?? 0) && fit < 1; at++) {
      const other = namesOf.values[at] ?? 0;
      const otherFit = fitOf(other, typed, readings, total, vocabulary);
      if (otherFit > fit) [fit, name] = [otherFit, other];
    }
    return { entry, name, confidence: cover ** COVERAGE_POWER * (1 - NAME_SHARE + NAME_SHARE * fit), named: fit === 1 };
  });
}

/** A word read as less like than this is a guess: a first letter that differs, three consonants, two letters. */
const CERTAIN = 0.75;

/** Whether the entry has every word that was typed, none of them by a guess. */
export function hasEveryWord(entry: number, readings: readonly WordMatches[], vocabulary: Vocabulary): boolean {
  return readings.every(({ likenessOf }) => {
    for (const [term, like] of likenessOf) if (like >= CERTAIN && holds(vocabulary, entry, term)) return true;
    return false;
  });
}

/** Most names looked at for one beginning: a single letter begins many, and a list of choices holds 25. */
const MOST_BEGUN = 100;

/** Entries of which a name, stop words and all, begins with what is typed so far, with the confidence that gives. */
export function namesStartingWith(
  { typed }: Query,
  { wholeNames, entryOfWhole }: Vocabulary,
): ReadonlyMap<number, number> {
  const start = typed.join(' ');
  const begun = new Map<number, number>();
  if (start === '') return begun;
  const [from, to] = rangeOf(wholeNames, start);
  for (let place = from; place < Math.min(to, from + MOST_BEGUN); place++) {
    const entry = entryOfWhole[place] ?? 0;
    const confidence = 0.75 + 0.25 * (start.length / (wholeNames[place]?.length ?? 1));
    begun.set(entry, Math.max(begun.get(entry) ?? 0, confidence));
  }
  return begun;
}

/** How much of the query one name explains and how much of the name the query asks for (their harmonic mean). */
function fitOf(
  name: number,
  typed: readonly number[],
  readings: readonly WordMatches[],
  total: number,
  { nameTerms, joined, rarity }: Vocabulary,
): number {
  const from = nameTerms.starts[name] ?? 0;
  const terms = nameTerms.values.subarray(from, nameTerms.starts[name + 1]);
  if (terms.length === typed.length && typed.every((term, index) => term === terms[index])) return 1;
  const asked = new Float64Array(terms.length + 1);
  let explained = 0;
  for (const { likenessOf, weight } of readings) {
    let best = 0;
    for (let index = 0; index < terms.length; index++) {
      const alone = likenessOf.get(terms[index] ?? NO_TERM) ?? 0;
      const together = likenessOf.get(joined[from + index] ?? NO_TERM) ?? 0;
      // A word begins every pair it stands first in; the pair is meant only where it is the better reading.
      const pair = together > alone ? together : 0;
      asked[index] = Math.max(asked[index] ?? 0, alone, pair);
      if (pair > 0) asked[index + 1] = Math.max(asked[index + 1] ?? 0, pair);
      best = Math.max(best, alone, pair);
    }
    explained += weight * best;
  }
  let [met, whole] = [0, 0];
  for (let index = 0; index < terms.length; index++) {
    const weight = rarity[terms[index] ?? NO_TERM] ?? 0;
    met += weight * (asked[index] ?? 0);
    whole += weight;
  }
  const [precision, recall] = [explained / total, whole === 0 ? 0 : met / whole];
  // A name that only reads like the query is not the query: a fit of 1 is kept for equals.
  return precision + recall === 0 ? 0 : Math.min(0.999, (2 * precision * recall) / (precision + recall));
}
