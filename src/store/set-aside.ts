/**
 * Wraps a store so that unreadable values do not stop the bot. A value is unreadable if it is not JSON or if its schema
 * rejects it. Such a value is moved to a key with the prefix `broken/`, so that the original key no longer exists, and
 * an error is logged. Other read errors, such as disk errors, are thrown.
 */
import type { Log } from '../log.ts';
import { type Store, unreadableKey } from './store.ts';

/** Prefix of the new keys of unreadable values. The original key follows the prefix. */
const setAsidePrefix = 'broken/';

export function settingAside(store: Store, log: Log): Store {
  const setAside = async (key: string, error: unknown): Promise<void> => {
    log.error({ err: error, kind: key.split('/')[0] }, 'a stored value cannot be read and is set aside');
    await store.setAside(key);
  };
  /**
   * Calls `run`. If `run` finds an unreadable value, moves the value and calls `run` again. This is repeated, because a
   * change of several keys may find several unreadable values.
   */
  const repaired = async <T>(run: () => Promise<T>): Promise<T> => {
    for (;;)
      try {
        return await run();
      } catch (error) {
        const key = unreadableKey(error);
        if (key === undefined) throw error;
        await setAside(key, error);
      }
  };
  return {
    ...store,
    get: (key, schema) => repaired(() => store.get(key, schema)),
    change: (key, ...how) => repaired(() => store.change(key, ...how)),
    changeMany: (keys, ...how) => repaired(() => store.changeMany(keys, ...how)),
    range: (prefix, schema) => store.range(prefix, schema, setAside),
  };
}

/** Logs how many values of each kind were moved, and the prefix of their new keys. Throws StoreError. */
export async function logSetAside(store: Store, log: Log): Promise<void> {
  const keys = await store.keys(setAsidePrefix, '');
  if (keys.length === 0) return;
  const kinds: Record<string, number> = {};
  for (const key of keys) {
    const [, kind = ''] = key.split('/');
    kinds[kind] = (kinds[kind] ?? 0) + 1;
  }
  log.warn({ kinds }, `stored values that could not be read are kept under keys that begin with ${setAsidePrefix}`);
}
