/**
 * Reads a file that a group imports: finds the kind of the file and calls its reader. The result depends only on the
 * bytes and the options. Reading a large file takes seconds, so a running bot reads files on worker threads.
 */
import { type ColumnRoles, type MaterialLimits, materialLimits, type ReadMaterial } from '../core/material/material.ts';
import { PackError } from '../core/pack/pack-file.ts';
import { decode } from './encodings.ts';
import { readNativePack } from './native-pack.ts';
import { refuseBinary, refuseUnsupportedText } from './unsupported-files.ts';
import { readCards } from './read-cards.ts';

export interface ReadOptions {
  /** The name of the file with its extension. Undefined for a pasted text. */
  readonly fileName?: string;
  /** The title of the new pack. */
  readonly packName: string;
  /** The columns that a member has chosen. If undefined, columns are recognised by their names. */
  readonly columns?: ColumnRoles;
  /** Whether the first row has the names of the columns. If undefined, the reader guesses. */
  readonly header?: boolean;
  readonly limits?: MaterialLimits;
}

/** Throws {@link PackError} if no part of the file can be imported. The message says why, and what to do instead. */
export function readMaterial(bytes: Uint8Array, options: ReadOptions): ReadMaterial {
  const { fileName = 'the text', limits = materialLimits, packName, columns, header } = options;
  if (bytes.length > limits.size)
    throw new PackError([
      `${fileName}: has ${(bytes.length / 1_048_576).toFixed(1)} MiB; keep to ${limits.size / 1_048_576} MiB, in two packs if need be`,
    ]);
  refuseBinary(bytes, fileName);
  const { text: decoded, encoding, remark } = decode(bytes);
  const text = decoded.replace(/^\uFEFF/, '').replaceAll(/\r\n?/g, '\n');
  refuseUnsupportedText(text, fileName);
  if (isNative(text, fileName)) return readNativePack(text, { fileName, limits });
  const remarks = remark === undefined ? [] : [remark];
  return readCards(text, { fileName, packName, encoding, remarks, columns, header, limits });
}

/** Whether the file is a pack in YAML: it has the extension of YAML, or a line `pack:` with a field below it. */
const isNative = (text: string, fileName: string): boolean =>
  /\.ya?ml$/i.test(fileName) || /^pack:[ \t]*\n[ \t]+\w+:/m.test(text);
