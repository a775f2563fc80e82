/**
 * The time when the bot was last running, in one value. If several processes share the store, the value has a time for
 * each of them.
 */
import { z } from 'zod';
import type { Store } from '../../store/store.ts';
import type { ShardOwner } from '../ports/shard-owner.ts';

export const aliveKey = 'alive';
const aliveSchema = z.object({
  /** The time of a process that has all shards, in ms since the epoch. */
  at: z.number(),
  /** The times of processes that have some of the shards, by the names of these shards. */
  ranges: z.record(z.string(), z.number()).optional(),
});

/** When a process with these shards was last running. Undefined if there was none. Throws StoreError. */
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

/** Other ranges belong to an earlier division of the shards, so their times are dropped. */
const sameTotal = (ranges: Readonly<Record<string, number>>, name: string): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.entries(ranges).filter(([other]) => other.split('/')[1] === name.split('/')[1]));
