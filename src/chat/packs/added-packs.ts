/** TypeScript types for the packs that servers add, and for the service through which commands manage these packs. */
import type { LeftOut, MaterialColumn } from '../../core/material/material.ts';
import type { StrategyScore } from '../../core/questions/naive-strategies.ts';
import type { Attachment, Message } from '../message/message-components.ts';
import type { UploadedFile } from '../uploaded-file.ts';

/** A pack in the list of packs. */
export interface ListedPack {
  /** Identifies the pack in custom_ids and choices. Absent if the pack ships with the bot. */
  readonly key?: string;
  readonly name: string;
  readonly entries: number;
  readonly questions: number;
  readonly isUsed: boolean;
  /** Only added packs have a version. */
  readonly added?: {
    readonly version: number;
    /** In ms since the epoch. */
    readonly at: number;
    /** The display name of the member who installed this version. Absent after this member's data was deleted. */
    readonly by?: string;
  };
}

export interface PackList {
  /** The pack that ships with the bot comes first. */
  readonly packs: readonly ListedPack[];
  /** Maximum number of packs that a server may add. */
  readonly most: number;
}

/** The changes in a new version of a pack, as titles of entries. */
export interface PackChanges {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly gone: readonly string[];
}

/**
 * What was read from a file. If `kind` is `columns`, the member must choose the columns of the table before the pack
 * can be read.
 */
export type Material =
  | {
      readonly kind: 'pack';
      readonly name: string;
      /** A sentence that names the format of the file. */
      readonly readAs: string;
      readonly columns?: readonly MaterialColumn[];
      /** Whether the first row was read as the names of the columns. Absent if the file is not a table. */
      readonly hasHeader?: boolean;
      readonly entries: number;
      readonly questions: number;
      /** The cards of some entries, without buttons. */
      readonly cards: readonly Message[];
      readonly leftOut: readonly LeftOut[];
      readonly remarks: readonly string[];
      readonly strategies: readonly StrategyScore[];
    }
  | {
      readonly kind: 'columns';
      readonly name: string;
      readonly readAs: string;
      readonly columns: readonly MaterialColumn[];
      readonly hasHeader?: boolean;
    };

export interface Preview {
  readonly id: string;
  readonly material: Material;
  /** How the new pack differs from the installed pack with the same name. Absent if there is no such installed pack. */
  readonly changes?: PackChanges;
}

/** The reason why there is no preview of a file. */
export type PreviewRefusal =
  /** Sentences about the mistakes in the file. */
  | { readonly is: 'mistakes'; readonly problems: readonly string[] }
  /** Too many other files are being read or previewed. */
  | { readonly is: 'busy' }
  /** The file could not be fetched. `why` is a sentence with the reason, for the member. */
  | { readonly is: 'not-fetched'; readonly why: string }
  /** The server already has the maximum number of packs, and none of them has the same name as the new pack. */
  | { readonly is: 'full'; readonly most: number }
  /** The preview is older than 15 minutes, or the bot was restarted. */
  | { readonly is: 'expired' };

/**
 * A member's choice about a table: the role of one column, or whether the first row contains the names of the columns.
 */
export type TableChoice = { readonly column: number; readonly role: string } | { readonly header: boolean };

export type PreviewResult = { readonly is: 'preview'; readonly preview: Preview } | PreviewRefusal;

/** What a member wants to import: an uploaded file, or a pasted text. */
export type Import = { readonly name?: string } & ({ readonly file: UploadedFile } | { readonly text: string });

/** The packs of one server. */
export interface AddedPacks {
  /** Throws StoreError. */
  list(): Promise<PackList>;
  /**
   * Finds the name of a pack by its code (see `pack-code.ts`). Undefined if there is no such pack. Throws StoreError.
   */
  named(code: string): Promise<string | undefined>;
  /** Reads a file and keeps the result for 15 minutes. Throws StoreError. */
  preview(what: Import, user: string): Promise<PreviewResult>;
  /** Finds a preview of this member. */
  previewed(id: string, user: string): Preview | undefined;
  /** Reads the file of a preview again with the choice that a member made about its table. Throws StoreError. */
  readAgain(id: string, user: string, choice: TableChoice): Promise<PreviewResult>;
  /** Forgets a preview. */
  cancel(id: string, user: string): void;
  /** Installs the pack of a preview. If this fails, throws StoreError, and the packs of the server are unchanged. */
  install(
    id: string,
    by: { readonly id: string; readonly name: string },
    at: number,
  ): Promise<{ readonly is: 'installed'; readonly pack: ListedPack } | PreviewRefusal>;
  /**
   * Chooses the pack that look-ups and rounds use. If `key` is undefined, chooses the pack that ships with the bot.
   * Returns undefined if there is no pack with this key. Throws StoreError.
   */
  use(key: string | undefined): Promise<ListedPack | undefined>;
  /** Throws StoreError. */
  rename(key: string, name: string): Promise<'renamed' | 'unknown' | 'taken'>;
  /** Removes a pack. Returns the removed pack. Undefined if there is no such pack. Throws StoreError. */
  remove(key: string, at: number): Promise<ListedPack | undefined>;
  /** Writes a pack as a file. If `key` is undefined, writes the pack that ships with the bot. Throws StoreError. */
  exportPack(key: string | undefined, format: ExportFormat): Promise<ExportResult>;
  /** A file with examples, in the given format. A group can fill in the file and import it as a pack. */
  template(format: TemplateFormat): Attachment;
}

export type ExportFormat = 'yaml' | 'csv';
export type TemplateFormat = 'yaml' | 'csv' | 'anki';

export type ExportResult =
  | ({ readonly is: 'exported' } & Export)
  /** The pack cannot be read, or no part of the pack can be written in this format. */
  | { readonly is: 'refused'; readonly problems: readonly string[] }
  | { readonly is: 'unknown' };

export interface Export {
  readonly file: Attachment;
  /**
   * Sentences about what is missing from the file: parts of the pack that cannot be written in this format, and the
   * server's changes to questions and entries.
   */
  readonly lost: readonly string[];
}
