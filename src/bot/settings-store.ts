/**
 * Stores the settings of each server in one value, and the settings of each member in one value. The most recently used
 * values are cached in memory.
 */
import { LRUCache } from 'lru-cache';
import type { z } from 'zod';
import type { Settings } from '../chat/command-context.ts';
import { memberSettingsSchema, serverSettingsSchema } from '../core/settings.ts';
import type { Store } from '../store/store.ts';
import { privateScope, type ShardOwner, soleOwner } from './ports/shard-owner.ts';

/** Maximum number of servers in the cache. The same maximum applies to members. */
const kept = 10_000;

export function createSettingsStore(store: Store, { isAlone }: Pick<ShardOwner, 'isAlone'> = soleOwner): Settings {
  const servers = settingsUnder(store, 'settings/server/', serverSettingsSchema, true);
  // Another process may change the settings of a member. If there are several processes, the settings of members are
  // not cached, because a cached value could be outdated.
  const members = settingsUnder(store, 'settings/member/', memberSettingsSchema, isAlone);
  return {
    server: servers.read,
    changeServer: servers.change,
    member: members.read,
    changeMember: members.change,
    forgetServer: servers.forget,
    forgetMember: members.forget,
    async days(scope) {
      if (!scope.startsWith(privateScope)) return { timeZone: (await servers.read(scope)).timeZone, startHour: 0 };
      const { timeZone, dayStart } = await members.read(scope.slice(privateScope.length));
      return { timeZone, startHour: dayStart };
    },
  };
}

function settingsUnder<T extends object>(store: Store, prefix: string, schema: z.ZodType<T>, isCached: boolean) {
  const known = new LRUCache<string, T>({ max: kept });
  const defaults = schema.parse({});
  const remember = (id: string, value: T): T => {
    if (isCached) known.set(id, value);
    return value;
  };
  return {
    async read(id: string): Promise<T> {
      const before = known.get(id);
      if (before) return before;
      const stored = await store.get(prefix + id, schema);
      // If `change` has written the value during this read, the cached value is the newer one, so it is used.
      return remember(id, known.get(id) ?? stored ?? defaults);
    },
    async change(id: string, changes: Partial<T>): Promise<T> {
      const value = await store.change(prefix + id, schema, (old = defaults) => schema.parse({ ...old, ...changes }));
      return remember(id, value);
    },
    async forget(id: string): Promise<void> {
      await store.delete(prefix + id);
      known.delete(id);
    },
  };
}
