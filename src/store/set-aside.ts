/**
 * A store that sets aside what it cannot read: the value moves to a key of its own, untouched, the log names it, and
 * the bot goes on as if nothing had been stored. Only values in an unknown form are moved; a disk that fails is not.
 */
import { randomBytes } from 'node:crypto';
import type { Log } from '../log.ts';
import { type Store, unreadableKey } from './store.ts';

/** Keys of values that were set aside begin so; the rest is the key they had. */
const setAsidePrefix = 'broken/';

export function settingAside(store: Store, log: Log): Store {
  const setAside = async (key: string, error: unknown): Promise<void> => {
    const reference = randomBytes(4).toString('hex');
    log.error({ err: error, reference, kind: key.split('/')[0] }, 'a stored value cannot be read and is set aside');
    await store.setAside(key);
  };
  /** Several keys of one change may be unreadable, each found by one more try. */
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
    change: (key, schema, next) => repaired(() => store.change(key, schema, next)),
    changeMany: (keys, schema, next) => repaired(() => store.changeMany(keys, schema, next)),
    range: (prefix, schema) => store.range(prefix, schema, setAside),
  };
}

/** Says at start how many values are set aside, by kind, and where they are. Throws StoreError. */
export async function nameSetAside(store: Store, log: Log): Promise<void> {
  const keys = await store.keys(setAsidePrefix, '');
  if (keys.length === 0) return;
  const kinds: Record<string, number> = {};
  for (const key of keys) {
    const [, kind = ''] = key.split('/');
    kinds[kind] = (kinds[kind] ?? 0) + 1;
  }
  log.warn({ kinds }, `stored values that could not be read are kept under keys that begin with ${setAsidePrefix}`);
}
