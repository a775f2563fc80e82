/** The state that is shared by the modules that list, import and change the packs of servers. */
import type { ListedPack } from '../../chat/packs/added-packs.ts';
import type { Clock } from '../../clock.ts';
import { type MaterialLimits, materialLimits } from '../../core/material/material.ts';
import type { Store } from '../../store/store.ts';
import type { Downloads } from '../ports/downloads.ts';
import type { ReportStore } from '../reports/report-store.ts';
import type { PackCleanup } from './pack-cleanup.ts';
import type { PackPreviews } from './pack-previews.ts';
import type { PackReader } from './pack-reader.ts';
import type { ServerPacks } from './server-packs.ts';
import type { AddedPack, PackListValue } from './stored-packs.ts';

export interface PackLimits extends MaterialLimits {
  /** Maximum number of packs that a server may add. */
  readonly packs: number;
}

export const defaultPackLimits: PackLimits = { ...materialLimits, packs: 5 };

export interface LibraryPorts {
  readonly packs: ServerPacks;
  readonly cleanup: PackCleanup;
  readonly reported: Pick<ReportStore, 'read'>;
  readonly store: Store;
  readonly clock: Clock;
  readonly reader: PackReader;
  readonly downloads: Downloads;
  readonly limits: PackLimits;
}

export interface LibraryState extends Omit<LibraryPorts, 'limits'> {
  readonly limits: MaterialLimits;
  /** Maximum number of packs that a server may add. */
  readonly most: number;
  readonly previews: PackPreviews;
  /** Number of files that are being read or wait to be read. */
  waiting: number;
  /** Settles when the last file in the queue has been read. */
  reading: Promise<unknown>;
}

/** Converts a stored pack to the form that commands show in lists. */
export const listedPack = (
  { key, name, entries, questions, version, at, by }: AddedPack,
  { using }: PackListValue,
): ListedPack => ({
  key,
  name,
  entries,
  questions,
  isUsed: key === using,
  added: { version, at, ...(by && { by: by.name }) },
});

/** Whether the default pack of the server has this name. An added pack must have another name. */
export const isShippedName = (packs: ServerPacks, scope: string, name: string): boolean =>
  packs.defaultAt(scope).facts.pack.title.toLowerCase() === name.trim().toLowerCase();
