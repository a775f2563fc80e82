/**
 * Finds the candidate entries to be ranked: the entries that contain the largest parts of the query. Names and word
 * order are considered later, in `rank.ts`.
 */
import type { WordMatches } from './word-matches.ts';
import { PLACE_BITS, PLACE_WEIGHTS, type Vocabulary } from './vocabulary.ts';

/**
 * An entry and the fraction of the query that the entry contains, from 0 to 1. `cover` is calculated with the weights
 * of the words, and `strictCover` with their strict weights.
 */
export interface SearchCandidate {
  readonly entry: number;
  readonly cover: number;
  readonly strictCover: number;
}

/** Finds at most `limit` entries, sorted by coverage. The entry that contains most of the query comes first. */
export type CandidateFinder = (matches: readonly WordMatches[], limit: number) => readonly SearchCandidate[];

/**
 * Creates a candidate finder. The arrays of the finder are allocated only once, because they have an item for every
 * entry. After each search, only the items that were used are cleared.
 */
export function createCandidateFinder({ entryCount, postings }: Vocabulary): CandidateFinder {
  const { starts, values } = postings;
  const sums = new Float64Array(entryCount);
  const strictSums = new Float64Array(entryCount);
  const best = new Float64Array(entryCount);
  const met = new Uint32Array(entryCount);
  const held = new Uint32Array(entryCount);
  return (matches, limit) => {
    let metCount = 0;
    for (const { likenessOf, weight, strictWeight } of matches) {
      let heldCount = 0;
      for (const [term, like] of likenessOf)
        for (let at = starts[term] ?? 0; at < (starts[term + 1] ?? 0); at++) {
          const posting = values[at] ?? 0;
          const entry = posting >>> PLACE_BITS;
          const value = like * (PLACE_WEIGHTS[posting & ((1 << PLACE_BITS) - 1)] ?? 0);
          const before = best[entry] ?? 0;
          if (value <= before) continue;
          if (before === 0) held[heldCount++] = entry;
          best[entry] = value;
        }
      for (let at = 0; at < heldCount; at++) {
        const entry = held[at] ?? 0;
        if (sums[entry] === 0) met[metCount++] = entry;
        sums[entry] = (sums[entry] ?? 0) + weight * (best[entry] ?? 0);
        strictSums[entry] = (strictSums[entry] ?? 0) + strictWeight * (best[entry] ?? 0);
        best[entry] = 0;
      }
    }
    const found = met.subarray(0, metCount);
    const total = matches.reduce((sum, { weight }) => sum + weight, 0);
    const strictTotal = matches.reduce((sum, { strictWeight }) => sum + strictWeight, 0);
    const least = found.length > limit ? scoreReachedBy(found, sums, limit) : 0;
    const candidates: SearchCandidate[] = [];
    for (const entry of found) {
      const sum = sums[entry] ?? 0;
      const strictCover = (strictSums[entry] ?? 0) / strictTotal;
      if (sum >= least) candidates.push({ entry, cover: sum / total, strictCover });
      sums[entry] = 0;
      strictSums[entry] = 0;
    }
    return candidates.sort((a, b) => b.cover - a.cover || a.entry - b.entry).slice(0, limit);
  };
}

const BINS = 256;

/**
 * The highest score that at least `limit` entries reach, rounded down. Entries are counted in bins, which is faster
 * than sorting.
 */
function scoreReachedBy(found: Uint32Array, sums: Float64Array, limit: number): number {
  let highest = 0;
  for (const entry of found) highest = Math.max(highest, sums[entry] ?? 0);
  const bins = new Uint32Array(BINS);
  for (const entry of found) {
    const bin = Math.floor(((BINS - 1) * (sums[entry] ?? 0)) / highest);
    bins[bin] = (bins[bin] ?? 0) + 1;
  }
  let lowest = BINS - 1;
  for (let count = bins[lowest] ?? 0; count < limit && lowest > 0; count += bins[lowest] ?? 0) lowest--;
  // The result is slightly below the lower edge of the bin, so that rounding errors exclude no entry.
  return ((lowest - 1e-6) / (BINS - 1)) * highest;
}
