/**
 * Measures the operations of a store. Reading a range is not measured: the caller processes each value before it reads
 * the next one, so the measured time would include the work of the caller.
 */
import type { Metrics } from '../bot/ports/metrics.ts';
import type { Store } from '../store/store.ts';

type Measured = <T>(operation: string, run: () => Promise<T>) => Promise<T>;

export function measuredStore(store: Store, metrics: Pick<Metrics, 'stored'>): Store {
  const measured: Measured = async (operation, run) => {
    const began = performance.now();
    const ended = (outcome: 'done' | 'failed') =>
      metrics.stored(operation, outcome, (performance.now() - began) / 1_000);
    try {
      const result = await run();
      ended('done');
      return result;
    } catch (error) {
      ended('failed');
      throw error;
    }
  };
  return {
    ...store,
    get: (key, schema) => measured('get', () => store.get(key, schema)),
    set: (key, value) => measured('set', () => store.set(key, value)),
    delete: (key) => measured('delete', () => store.delete(key)),
    change: (key, ...how) => measured('change', () => store.change(key, ...how)),
    changeMany: (keys, ...how) => measured('changeMany', () => store.changeMany(keys, ...how)),
    keys: (prefix, ending) => measured('keys', () => store.keys(prefix, ending)),
    nextKey: (prefix, after) => measured('nextKey', () => store.nextKey(prefix, after)),
    keysContaining: (prefix, text) => measured('keysContaining', () => store.keysContaining(prefix, text)),
    setAside: (key) => measured('setAside', () => store.setAside(key)),
    purge: () => measured('purge', () => store.purge()),
  };
}
