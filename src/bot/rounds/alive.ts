/**
 * Stores when the bot was last running. If several processes share the store, the value contains one time for each
 * process.
 */
import { z } from 'zod';
import type { Store } from '../../store/store.ts';
import type { ShardOwner } from '../ports/shard-owner.ts';

export const aliveKey = 'alive';
const aliveSchema = z.object({
  /** The last time at which a process with all shards was running, in ms since the epoch. */
  at: z.number(),
  /**
   * For each process that has only some of the shards: the last time at which it was running, in ms since the epoch.
   * The key is the name of its range of shards (see `ShardOwner`).
   */
  ranges: z.record(z.string(), z.number()).optional(),
});

/**
 * Returns the last time at which a process with these shards was running. Undefined if no time is stored. Throws
 * StoreError.
 */
export async function lastAliveOf(store: Store, { name, isAlone }: ShardOwner): Promise<number | undefined> {
  const alive = await store.get(aliveKey, aliveSchema);
  if (!alive) return undefined;
  const { at, ranges = {} } = alive;
  return isAlone ? Math.max(at, ...Object.values(ranges)) : (ranges[name] ?? at);
}

/** Saves that this process is running at the time `now` (ms since the epoch). Throws StoreError. */
export async function saveAlive(store: Store, { name, isAlone }: ShardOwner, now: number): Promise<void> {
  if (isAlone) return store.set(aliveKey, { at: now });
  await store.change(aliveKey, aliveSchema, (old) => ({
    at: old?.at ?? 0,
    ranges: { ...sameTotal(old?.ranges ?? {}, name), [name]: now },
  }));
}

/**
 * Keeps only the ranges in which the number of all shards of the bot is the same as in `name`. In a range such as
 * `0-3/8`, this is the number after the slash. The other ranges belong to an earlier configuration.
 */
const sameTotal = (ranges: Readonly<Record<string, number>>, name: string): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.entries(ranges).filter(([other]) => other.split('/')[1] === name.split('/')[1]));
