/**
 * The result of reading a file that a group imports: the recognised format, the new pack, and what was left out. The
 * readers are in `src/formats`. Only `files` is stored.
 */
import type { Pack } from '../pack/pack.ts';
import type { Bank } from '../questions/bank.ts';

/**
 * What a column of a table contains. `wrong`: wrong answers. `extra`: a note that is shown below the back. `ignore`:
 * the column is not read.
 */
export const columnRoles = ['front', 'back', 'wrong', 'tags', 'date', 'source', 'extra', 'ignore'] as const;
export type ColumnRole = (typeof columnRoles)[number];

/** Index of a column (from 0) → the role of the column. A column without a role is not read. */
export type ColumnRoles = Readonly<Record<number, ColumnRole>>;

export interface MaterialColumn {
  /** The name in the header row. If the file has no header row, a name such as "Column 1". */
  readonly name: string;
  /** The texts in the first rows of the column, shortened. */
  readonly samples: readonly string[];
  /** The role that the reader recognised or guessed. */
  readonly role: ColumnRole;
}

/** A row or a part of a row that was not imported. */
export interface LeftOut {
  /** The line number in the file, starting at 1. */
  readonly line: number;
  /** The mistake, such as "the back is empty". */
  readonly reason: string;
  /** How to correct the mistake. */
  readonly instead: string;
}

/**
 * A file of the pack in the form in which it is stored: plain JSON that `parsePack` and `readBank` read like a YAML
 * file.
 */
export interface PackDocument {
  readonly name: string;
  readonly value: unknown;
}

interface Described {
  /** A description of the recognised format, such as "CSV separated by semicolons, Windows-1252, with a header row". */
  readonly readAs: string;
  /** The columns of a table. A member can change their roles. Absent if the file is not a table. */
  readonly columns?: readonly MaterialColumn[];
  /** Whether the first row of a table was read as the names of its columns. Absent if the file is not a table. */
  readonly hasHeader?: boolean;
}

/**
 * `pack`: the file was read. `columns`: the file is a table, and a member must choose which column contains the front
 * of the cards and which the back.
 */
export type ReadMaterial =
  | (Described & {
      readonly kind: 'pack';
      /** The documents to store. */
      readonly files: readonly PackDocument[];
      readonly pack: Pack;
      readonly bank: Bank;
      readonly leftOut: readonly LeftOut[];
      /** Sentences about the whole file, for example that its cards are not suitable for multiple-choice questions. */
      readonly remarks: readonly string[];
    })
  | (Described & { readonly kind: 'columns'; readonly columns: readonly MaterialColumn[] });

/** Maximum sizes of imported material. */
export interface MaterialLimits {
  /** In bytes. */
  readonly size: number;
  readonly entries: number;
}

export const materialLimits: MaterialLimits = { size: 8 * 1_024 * 1_024, entries: 10_000 };
