/** The parts of the running bot that health checks and gauges use. */
import type { DiscordHealth } from '../bot/ports/discord-health.ts';
import type { Lease } from '../bot/ports/lease.ts';
import type { Store } from '../store/store.ts';

export interface RunningParts {
  readonly discord: DiscordHealth;
  readonly store: Pick<Store, 'set'>;
  /** The number of quiz rounds that have not ended. */
  readonly liveRounds: () => { readonly group: number; readonly solo: number };
  /** Says whether this process still owns its shards. Absent if no other process can use the data. */
  readonly lease?: Lease | undefined;
}
