/** Settings in the store, one value per server and per member, and the latest asked for in memory. */
import type { Settings } from '../chat/command.ts';
import { memberSettingsSchema, serverSettingsSchema } from '../core/settings.ts';
import type { Store } from '../store/store.ts';
import type { z } from 'zod';

/** How many servers, and how many members, are kept in memory. */
const kept = 10_000;

export function createSettingsStore(store: Store): Settings {
  const servers = kind(store, 'settings/server/', serverSettingsSchema);
  const members = kind(store, 'settings/member/', memberSettingsSchema);
  return {
    server: servers.read,
    changeServer: servers.change,
    member: members.read,
    changeMember: members.change,
    forgetMember: members.forget,
  };
}

function kind<T extends object>(store: Store, prefix: string, schema: z.ZodType<T>) {
  const known = new Map<string, T>();
  const defaults = schema.parse({});
  const remember = (id: string, value: T): T => {
    // The newest is the last one, so the first one is the one that was asked for longest ago.
    known.delete(id);
    known.set(id, value);
    for (const oldest of known.keys()) {
      if (known.size <= kept) break;
      known.delete(oldest);
    }
    return value;
  };
  return {
    async read(id: string): Promise<T> {
      const before = known.get(id);
      if (before) return remember(id, before);
      const stored = await store.get(prefix + id, schema);
      // A change may have been written while this was being read, and then it is the newer one.
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
