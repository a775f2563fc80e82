/**
 * Compares two versions of a pack by the ids of their entries. Members keep their progress on an entry if its id stays
 * the same, even if its texts change.
 */
import type { Entry, Pack } from '../pack/pack.ts';

/**
 * The ids of the entries that were added, changed or removed. Added and changed entries are in the order of the new
 * pack. Removed entries are in the order of the old pack.
 */
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

/** All fields of an entry as one text. The order of the fields does not change the text. */
function contentOf(entry: Entry): string {
  return JSON.stringify(Object.entries(entry).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
