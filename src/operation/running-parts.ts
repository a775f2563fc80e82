/** The parts of the running bot that health checks and gauges ask. */
import type { DiscordHealth } from '../bot/ports/discord-health.ts';
import type { Lease } from '../bot/ports/lease.ts';
import type { Store } from '../store/store.ts';

export interface RunningParts {
  readonly discord: DiscordHealth;
  readonly store: Pick<Store, 'set'>;
  /** The number of rounds that have not ended. */
  readonly liveRounds: () => { readonly group: number; readonly solo: number };
  /** Absent if the process shares no data with others. */
  readonly lease?: Lease | undefined;
}
