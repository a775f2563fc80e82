/**
 * From readings of words to entries worth ranking: those that hold the words, by how much of the query they cover.
 * Names and their order do not matter here yet.
 */
import type { WordMatches } from './word-matches.ts';
import { PLACE_BITS, PLACE_WEIGHTS, type Vocabulary } from './vocabulary.ts';

/** An entry and how well it answers each typed word, before names are compared. */
export interface SearchCandidate {
  readonly entry: number;
  readonly cover: number;
}

/** The best entries by the words they cover, at most `limit`, best first. */
export type CandidateFinder = (readings: readonly WordMatches[], limit: number) => readonly SearchCandidate[];

/** One table with a number per entry serves every search: a common word has thousands of entries. */
export function createCandidateFinder({ entryCount, postings }: Vocabulary): CandidateFinder {
  const { starts, values } = postings;
  const sums = new Float64Array(entryCount);
  const best = new Float64Array(entryCount);
  const met = new Uint32Array(entryCount);
  const held = new Uint32Array(entryCount);
  return (readings, limit) => {
    let metCount = 0;
    for (const { likenessOf, weight } of readings) {
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
        best[entry] = 0;
      }
    }
    const found = met.subarray(0, metCount);
    const total = readings.reduce((sum, { weight }) => sum + weight, 0);
    const least = found.length > limit ? scoreReachedBy(found, sums, limit) : 0;
    const candidates: SearchCandidate[] = [];
    for (const entry of found) {
      const sum = sums[entry] ?? 0;
      if (sum >= least) candidates.push({ entry, cover: sum / total });
      sums[entry] = 0;
    }
    return candidates.sort((a, b) => b.cover - a.cover || a.entry - b.entry).slice(0, limit);
  };
}

const BINS = 256;

/** A sum that at least `limit` entries reach, and not many more: found by counting, without sorting them all. */
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
  // A hair below the edge of the bin, so that rounding drops nothing.
  return ((lowest - 1e-6) / (BINS - 1)) * highest;
}
