/**
 * Compares two versions of a pack by the ids of their entries. An entry that keeps its id keeps the progress of members,
 * even if its texts change.
 */
import type { Entry, Pack } from '../pack/pack.ts';

/** Ids of entries, in the order of the pack that contains them. */
export interface Comparison {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly gone: readonly string[];
}

export function comparePacks(before: Pack, after: Pack): Comparison {
  const old = new Map(before.entries.map((entry) => [entry.id, entry]));
  const ids = new Set(after.entries.map(({ id }) => id));
  return {
    added: after.entries.filter(({ id }) => !old.has(id)).map(({ id }) => id),
    changed: after.entries
      .filter((entry) => {
        const known = old.get(entry.id);
        return known !== undefined && contentOf(known) !== contentOf(entry);
      })
      .map(({ id }) => id),
    gone: before.entries.filter(({ id }) => !ids.has(id)).map(({ id }) => id),
  };
}

/** All fields of an entry as one text that does not depend on the order of the fields. */
function contentOf(entry: Entry): string {
  return JSON.stringify(Object.entries(entry).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
