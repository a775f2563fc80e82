/**
 * The version of the data format. It is stored under its own key, so that an older program does not misread data of a
 * newer one. Data without this key has version 1. Values of older versions are converted when they are read.
 */
import { z } from 'zod';
import type { Store } from './store.ts';

/**
 * Format 1, used since version 0.1.0 of the program: the data contains no format version. Format 2: the format version
 * is stored. Format 3: the latest answers to a round are stored separately from the round. Older programs would ignore
 * these answers.
 */
export const dataFormat = 3;
export const formatKey = 'format';

/** Thrown if a newer version of the program has written the data. */
export class FormatError extends Error {
  constructor(version: number) {
    super(
      `The data was written by a newer version of Caspian (format ${version}; this version reads formats up to ${dataFormat}). Start the newer version. To go on with this one, put a copy back that it has made: npm run restore FILE`,
    );
    this.name = 'FormatError';
  }
}

/** Returns the version of the stored data. Throws FormatError if this program cannot read it. Throws StoreError. */
async function checkFormat(store: Pick<Store, 'get'>): Promise<number> {
  const version = (await store.get(formatKey, z.number())) ?? 1;
  if (version > dataFormat) throw new FormatError(version);
  return version;
}

/** Checks the format and stores the current version. Throws FormatError and StoreError. */
export async function noteFormat(store: Pick<Store, 'get' | 'set'>): Promise<void> {
  if ((await checkFormat(store)) < dataFormat) await store.set(formatKey, dataFormat);
}
