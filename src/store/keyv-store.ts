/**
 * Implements Store with Keyv. Keyv's namespaces, `clear()` and `iterator()` are not used. The SQLite adapter implements
 * them with LIKE and OFFSET, which can skip rows. Ranges of keys are read with `page` instead.
 */
import { Keyv } from 'keyv';
import type { z } from 'zod';
import { type Store, codeOf, StoreError } from './store.ts';
import { keyQueue } from './key-queue.ts';

/** A key and its value as the backend stores them. The value is JSON. */
export interface Row {
  readonly key: string;
  readonly value: string;
}
/**
 * Parts of the values of several rows. All rows share one text, because the main thread reads a single text faster than
 * many rows.
 */
export interface PartsPage {
  /** Number of rows. */
  readonly size: number;
  /** The last key of the page. Null if the page is empty. */
  readonly last: string | null;
  /** A JSON list of pairs, sorted by key. A pair is a key and the list of its parts. A missing part is null. */
  readonly pairs: string;
}
/** A Keyv instance and additional operations that Keyv does not have or has only for single keys. */
export interface Backend {
  readonly keyv: Keyv;
  /** The first `most` rows with `after < key < before`, sorted by key. */
  page(after: string, before: string, most: number): Promise<readonly Row[]>;
  /** Reads parts of the same rows as {@link page}. The parts of a row are in the order of `paths`. */
  parts(after: string, before: string, most: number, paths: readonly (readonly string[])[]): Promise<PartsPage>;
  /** All keys with `after < key < before` and the suffix `ending`. */
  keys(after: string, before: string, ending: string): Promise<readonly string[]>;
  /** All keys with `after < key < before` whose row contains the text. */
  keysContaining(after: string, before: string, text: string): Promise<readonly string[]>;
  /** The rows with these keys, unsorted. Keys that do not exist are skipped. */
  many(keys: readonly string[]): Promise<readonly Row[]>;
  /** Writes all rows atomically. */
  setMany(rows: readonly Row[]): Promise<unknown>;
  /** See {@link Store.purge}. */
  purge(): Promise<void>;
  close(): Promise<void>;
}

/** A Keyv instance that throws errors, adds no prefix to keys, and stores values as plain JSON. */
export const plainKeyv = (store: unknown): Keyv =>
  new Keyv({ store, throwOnErrors: true, useKeyPrefix: false, serialize: JSON.stringify, deserialize: JSON.parse });

const pageSize = 500;
/**
 * A character that sorts after all characters in keys. All keys with a prefix are between `prefix` and `prefix +
 * behindAll`.
 */
const behindAll = '\uffff';

export function keyvStore(backend: Backend): Store {
  const { keyv } = backend;
  const inTurn = keyQueue();
  const store: Store = {
    async get(key, schema) {
      const value = await guarded('reading', key, () => keyv.get<unknown>(key));
      return value === undefined ? undefined : readAs(schema, key, value);
    },
    async *parts(prefix, paths, schema) {
      const read = (after: string) => {
        const page = guarded('reading', `${after}…`, () => backend.parts(after, prefix + behindAll, pageSize, paths));
        // If the caller stops iterating early, nobody waits for this promise. A failed read must then not become an
        // unhandled rejection.
        page.catch(() => undefined);
        return page;
      };
      for (let coming: Promise<PartsPage> | undefined = read(prefix); coming;) {
        const { size, last, pairs }: PartsPage = await coming;
        // Reads the next page while the caller uses this page.
        coming = last !== null && size === pageSize ? read(last) : undefined;
        const rows: readonly (readonly [string, unknown])[] = JSON.parse(pairs);
        yield rows.map(([key, parts]) => [key, readAs(schema, key, parts)] as const);
      }
    },
    keys: (prefix, ending) =>
      guarded('reading', `${prefix}…${ending}`, () => backend.keys(prefix, prefix + behindAll, ending)),
    nextKey: (prefix, after) =>
      guarded('reading', `${after}…`, async () => (await backend.page(after, prefix + behindAll, 1))[0]?.key),
    keysContaining: (prefix, text) =>
      guarded('reading', `${prefix}…`, () => backend.keysContaining(prefix, prefix + behindAll, text)),
    set: (key, value) => inTurn(key, () => write(key, value)),
    delete: (key) => inTurn(key, () => guarded('writing', key, async () => void (await keyv.delete(key)))),
    async *range(prefix, schema, onUnreadable) {
      const end = prefix + behindAll;
      for (let after = prefix; ;) {
        const rows = await guarded('reading', `${after}…`, () => backend.page(after, end, pageSize));
        for (const row of rows) {
          try {
            const value = await valueOf(row);
            if (value !== undefined) yield [row.key, readAs(schema, row.key, value)] as const;
          } catch (error) {
            if (!onUnreadable || !(error instanceof StoreError) || error.unreadable === undefined) throw error;
            await onUnreadable(error.unreadable, error);
          }
        }
        const last = rows.at(-1);
        if (!last || rows.length < pageSize) return;
        after = last.key;
      }
    },
    change: (key, schema, next) =>
      inTurn(key, async () => {
        const old = await store.get(key, schema);
        const value = next(old);
        if (value !== old) await write(key, value);
        return value;
      }),
    changeMany: (keys, schema, next) =>
      inTurn(keys, async () => {
        const what = `${keys[0]} and ${keys.length - 1} more`;
        const known = new Map<string, unknown>();
        for (const row of await guarded('reading', what, () => backend.many(keys)))
          known.set(row.key, await valueOf(row));
        const changes = keys.map((key, index) => {
          const kept = known.get(key);
          const old = kept === undefined ? undefined : readAs(schema, key, kept);
          return { key, old, value: next(old, index) };
        });
        const changed = changes.filter(({ old, value }) => value !== old);
        if (changed.length > 0)
          await guarded('writing', what, async () => {
            const rows = changed.map(async ({ key, value }) => ({ key, value: await textOf(value) }));
            await backend.setMany(await Promise.all(rows));
          });
        return changes.map(({ value }) => value);
      }),
    setAside: (key) =>
      inTurn(key, () =>
        guarded('writing', key, async () => {
          const rows = await backend.many([key]);
          if (rows.length > 0) await backend.setMany(rows.map((row) => ({ key: `broken/${key}`, value: row.value })));
          await keyv.delete(key);
        }),
      ),
    purge: () => guarded('writing', 'the write-ahead log', backend.purge),
    async close() {
      await inTurn.idle();
      await guarded('writing', 'the end of the file', backend.close);
    },
  };
  const valueOf = async ({ key, value }: Row): Promise<unknown> =>
    (await guarded('reading', key, () => keyv.deserializeData(value)))?.value;
  const textOf = async (value: unknown): Promise<string> => {
    const text = await keyv.serializeData({ value });
    if (typeof text !== 'string') throw new TypeError('the value cannot be written as text');
    return text;
  };
  const write = (key: string, value: unknown) =>
    guarded('writing', key, async () => {
      if (!(await keyv.set(key, value))) throw new Error('the store refused the value');
    });
  return store;
}

function readAs<T>(schema: z.ZodType<T>, key: string, value: unknown): T {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  throw unreadable(key, read.error);
}

const unreadable = (key: string, error: z.ZodError): StoreError =>
  new StoreError(`"${key}" is stored in a form this version does not know: ${error.issues[0]?.message}`, 'reading', {
    cause: error,
    unreadable: key,
  });

async function guarded<T>(doing: StoreError['doing'], what: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof StoreError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new StoreError(`${doing} "${what}" failed: ${reason}`, doing, {
      cause: error,
      code: codeOf(error),
      // A SyntaxError means that the stored text is not JSON.
      ...(error instanceof SyntaxError && { unreadable: what }),
    });
  }
}
