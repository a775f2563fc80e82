/** Joins the parts that serve, change and clean up the packs that servers add. */
import type { Clock } from '../../clock.ts';
import type { Facts } from '../../core/pack/facts.ts';
import type { Log } from '../../log.ts';
import type { Store } from '../../store/store.ts';
import type { Downloads } from '../ports/downloads.ts';
import type { ShardOwner } from '../ports/shard-owner.ts';
import type { Retries } from '../retries.ts';
import type { PackByGuild } from './pack-by-guild.ts';
import { createPackCleanup, type PackCleanup } from './pack-cleanup.ts';
import type { PackLimits } from './library-state.ts';
import { createPackLibrary, type PackLibrary } from './pack-library.ts';
import type { PackReader } from './pack-reader.ts';
import { createServerPacks, type ServerPacks } from './server-packs.ts';

export interface PackRuntime {
  readonly packs: ServerPacks;
  readonly library: PackLibrary;
  readonly cleanup: PackCleanup;
  /** Cancels alarms and forgets previews and loaded packs. */
  close(): void;
}

interface Ports {
  readonly defaults: PackByGuild;
  readonly store: Store;
  readonly owner?: ShardOwner;
  readonly clock: Clock;
  readonly reader: PackReader;
  readonly downloads: Downloads;
  readonly limits: PackLimits;
  readonly retries: Retries;
  /** Can measure the searches in all packs. */
  readonly wrapFacts?: ((facts: Facts) => Facts) | undefined;
  readonly log: Log;
}

export function createPackRuntime(ports: Ports): PackRuntime {
  const packs = createServerPacks(ports);
  const cleanup = createPackCleanup({ ...ports, packs });
  const library = createPackLibrary({ ...ports, packs, cleanup });
  return {
    packs,
    library,
    cleanup,
    close() {
      cleanup.close();
      library.close();
      packs.close();
    },
  };
}
