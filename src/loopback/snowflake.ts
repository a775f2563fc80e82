/** Discord's ids carry their time of creation. docs, reference#snowflakes. */
import type { World } from './world.ts';

/** Discord's epoch, in ms since the Unix epoch. */
const discordEpoch = 1_420_070_400_000;

/** The smallest snowflake of a time in ms since the Unix epoch. */
export const snowflakeAt = (at: number): bigint => BigInt(at - discordEpoch) << 22n;

/** The time that a snowflake carries, in ms since the Unix epoch. */
export const timestampOf = (id: string): number => Number(BigInt(id) >> 22n) + discordEpoch;

/** A snowflake that carries `now` and is greater than all before it. Updates `world.lastId`. */
export function nextId(world: World, now: number): string {
  const last = BigInt(world.lastId);
  const id = snowflakeAt(now);
  world.lastId = String(id > last ? id : last + 1n);
  return world.lastId;
}
