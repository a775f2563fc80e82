/**
 * Scores the best few entries with Fuse, to decide between close ones. Fuse neither adds nor removes entries.
 *
 * The time that Fuse needs grows with the number and length of its records, so it gets only one name per candidate. The
 * records are created for each query. Keeping records for all entries would take more memory than the index.
 */
import Fuse from 'fuse.js';

// The position of the query within a name is ignored. The length of the name matters, so Fuse's field-length norm stays
// on.
const options = { includeScore: true, ignoreLocation: true, threshold: 0.6 };

/** Index of a name → its likeness to the query according to Fuse, from 0 to 1. Names with no likeness are absent. */
export function fuzzyScores(query: string, names: readonly string[]): ReadonlyMap<number, number> {
  return new Map(new Fuse(names, options).search(query).map(({ refIndex, score = 1 }) => [refIndex, 1 - score]));
}
