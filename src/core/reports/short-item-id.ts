/**
 * The id of an item in a custom_id. Ids of generated questions contain the id of an entry and may be too long for a
 * custom_id, so a long id is replaced by a short code.
 */
import { seedOf } from '../dice.ts';

/** The longest id of an entry. A custom_id has room for it. */
const longest = 60;
const prefix = 'long-';

export const shortItemId = (id: string): string => (id.length <= longest ? id : `${prefix}${seedOf(id).toString(36)}`);

/** Whether a text may be the code of an id. It may also be an id that begins in the same way. */
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
