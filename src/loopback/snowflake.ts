/** Snowflakes: Discord's ids, which contain their creation time. Discord docs, reference#snowflakes. */
import type { World } from './world.ts';

/** Discord's epoch, in ms since the Unix epoch. */
const discordEpoch = 1_420_070_400_000;

export const snowflakeAt = (at: number): bigint => BigInt(at - discordEpoch) << 22n;

export const timestampOf = (id: string): number => Number(BigInt(id) >> 22n) + discordEpoch;

/** Creates a snowflake that is greater than all earlier ones, if possible with the creation time `now`. */
export function nextId(world: World, now: number): string {
  const last = BigInt(world.lastId);
  const id = snowflakeAt(now);
  world.lastId = String(id > last ? id : last + 1n);
  return world.lastId;
}
