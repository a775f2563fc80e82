/**
 * Scores the best few entries with Fuse, to settle close calls. Fuse neither adds nor removes an entry.
 *
 * Its cost grows with the number and length of its records, so it gets one name of each candidate. The records are made
 * for each query: kept for all entries they would take more memory than the index.
 */
import Fuse from 'fuse.js';

// The position of the query in a name does not matter; the length of the name does, so Fuse's norm stays on.
const options = { includeScore: true, ignoreLocation: true, threshold: 0.6 };

/** Index of a name → its likeness to the query by Fuse, from 0 to 1. Names without any likeness are absent. */
export function fuzzyScores(query: string, names: readonly string[]): ReadonlyMap<number, number> {
  return new Map(new Fuse(names, options).search(query).map(({ refIndex, score = 1 }) => [refIndex, 1 - score]));
}
