/**
 * Fuse over the few entries that are left: it judges close calls and never finds or drops anything.
 *
 * Fuse looks at every record it is given, so it is given the candidates only: its own index is built once, and each
 * search reads a handful of its records. Names are records of their own, because Fuse multiplies the scores of the
 * fields of one record, and an entry with many similar aliases would win by their number.
 */
import Fuse from 'fuse.js';

/** Fuse's likeness of each of `entries` (numbers) to the query, from 0 to 1; absent means none. */
export type Judge = (query: string, entries: readonly number[]) => ReadonlyMap<number, number>;

/** `names`: of each entry its title and aliases, normalised. */
export function buildJudge(names: readonly (readonly string[])[]): Judge {
  const texts = names.flat();
  const entryOf = names.flatMap((list, entry) => list.map(() => entry));
  const firstOf: number[] = [];
  let count = 0;
  for (const list of names) {
    firstOf.push(count);
    count += list.length;
  }
  // Where in a name the query stands says nothing; how short the name is does, and Fuse's norm stays on.
  const options = { includeScore: true, ignoreLocation: true, threshold: 0.6 };
  const index = Fuse.createIndex([], texts);
  return (query, entries) => {
    const records = entries.flatMap((entry) =>
      index.records.slice(firstOf[entry], (firstOf[entry] ?? 0) + (names[entry]?.length ?? 0)),
    );
    const few = Fuse.parseIndex<string>({ keys: index.keys, records });
    const likeness = new Map<number, number>();
    for (const { refIndex, score = 1 } of new Fuse(texts, options, few).search(query)) {
      const entry = entryOf[refIndex] ?? 0;
      likeness.set(entry, Math.max(likeness.get(entry) ?? 0, 1 - score));
    }
    return likeness;
  };
}
