/**
 * Stores one value for each server. The value contains the reports that members made and the changes that the server
 * made to its packs. Caches the most recently used values.
 */
import { LRUCache } from 'lru-cache';
import {
  nothingReported,
  type Reported,
  reportedSchema,
  withoutItems,
  withoutMember,
} from '../../core/reports/reported-items.ts';
import { idInPack } from '../../core/scores/stored-ids.ts';
import type { Store } from '../../store/store.ts';
import { type ServedPack } from '../packs/pack-by-guild.ts';
import { changedPack } from './changed-pack.ts';

export const reportsPrefix = 'reports/';
export const reportsKey = (server: string): string => reportsPrefix + server;

/** Maximum number of servers in the cache. */
const keptServers = 10_000;
/**
 * Maximum total number of items in the cache. An item is a question or entry that was reported or changed. An item
 * takes at most some kilobytes. Each server in the cache counts as one more item.
 */
const keptItems = 20_000;
/** For each pack, the changed versions of at most this many servers are cached. */
const keptChanged = 1_000;

export interface ReportStore {
  /** Throws StoreError. */
  read(server: string): Promise<Reported>;
  /** Changes the value of a server. `next` must be a pure function. Throws StoreError. */
  change(server: string, next: (old: Reported) => Reported): Promise<Reported>;
  /** The pack with the changes of this server. Throws StoreError. */
  changed(server: string, served: ServedPack): Promise<ServedPack>;
  /** Removes the reports that a member made, in all servers. The changes of the servers stay. Throws StoreError. */
  forgetMember(user: string): Promise<void>;
  /** Deletes all reports and changes of one pack that the server added. Throws StoreError. */
  forgetPack(server: string, pack: string): Promise<void>;
  /** Drops the cached value of a server. Call this after its data was deleted. */
  forget(server: string): void;
}

/** A pack with the changes of a server. `reported` is the value from which the changes were taken. */
interface Changed {
  readonly reported: Reported;
  readonly changed: ServedPack;
}

export function createReportStore(store: Store): ReportStore {
  const values = new LRUCache<string, Reported>({
    max: keptServers,
    maxSize: keptItems,
    sizeCalculation: ({ items }) => Math.min(keptItems, 1 + items.length),
  });
  // This is a WeakMap, because the cache must not keep an unloaded pack in memory.
  const packs = new WeakMap<ServedPack, LRUCache<string, Changed>>();
  const read = async (server: string): Promise<Reported> => {
    const before = values.get(server);
    if (before) return before;
    const stored = (await store.get(reportsKey(server), reportedSchema)) ?? nothingReported;
    // If `change` has written the value during this read, the cached value is the newer one, so it is used.
    const known = values.get(server) ?? stored;
    values.set(server, known);
    return known;
  };
  const change: ReportStore['change'] = async (server, next) => {
    const value = await store.change(reportsKey(server), reportedSchema, (old = nothingReported) => next(old));
    values.set(server, value);
    return value;
  };
  return {
    read,
    change,
    async changed(server, served) {
      const reported = await read(server);
      const known = packs.get(served) ?? new LRUCache<string, Changed>({ max: keptChanged });
      packs.set(served, known);
      const before = known.get(server);
      if (before?.reported === reported) return before.changed;
      const changed = changedPack(served, reported);
      known.set(server, { reported, changed });
      return changed;
    },
    async forgetMember(user) {
      for (const key of await store.keysContaining(reportsPrefix, user))
        await change(key.slice(reportsPrefix.length), (old) => withoutMember(old, user));
      // `keysContaining` does not find a value from which another process has already removed the member. The cached
      // copy of this value may still contain the member, so all cached values are checked.
      for (const [server, value] of values.entries())
        if (JSON.stringify(value).includes(user)) values.set(server, withoutMember(value, user));
    },
    async forgetPack(server, pack) {
      const { items } = await read(server);
      if (!items.some(({ id }) => idInPack(pack, id) !== undefined)) return;
      await change(server, (old) => withoutItems(old, (id) => idInPack(pack, id) !== undefined));
    },
    forget: (server) => void values.delete(server),
  };
}
