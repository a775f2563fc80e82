/**
 * The default store: one SQLite file, one connection. WAL with synchronous=NORMAL keeps every acknowledged write
 * through a killed process; the adapter has no option for it, so it is set by `query`.
 */
import { KeyvSqlite } from '@keyv/sqlite';
import type { Book } from './store.ts';
import { codeOf, StoreError } from './store.ts';
import { keyvBook, plainKeyv } from './keyv-store.ts';

export interface SqliteBook extends Book {
  /** Runs one SQL statement on the same connection; for pragmas and tests of faults. */
  query(sql: string, ...values: unknown[]): Promise<unknown>;
}

/** How long SQLite waits for another connection's lock before it gives up, in milliseconds. */
const busyTimeout = 2_000;

/** Opens `file`, creating it when it is not there. Throws {@link StoreError} when it cannot be opened or is no database. */
export async function openSqlite(file: string): Promise<SqliteBook> {
  const store = new KeyvSqlite({ uri: `sqlite://${file}`, busyTimeout });
  // Errors arrive through the promises below as well; without a listener the event would end the process.
  store.on('error', () => undefined);
  try {
    await store.query('PRAGMA journal_mode = WAL');
    await store.query('PRAGMA synchronous = NORMAL');
  } catch (error) {
    throw new StoreError(
      `could not open ${file}: ${error instanceof Error ? error.message : String(error)}`,
      'reading',
      { cause: error, code: codeOf(error) },
    );
  }
  const keyv = plainKeyv(store);
  keyv.on('error', () => undefined);
  const book = keyvBook({
    keyv,
    page: (after, before, most) =>
      store.query('SELECT key, value FROM keyv WHERE key > ? AND key < ? ORDER BY key LIMIT ?', after, before, most),
    // SQLite reads the parts outside of JavaScript's thread, and hands over what is wanted alone.
    parts: (after, before, most, paths) =>
      store.query(
        `SELECT key, json_extract(value, ${paths.map(() => '?').join(', ')}) AS value FROM keyv
         WHERE key > ? AND key < ? ORDER BY key LIMIT ?`,
        ...paths.map((path) => ['$', 'value', ...path].map((step) => (step === '$' ? step : `"${step}"`)).join('.')),
        after,
        before,
        most,
      ),
    async keys(after, before, ending) {
      const rows: readonly { readonly key: string }[] = await store.query(
        'SELECT key FROM keyv WHERE key > ? AND key < ? AND substr(key, ?) = ?',
        after,
        before,
        -ending.length,
        ending,
      );
      return rows.map(({ key }) => key);
    },
    many: (keys) =>
      store.query('SELECT key, value FROM keyv WHERE key IN (SELECT value FROM json_each(?))', JSON.stringify(keys)),
    // One statement is one transaction, and cannot take what others write on this connection with it.
    // SQLite takes 32,766 values in one; the answers of one question are far fewer.
    setMany: (rows) =>
      store.query(
        `INSERT INTO keyv (key, value) VALUES ${rows.map(() => '(?, ?)').join(', ')}
         ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
        ...rows.flatMap(({ key, value }) => [key, value]),
      ),
    close: () => store.close(),
  });
  return { ...book, query: (sql, ...values) => store.query(sql, ...values) };
}

/**
 * Takes the directory for this process until the answer is called or the process ends, however it ends: the lock is
 * SQLite's own lock on a file of its own, which the system lets go with the process, so no stale lock can remain.
 * Throws {@link StoreError} with code SQLITE_BUSY when another process holds it.
 */
export async function lockFile(file: string): Promise<() => Promise<void>> {
  const store = new KeyvSqlite({ uri: `sqlite://${file}`, busyTimeout: 1 });
  store.on('error', () => undefined);
  try {
    await store.query('PRAGMA locking_mode = EXCLUSIVE');
    await store.query('BEGIN EXCLUSIVE');
  } catch (error) {
    throw new StoreError(`could not lock ${file}`, 'writing', { cause: error, code: codeOf(error) });
  }
  return () => store.close();
}
