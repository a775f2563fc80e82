/**
 * The bot's storage as a port. A change of one key is atomic, so data that must change together is kept in one value.
 * Every failure is thrown as {@link StoreError}. An unreadable value is never reported as absent.
 */
import type { z } from 'zod';

export interface Store {
  /** The value of `key`, parsed with `schema`, or undefined if the key does not exist. Throws StoreError. */
  get<T>(key: string, schema: z.ZodType<T>): Promise<T | undefined>;
  /** Stores a JSON value, which is saved once the promise resolves. If it throws StoreError, nothing has changed. */
  set(key: string, value: unknown): Promise<void>;
  /** Deletes a key. Does nothing if the key does not exist. Throws StoreError. */
  delete(key: string): Promise<void>;
  /**
   * All pairs whose key begins with `prefix` and is longer than it, sorted by key and read in pages. Skips each value
   * that `schema` cannot read and calls `onUnreadable` for it; without `onUnreadable`, throws. Throws StoreError.
   */
  range<T>(
    prefix: string,
    schema: z.ZodType<T>,
    onUnreadable?: (key: string, error: StoreError) => Promise<void>,
  ): AsyncIterable<readonly [key: string, value: T]>;
  /**
   * Like {@link range}, but yields pages, and of each value only the list of its parts at `paths`, in the order of
   * `paths`. A part that does not exist is null. Needs at least two paths. Throws StoreError.
   */
  parts<T>(
    prefix: string,
    paths: readonly (readonly string[])[],
    schema: z.ZodType<T>,
  ): AsyncIterable<readonly (readonly [key: string, parts: T])[]>;
  /** All keys with this prefix and suffix, unsorted. Throws StoreError. */
  keys(prefix: string, ending: string): Promise<readonly string[]>;
  /**
   * Reads a value, changes it with `next`, and writes the result. No other write of the key can happen in between. If
   * `next` returns its argument, nothing is written. Throws StoreError.
   */
  change<T>(key: string, schema: z.ZodType<T>, next: (old: T | undefined) => T): Promise<T>;
  /**
   * Like {@link change} for several keys, with one atomic write: all values are written, or none. `index`: the index of
   * the key in `keys`. Returns the values in the order of `keys`. Throws StoreError.
   */
  changeMany<T>(
    keys: readonly string[],
    schema: z.ZodType<T>,
    next: (old: T | undefined, index: number) => T,
  ): Promise<readonly T[]>;
  /** Moves the value of a key, unchanged, to the key with the prefix `broken/` in front. Throws StoreError. */
  setAside(key: string): Promise<void>;
  /** Waits until queued and running operations have ended, then closes the file. */
  close(): Promise<void>;
}

export class StoreError extends Error {
  /** SQLite's error code if there is one, such as SQLITE_FULL, SQLITE_BUSY or SQLITE_CORRUPT. */
  readonly code: string | undefined;
  /** Whether a read or a write failed. After a failed read, no data is lost. */
  readonly doing: 'reading' | 'writing';
  /** The key of the value, if the value was read but is not JSON or does not fit its schema. */
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

/** Whether this SQLite error code means that the file is damaged. Retrying does not help then. */
export const isDamage = (code: string | undefined): boolean => code === 'SQLITE_CORRUPT' || code === 'SQLITE_NOTADB';

/** The `code` of an error of SQLite or the operating system, if it has one. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** The key of the unreadable value that `error` reports, or undefined for other errors. */
export const unreadableKey = (error: unknown): string | undefined =>
  error instanceof StoreError ? error.unreadable : undefined;
