/** Saves the times of identify requests, so that the limit of identify requests also holds after a restart. */
import { z } from 'zod';
import type { Store } from './store.ts';

const identifyKey = (shard: number): string => `identifies/${shard}`;

/** Times are milliseconds since the Unix epoch. */
export const identifyTimes = (store: Store) => ({
  load: async (shard: number): Promise<readonly number[]> =>
    (await store.get(identifyKey(shard), z.array(z.number()))) ?? [],
  save: (shard: number, times: readonly number[]): Promise<void> =>
    times.length === 0 ? store.delete(identifyKey(shard)) : store.set(identifyKey(shard), times),
});
