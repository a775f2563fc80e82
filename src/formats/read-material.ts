/**
 * Reads a file that a group brings. Finds out what kind of file it is and calls the reader of that kind. Everything here
 * is a pure function of the bytes. Reading a large file takes seconds, so a running bot does it on a worker thread.
 */
import { type ColumnRoles, type MaterialLimits, materialLimits, type ReadMaterial } from '../core/material/material.ts';
import { PackError } from '../core/pack/pack-file.ts';
import { readNativePack } from './native-pack.ts';

export interface ReadOptions {
  /** The name of the file with its extension. A pasted text has none. */
  readonly fileName?: string;
  /** The title of the pack that is to be made of the file. */
  readonly packName: string;
  /** Which columns a member chose. Without it the columns are recognised by their names. */
  readonly columns?: ColumnRoles;
  readonly limits?: MaterialLimits;
}

/** Throws {@link PackError} with what is wrong and what to do instead, if nothing of the file can be taken. */
export function readMaterial(bytes: Uint8Array, options: ReadOptions): ReadMaterial {
  const { fileName = 'the text', limits = materialLimits } = options;
  if (bytes.length > limits.size)
    throw new PackError([
      `${fileName}: has ${(bytes.length / 1_048_576).toFixed(1)} MiB; keep to ${limits.size / 1_048_576} MiB, in two packs if need be`,
    ]);
  const text = new TextDecoder('utf-8').decode(bytes);
  return readNativePack(text, { fileName, limits });
}
