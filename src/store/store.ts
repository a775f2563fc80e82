/**
 * What the bot remembers, as a port. One key is the unit of atomicity: what must change together is one value.
 * Every failure is thrown as {@link StoreError}; a value that cannot be read is never reported as absent.
 */
import type { z } from 'zod';

export interface Store {
  /** The value under `key` as `schema` reads it, or undefined when there is none. Throws StoreError. */
  get<T>(key: string, schema: z.ZodType<T>): Promise<T | undefined>;
  /** Stores plain JSON; resolved means saved. Throws StoreError, and then nothing has changed. */
  set(key: string, value: unknown): Promise<void>;
  /** Throws StoreError. Deleting what is not there is no error. */
  delete(key: string): Promise<void>;
  /** All pairs whose key goes on after `prefix`, in order of the key, read in pages. Throws StoreError. */
  range<T>(prefix: string, schema: z.ZodType<T>): AsyncIterable<readonly [key: string, value: T]>;
  /**
   * {@link range} in pages, with only those parts of each value that lie at the paths, in their order; null where a value
   * has none. At least two paths. Throws StoreError.
   */
  parts<T>(
    prefix: string,
    paths: readonly (readonly string[])[],
    schema: z.ZodType<T>,
  ): AsyncIterable<readonly (readonly [key: string, parts: T])[]>;
  /** Keys that begin and end so, in no order. Throws StoreError. */
  keys(prefix: string, ending: string): Promise<readonly string[]>;
  /**
   * Read, change, write as one turn: nobody else writes this key in between. When `next` gives back what it was given,
   * nothing is written. Throws StoreError.
   */
  change<T>(key: string, schema: z.ZodType<T>, next: (old: T | undefined) => T): Promise<T>;
  /**
   * {@link change} for different keys in one turn and one write: all of them are written, or none. `index`
   * is the key's place; the values come in the order of the keys. Throws StoreError.
   */
  changeMany<T>(
    keys: readonly string[],
    schema: z.ZodType<T>,
    next: (old: T | undefined, index: number) => T,
  ): Promise<readonly T[]>;
  /** Waits for what is under way and lets go of the file. */
  close(): Promise<void>;
}

export class StoreError extends Error {
  /** SQLite's own code where there is one: SQLITE_FULL, SQLITE_BUSY, SQLITE_CORRUPT … */
  readonly code: string | undefined;
  /** What did not come about; a failed read has lost nothing. */
  readonly doing: 'reading' | 'writing';

  constructor(
    message: string,
    doing: 'reading' | 'writing',
    options?: { readonly cause?: unknown; readonly code?: string | undefined },
  ) {
    super(message, options);
    this.name = 'StoreError';
    this.code = options?.code;
    this.doing = doing;
  }
}

/** Whether SQLite says by this code that the file itself is broken; trying again does not help then. */
export const isDamage = (code: string | undefined): boolean => code === 'SQLITE_CORRUPT' || code === 'SQLITE_NOTADB';

/** The code an error of the driver or the system carries. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
