/**
 * The interface of the bot's storage. A change of one key is atomic, so data that must change together is stored in one
 * value. Every failure is thrown as a {@link StoreError}. An unreadable value is never treated as absent.
 */
import type { z } from 'zod';

/** A short summary of a value. Each field is a list that may contain strings, numbers and lists, but no objects. */
export type Summary = Readonly<Record<string, readonly unknown[]>>;

/** A key with fields from the summary of its value. If the value has no summary, a key with parts of the value. */
export type Summarized<S, P> =
  | readonly [key: string, fields: S, parts: undefined]
  | readonly [key: string, fields: undefined, parts: P];

export interface Store {
  /** Reads the value of `key` and parses it with `schema`. Undefined if the key does not exist. Throws StoreError. */
  get<T>(key: string, schema: z.ZodType<T>): Promise<T | undefined>;
  /**
   * Stores a JSON value. When the promise resolves, the value is saved. If a StoreError is thrown, the old value is
   * unchanged. Exception: if the connection to a database server was lost, the old or the new value may be stored.
   */
  set(key: string, value: unknown): Promise<void>;
  /** Deletes a key. Does nothing if the key does not exist. Throws StoreError. */
  delete(key: string): Promise<void>;
  /**
   * Returns all pairs whose key begins with `prefix` and is longer than `prefix`. The pairs are sorted by key and read
   * in pages. If `schema` cannot read a value, the value is skipped and `onUnreadable` is called. Without
   * `onUnreadable`, an unreadable value throws StoreError. All other failures also throw StoreError.
   */
  range<T>(
    prefix: string,
    schema: z.ZodType<T>,
    onUnreadable?: (key: string, error: StoreError) => Promise<void>,
  ): AsyncIterable<readonly [key: string, value: T]>;
  /**
   * Like {@link range}, but yields groups of at most 100 pairs and reads only parts of each value. Each path in `paths`
   * is a list of field names that leads to one part. The parts are in the order of `paths`. A missing part is null. At
   * least two paths are needed. Throws StoreError.
   */
  parts<T>(
    prefix: string,
    paths: readonly (readonly string[])[],
    schema: z.ZodType<T>,
  ): AsyncIterable<readonly (readonly [key: string, parts: T])[]>;
  /**
   * Reads only fields of the summaries (see {@link change}). This is much faster than reading parts of the values. The
   * fields are in the order of `fields`, and a missing field is null. If a value has no summary, reads its parts at
   * `paths` instead. Yields groups of at most 100 elements. Each element is a key with either fields or parts. Throws
   * StoreError.
   */
  summaries<S, P>(
    prefix: string,
    fields: readonly string[],
    schema: z.ZodType<S>,
    paths: readonly (readonly string[])[],
    partsSchema: z.ZodType<P>,
  ): AsyncIterable<readonly Summarized<S, P>[]>;
  /** Returns all keys with this prefix and suffix, unsorted. Throws StoreError. */
  keys(prefix: string, ending: string): Promise<readonly string[]>;
  /** Returns the first key with this prefix that sorts after `after`. Undefined if there is none. Throws StoreError. */
  nextKey(prefix: string, after: string): Promise<string | undefined>;
  /**
   * Returns all keys with this prefix that contain the text or whose stored value contains it, unsorted. Also searches
   * values that are not JSON. Throws StoreError.
   */
  keysContaining(prefix: string, text: string): Promise<readonly string[]>;
  /**
   * Reads a value, calls `next` with it and writes the result. If the stored value has changed between reading and
   * writing, writes nothing and starts again with the new value. Therefore `next` must be a pure function. After a lost
   * connection to a database server, it is unknown whether the write was carried out. Therefore `next` may also be
   * called with a value that already contains the change of an earlier call of `next`. If `next` returns its argument,
   * nothing is written. Throws StoreError.
   *
   * `summary` calculates a short summary of the new value, which is stored with the value (see {@link summaries}). A
   * later write without this function removes the summary.
   */
  change<T>(
    key: string,
    schema: z.ZodType<T>,
    next: (old: T | undefined) => T,
    summary?: (value: T) => Summary | undefined,
  ): Promise<T>;
  /**
   * Like {@link change}, but changes several keys. Up to 50 keys are read and written together: if no other process has
   * changed any of these keys, either all of them are written or none. More keys are written with several statements.
   * If one statement fails, the keys of the other statements may have been written. If another process has changed some
   * of the keys, only these keys are read and changed again.
   *
   * `index` is the index of the key in `keys`. Returns the new values in the order of `keys`. Throws StoreError after all
   * statements have ended.
   */
  changeMany<T>(
    keys: readonly string[],
    schema: z.ZodType<T>,
    next: (old: T | undefined, index: number) => T,
    summary?: (value: T) => Summary | undefined,
  ): Promise<readonly T[]>;
  /**
   * Moves a value to a new key without changing the value. The new key is the old key with the prefix `broken/`. Throws
   * StoreError.
   */
  setAside(key: string): Promise<void>;
  /**
   * Removes the content of deleted and overwritten values from the files of the store. Before this call, the
   * write-ahead log may still contain such content. The first call for an SQLite file rebuilds the file, because an
   * earlier version of the bot may have left such content in it. This takes seconds if the file is large. On a
   * PostgreSQL server, the table is vacuumed. Throws StoreError, for example while another connection reads the file.
   */
  purge(): Promise<void>;
  /** Waits until queued and running operations have ended, then closes the file or the connections. */
  close(): Promise<void>;
}

/**
 * Runs an operation of the store. If the operation fails with an error that `isTemporary` accepts, runs it again: the
 * first time immediately, and then after short delays. After a limited number of tries, throws the last error. `what`
 * describes the failure for the log.
 */
export type Repeat = <T>(what: string, run: () => Promise<T>, isTemporary: (error: unknown) => boolean) => Promise<T>;

/** Repeats operations that may fail temporarily. */
export interface Repetition {
  readonly repeat: Repeat;
  /**
   * Runs `attempt` until it succeeds, at most `tries` times, and logs each failure as a warning. Rejects with the error
   * of a failed attempt if `isTemporary` returns false for the error, or if this was the last allowed attempt. The
   * delays between the attempts grow from two seconds to `longestDelay` ms.
   */
  until<T>(
    tried: { readonly what: string; readonly tries: number; readonly longestDelay: number },
    attempt: () => Promise<T>,
    isTemporary: (error: unknown) => boolean,
  ): Promise<T>;
}

export class StoreError extends Error {
  /**
   * The error code of the database or of the network, such as SQLITE_FULL, SQLITE_CORRUPT, 53100 (PostgreSQL: disk
   * full) or ECONNREFUSED. LOST_RACE means that another process changed the value at every try. Undefined if the error
   * has no code.
   */
  readonly code: string | undefined;
  /** Whether a read or a write failed. A failed read loses no data. */
  readonly doing: 'reading' | 'writing';
  /**
   * The key of an unreadable value. Present only if the value was read but is not JSON or does not match its schema.
   */
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

/**
 * The error codes that mean damaged data. The PostgreSQL codes stand for data_corrupted and index_corrupted (PostgreSQL
 * documentation, Appendix A).
 */
const damageCodes: ReadonlySet<string | undefined> = new Set(['SQLITE_CORRUPT', 'SQLITE_NOTADB', 'XX001', 'XX002']);

/** Whether this error code means that the stored data is damaged. In this case, retries also fail. */
export const isDamage = (code: string | undefined): boolean => damageCodes.has(code);

/** The error code of the database, the network or the operating system. Undefined if the error has no such code. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** The key of the unreadable value that caused `error`. Undefined for other errors. */
export const unreadableKey = (error: unknown): string | undefined =>
  error instanceof StoreError ? error.unreadable : undefined;
