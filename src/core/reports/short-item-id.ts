/**
 * Shortens the ids of items for custom_ids. The id of a generated question contains the id of an entry and may be too
 * long for a custom_id. Such an id is replaced by a short code.
 */
import { seedOf } from '../dice.ts';

/** Maximum length of an id that is not shortened. The ids of entries never exceed this length. */
const longest = 60;
const prefix = 'long-';

export const shortItemId = (id: string): string => (id.length <= longest ? id : `${prefix}${seedOf(id).toString(36)}`);

/** Whether a text has the prefix of a shortened id. An id that is not shortened can have the same prefix. */
export const isShortened = (short: string): boolean => short.startsWith(prefix);

/** Finds the id for which {@link shortItemId} returns `short`. Returns `short` itself if there is no such id. */
export function longItemId(short: string, ids: Iterable<string>): string {
  let found: string | undefined;
  for (const id of ids) {
    if (id === short) return id;
    if (id.length > longest && shortItemId(id) === short) found = id;
  }
  return found ?? short;
}
