/** Creates and connects the modules that load, change and clean up the packs that servers add. */
import type { Clock } from '../../clock.ts';
import type { Facts } from '../../core/pack/facts.ts';
import type { Log } from '../../log.ts';
import type { Store } from '../../store/store.ts';
import type { Downloads } from '../ports/downloads.ts';
import { privateScope, type ShardOwner } from '../ports/shard-owner.ts';
import type { Retries } from '../retries.ts';
import type { PackByGuild } from './pack-by-guild.ts';
import { createPackCleanup, type PackCleanup } from './pack-cleanup.ts';
import type { PackLimits } from './library-state.ts';
import { createPackLibrary, type PackLibrary } from './pack-library.ts';
import type { PackReader } from './pack-reader.ts';
import { createReportStore, type ReportStore } from '../reports/report-store.ts';
import { createServerReports, type ServerReports } from '../reports/server-reports.ts';
import { createSumsStore, type SumsStore } from '../reports/sums-store.ts';
import { createServerPacks, type ServerPacks } from './server-packs.ts';

export interface PackRuntime {
  /** The packs, including the changes of each server (see `changed-pack.ts`). */
  readonly packs: ServerPacks;
  /** The packs without the changes of servers. */
  readonly unchanged: ServerPacks;
  readonly reported: ReportStore;
  readonly reports: ServerReports;
  readonly sums: SumsStore;
  readonly library: PackLibrary;
  readonly cleanup: PackCleanup;
  /** Cancels alarms, and drops previews and loaded packs. */
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
  /** Can wrap the `Facts` object of each pack, for example to measure how long searches take. */
  readonly wrapFacts?: ((facts: Facts) => Facts) | undefined;
  readonly log: Log;
}

export function createPackRuntime(ports: Ports): PackRuntime {
  const unchanged = createServerPacks(ports);
  const reported = createReportStore(ports.store);
  const sums = createSumsStore(ports.store);
  const packs: ServerPacks = {
    ...unchanged,
    async at(scope) {
      const served = await unchanged.at(scope);
      return scope.startsWith(privateScope) ? served : reported.changed(scope, served);
    },
    forget(server) {
      unchanged.forget(server);
      reported.forget(server);
    },
  };
  const cleanup = createPackCleanup({ ...ports, packs, reported });
  const library = createPackLibrary({ ...ports, packs, cleanup, reported });
  const reports = createServerReports({ packs: unchanged, reported, sums, clock: ports.clock });
  return {
    packs,
    unchanged,
    reported,
    reports,
    sums,
    library,
    cleanup,
    close() {
      cleanup.close();
      library.close();
      packs.close();
    },
  };
}
