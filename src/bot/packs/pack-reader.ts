/**
 * The interface of the functions that read packs of servers. `read-added.ts` implements it. A running bot calls these
 * functions on a worker thread (see `load-in-worker.ts`), because reading a large pack takes seconds.
 */
import type { ExportFormat, Material, PackChanges } from '../../chat/packs/added-packs.ts';
import type { ColumnRoles, MaterialLimits } from '../../core/material/material.ts';
import type { ExportedPack } from '../../formats/export-pack.ts';
import type { LoadedPack } from './read-pack.ts';

/** A pack as it is stored. */
export interface StoredRequest {
  /** The texts whose concatenation is the JSON of the pack's documents. */
  readonly pieces: readonly string[];
  readonly server: string;
  readonly key: string;
  /** The name that the server gave the pack. */
  readonly name: string;
}

/**
 * A pack to export. It is either a pack that a server added, or a pack that ships with the bot, which is read from its
 * folder.
 */
export type ExportRequest = StoredRequest | { readonly folder: string; readonly name: string };

/** A file or a text that a member wants to import. */
export interface MaterialRequest {
  readonly bytes: Uint8Array;
  /** The name of the file with its extension. Absent if the text was pasted. */
  readonly fileName?: string;
  /** The name that the member wants to give the pack. Absent if the pack should get the name in the file. */
  readonly name?: string;
  /** The roles of the columns, if the member chose them. */
  readonly columns?: ColumnRoles;
  /** Whether the first row of a table contains the names of the columns. If absent, this is detected. */
  readonly header?: boolean;
  readonly limits: MaterialLimits;
}

/** The result of reading an import. */
export interface MaterialRead {
  readonly material: Material;
  /** The pieces to store when the pack is installed. Empty if the member has to choose columns first. */
  readonly pieces: readonly string[];
}

export interface PackReader {
  /** Reads a stored pack. Throws PackError if this version of the bot does not accept the pack. */
  stored(request: StoredRequest): Promise<LoadedPack>;
  /** Reads a file that a member wants to import. Throws PackError if the file cannot be imported. */
  material(request: MaterialRequest): Promise<MaterialRead>;
  /** Writes a pack as a file. Throws PackError if the pack cannot be read or cannot be written in this format. */
  exported(request: ExportRequest, format: ExportFormat): Promise<ExportedPack>;
  /** Compares two versions of a pack. Throws PackError if one of them cannot be read. */
  changes(before: readonly string[], after: readonly string[]): Promise<PackChanges>;
}
