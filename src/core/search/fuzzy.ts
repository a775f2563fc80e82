/**
 * Fuse over the few entries that are left: it judges close calls and never finds or drops anything.
 *
 * Fuse looks at every record it is given, at a cost that grows with their number and length, so it is given one name of
 * each candidate, as records made for the occasion: kept for all entries they would take more memory than the index.
 */
import Fuse from 'fuse.js';

// Where in a name the query stands says nothing; how short the name is does, and Fuse's norm stays on.
const options = { includeScore: true, ignoreLocation: true, threshold: 0.6 };

/** Place of a name among `names` → Fuse's likeness of it to the query, from 0 to 1; absent means none. */
export function fuzzyScores(query: string, names: readonly string[]): ReadonlyMap<number, number> {
  return new Map(new Fuse(names, options).search(query).map(({ refIndex, score = 1 }) => [refIndex, 1 - score]));
}
