/**
 * Reads a file that a group brings. Finds out what kind of file it is and calls the reader of that kind. Everything here
 * is a pure function of the bytes. Reading a large file takes seconds, so a running bot does it on a worker thread.
 */
import { type ColumnRoles, type MaterialLimits, materialLimits, type ReadMaterial } from '../core/material/material.ts';
import { PackError } from '../core/pack/pack-file.ts';
import { decode } from './encodings.ts';
import { readNativePack } from './native-pack.ts';
import { refuseBinary, refuseOtherTexts } from './other-kinds.ts';
import { readCards } from './read-cards.ts';

export interface ReadOptions {
  /** The name of the file with its extension. A pasted text has none. */
  readonly fileName?: string;
  /** The title of the pack that is to be made of the file. */
  readonly packName: string;
  /** Which columns a member chose. Without it the columns are recognised by their names. */
  readonly columns?: ColumnRoles;
  /** Whether the first row has the names of the columns. Without it this is guessed. */
  readonly header?: boolean;
  readonly limits?: MaterialLimits;
}

/** Throws {@link PackError} with what is wrong and what to do instead, if nothing of the file can be taken. */
export function readMaterial(bytes: Uint8Array, options: ReadOptions): ReadMaterial {
  const { fileName = 'the text', limits = materialLimits, packName, columns, header } = options;
  if (bytes.length > limits.size)
    throw new PackError([
      `${fileName}: has ${(bytes.length / 1_048_576).toFixed(1)} MiB; keep to ${limits.size / 1_048_576} MiB, in two packs if need be`,
    ]);
  refuseBinary(bytes, fileName);
  const { text: decoded, encoding, remark } = decode(bytes);
  const text = decoded.replace(/^\uFEFF/, '').replaceAll(/\r\n?/g, '\n');
  refuseOtherTexts(text, fileName);
  if (isNative(text, fileName)) return readNativePack(text, { fileName, limits });
  const remarks = remark === undefined ? [] : [remark];
  return readCards(text, { fileName, packName, encoding, remarks, columns, header, limits });
}

/** Whether the file is a pack in YAML: by its extension, or because a line of it begins the part with the manifest. */
const isNative = (text: string, fileName: string): boolean =>
  /\.ya?ml$/i.test(fileName) || /^pack:[ \t]*\n[ \t]+\w+:/m.test(text);
