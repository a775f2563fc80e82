/** The ports and the state that are shared by the modules for reports and changed items. */
import type { Clock } from '../../clock.ts';
import type { ServerPacks } from '../packs/server-packs.ts';
import type { MendDrafts } from './mend-drafts.ts';
import type { ReportStore } from './report-store.ts';
import type { SumsStore } from './sums-store.ts';

export interface ReportsPorts {
  /** The packs without the changes of servers. */
  readonly packs: ServerPacks;
  readonly reported: ReportStore;
  readonly sums: SumsStore;
  readonly clock: Clock;
}

export interface ReportsState extends ReportsPorts {
  readonly drafts: MendDrafts;
}
