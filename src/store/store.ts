/**
 * The bot's storage as a port. Changes are atomic per key, so what must change together is one value. Every failure is
 * thrown as {@link StoreError}; a value that cannot be read is never reported as absent.
 */
import type { z } from 'zod';

export interface Store {
  /** The value under `key` as `schema` reads it, or undefined when there is none. Throws StoreError. */
  get<T>(key: string, schema: z.ZodType<T>): Promise<T | undefined>;
  /** Stores plain JSON; once resolved it is saved. When it throws StoreError, nothing has changed. */
  set(key: string, value: unknown): Promise<void>;
  /** Throws StoreError. Deleting what is not there is no error. */
  delete(key: string): Promise<void>;
  /**
   * All pairs whose key begins with `prefix` and is longer, in order of the key, read in pages. A value that
   * `schema` cannot read is given to `onUnreadable` and left out; without it, StoreError is thrown. Throws StoreError.
   */
  range<T>(
    prefix: string,
    schema: z.ZodType<T>,
    onUnreadable?: (key: string, error: StoreError) => Promise<void>,
  ): AsyncIterable<readonly [key: string, value: T]>;
  /**
   * Like {@link range}, in pages, with only the parts of each value at these paths, in their order; null where a value has
   * none. At least two paths. Throws StoreError.
   */
  parts<T>(
    prefix: string,
    paths: readonly (readonly string[])[],
    schema: z.ZodType<T>,
  ): AsyncIterable<readonly (readonly [key: string, parts: T])[]>;
  /** Keys with this prefix and ending, in no order. Throws StoreError. */
  keys(prefix: string, ending: string): Promise<readonly string[]>;
  /**
   * Reads, changes and writes a value; nobody else writes this key in between. When `next` returns its argument, nothing
   * is written. Throws StoreError.
   */
  change<T>(key: string, schema: z.ZodType<T>, next: (old: T | undefined) => T): Promise<T>;
  /**
   * Like {@link change} for several keys in one write: all of them are written, or none. `index` is the key's place; the
   * values come in the order of the keys. Throws StoreError.
   */
  changeMany<T>(
    keys: readonly string[],
    schema: z.ZodType<T>,
    next: (old: T | undefined, index: number) => T,
  ): Promise<readonly T[]>;
  /** Moves the value of a key, as it is, to the key `broken/` and that key. Throws StoreError. */
  setAside(key: string): Promise<void>;
  /** Waits for what is under way, then closes the file. */
  close(): Promise<void>;
}

export class StoreError extends Error {
  /** SQLite's code where there is one: SQLITE_FULL, SQLITE_BUSY, SQLITE_CORRUPT … */
  readonly code: string | undefined;
  /** What failed. A failed read has lost nothing. */
  readonly doing: 'reading' | 'writing';
  /** The key of a value that was read, but is in a form that its schema does not know. */
  readonly unreadable: string | undefined;

  constructor(
    message: string,
    doing: 'reading' | 'writing',
    options?: { readonly cause?: unknown; readonly code?: string | undefined; readonly unreadable?: string },
  ) {
    super(message, options);
    this.name = 'StoreError';
    this.code = options?.code;
    this.doing = doing;
    this.unreadable = options?.unreadable;
  }
}

/** Whether this code of SQLite says that the file is damaged; trying again does not help then. */
export const isDamage = (code: string | undefined): boolean => code === 'SQLITE_CORRUPT' || code === 'SQLITE_NOTADB';

/** The code of an error of the driver or the system. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** The key of the value that `error` says is in an unknown form. */
export const unreadableKey = (error: unknown): string | undefined =>
  error instanceof StoreError ? error.unreadable : undefined;
