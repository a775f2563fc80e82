/**
 * A map from user ids to entries. It never stops the event loop for long, even with a million users. A single Map
 * copies all its entries whenever it grows, which takes 100 ms for a million entries. Therefore a large map is split
 * into several small maps.
 */

export interface EntryMap<T> {
  readonly size: number;
  get(user: string): T | undefined;
  set(user: string, entry: T): void;
  delete(user: string): void;
}

/** Above this number of entries, the map is split. Splitting takes about a millisecond. */
const mostInOne = 8_192;
/** Number of small maps. It must be a power of two. With a million entries, each map has about 8,000. */
const parts = 128;

export function createEntryMap<T>(): EntryMap<T> {
  let maps: Map<string, T>[] = [new Map()];
  let size = 0;
  const mapOf = (user: string): Map<string, T> => {
    const map = maps[hash(user) & (maps.length - 1)];
    if (!map) throw new RangeError('an index is outside of the list of maps');
    return map;
  };
  function split(): void {
    const [all = new Map<string, T>()] = maps;
    maps = Array.from({ length: parts }, () => new Map());
    for (const [user, entry] of all) mapOf(user).set(user, entry);
  }
  return {
    get size() {
      return size;
    },
    get: (user) => mapOf(user).get(user),
    set(user, entry) {
      const map = mapOf(user);
      size -= map.size;
      map.set(user, entry);
      size += map.size;
      if (maps.length === 1 && size > mostInOne) split();
    },
    delete(user) {
      if (mapOf(user).delete(user)) size--;
    },
  };
}

/** Uses only the end of an id, because ids that Discord created at a similar time have the same beginning. */
function hash(user: string): number {
  let sum = 0;
  for (let at = Math.max(0, user.length - 6); at < user.length; at++) sum = (sum * 31 + user.charCodeAt(at)) | 0;
  return sum;
}
