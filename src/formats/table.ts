/** A table whose text has been split into rows and cells. */
import type { LeftOut } from '../core/material/material.ts';
import type { AnkiHeader } from './anki-header.ts';
import type { Separator } from './separators.ts';

export interface Row {
  /** The line on which the row begins, from 1. */
  readonly line: number;
  /**
   * The number of the row, from 1. Present only if rows are not separated by line ends. One line can then contain many
   * rows, so a line number alone does not identify a row.
   */
  readonly number?: number;
  readonly cells: readonly string[];
}

export interface Table {
  /** What the table is, such as "CSV separated by semicolons". */
  readonly format: string;
  readonly rows: readonly Row[];
  readonly leftOut: readonly LeftOut[];
  readonly separator: Separator;
  /** Present if the file was written for Anki. */
  readonly anki?: AnkiHeader;
  /** Whether the cells are Markdown. */
  readonly isMarkdown?: boolean;
  /** A sentence for members about the parts of the file that were not read. */
  readonly remark?: string;
}
