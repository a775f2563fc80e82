/**
 * The interface between the store and its database. A Keyv adapter only reads, writes and deletes single keys. A
 * backend adds operations such as reading rows in the order of their keys, and writing keys only if their texts are
 * unchanged.
 */
import { Keyv } from 'keyv';

/** A key and its value as the backend stores them. The value is JSON. */
export interface Row {
  readonly key: string;
  readonly value: string;
}

/** A write that takes place only if the stored text of the key is still equal to `old`. */
export interface Change extends Row {
  /** Undefined if the write requires that the key does not exist. */
  readonly old: string | undefined;
}

/**
 * Parts of the values of several rows. All rows are in one text, `pairs`, because the main thread reads one text faster
 * than many rows.
 */
export interface PartsPage {
  /** Number of rows. */
  readonly size: number;
  /** The last key of the page. Null if the page is empty. */
  readonly last: string | null;
  /**
   * A JSON list of pairs, sorted by key. Each pair is a key and the list of the parts of its value. A missing part is
   * null.
   */
  readonly pairs: string;
}

export interface Backend {
  readonly keyv: Keyv;
  /**
   * The rows with `after < key < before`, sorted by key. If there are more than `most` rows, only the first are
   * returned.
   */
  page(after: string, before: string, most: number): Promise<readonly Row[]>;
  /**
   * Like {@link page}, but reads only parts of the values. Each path in `paths` is a list of field names that leads to
   * one part. The parts of a value are in the order of `paths`.
   */
  parts(after: string, before: string, most: number, paths: readonly (readonly string[])[]): Promise<PartsPage>;
  /**
   * Like {@link parts}, but reads the summaries of values. In `pairs`, each row has three elements: its key, its
   * summary as an object, and the list of its parts. If the row has a summary, the list of parts is null. Otherwise the
   * summary is null. The summary object contains the fields in the list `fields`, and may contain other fields.
   */
  summaries(
    after: string,
    before: string,
    most: number,
    fields: readonly string[],
    paths: readonly (readonly string[])[],
  ): Promise<PartsPage>;
  /** All keys with `after < key < before` and the suffix `ending`. */
  keys(after: string, before: string, ending: string): Promise<readonly string[]>;
  /** All keys with `after < key < before` that contain the text or whose value contains it. */
  keysContaining(after: string, before: string, text: string): Promise<readonly string[]>;
  /** The rows with these keys, unsorted. Keys that do not exist are skipped. */
  many(keys: readonly string[]): Promise<readonly Row[]>;
  /**
   * Carries out these changes in one statement and returns the keys that were written. If the stored text of a key is
   * no longer equal to `old`, the key is skipped, and the other keys are still written. At most 10,000 changes, because
   * SQLite allows 32,766 parameters in a statement and each change has three.
   */
  compareAndWrite(changes: readonly Change[]): Promise<readonly string[]>;
  /** Whether an operation that failed with this error code is worth repeating. */
  isTemporary(code: string | undefined): boolean;
  /** See `Store.purge`. */
  purge(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Functions that convert values to their stored form and back. Keyv's default functions also convert Buffers, which is
 * slower.
 */
export const serialize = JSON.stringify;
export const deserialize = JSON.parse;

/** A Keyv instance that throws errors, adds no prefix to keys, and stores values as plain JSON. */
export function plainKeyv(store: unknown): Keyv {
  const keyv = new Keyv({
    store,
    throwOnErrors: true,
    useKeyPrefix: false,
    serialize,
    deserialize,
  });
  // An 'error' event without a listener would crash the process. The same errors reject the promises.
  keyv.on('error', () => undefined);
  return keyv;
}
