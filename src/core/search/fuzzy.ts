/**
 * Calculates scores with the library Fuse. Only the entries with the highest confidence get a score. The scores decide
 * between entries with similar confidence. Fuse neither adds nor removes entries.
 *
 * The search time of Fuse grows with the number and length of its records. Therefore each entry that gets a score has
 * only one record with one name. The records are created for each query, because records for all entries would need
 * more memory than the index.
 */
import Fuse from 'fuse.js';

// The query may match anywhere within a name. Shorter names rank higher, because Fuse's field-length norm is on by
// default.
const options = { includeScore: true, ignoreLocation: true, threshold: 0.6 };

/** Index of each matching name → its likeness to the query, calculated by Fuse (0 to 1). */
export function fuzzyScores(query: string, names: readonly string[]): ReadonlyMap<number, number> {
  return new Map(new Fuse(names, options).search(query).map(({ refIndex, score = 1 }) => [refIndex, 1 - score]));
}
