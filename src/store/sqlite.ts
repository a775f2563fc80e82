/**
 * The default store: one SQLite file, one connection. WAL with synchronous=NORMAL keeps every acknowledged write
 * through a killed process; the adapter has no option for it, so it is set by `query`.
 */
import { KeyvSqlite } from '@keyv/sqlite';
import type { Store } from './store.ts';
import { codeOf, StoreError } from './store.ts';
import { keyvStore, plainKeyv } from './keyv-store.ts';

export interface SqliteStore extends Store {
  /** Runs one SQL statement on the same connection; for pragmas and tests of faults. */
  query(sql: string, ...values: unknown[]): Promise<unknown>;
}

/** How long SQLite waits for another connection's lock before it gives up, in milliseconds. */
const busyTimeout = 2_000;

/** Opens `file`, or creates it. Throws {@link StoreError} when it cannot be opened or is no database. */
export async function openSqlite(file: string): Promise<SqliteStore> {
  const adapter = new KeyvSqlite({ uri: `sqlite://${file}`, busyTimeout });
  // Errors also reject the promises below. Without a listener the event would end the process.
  adapter.on('error', () => undefined);
  try {
    await adapter.query('PRAGMA journal_mode = WAL');
    await adapter.query('PRAGMA synchronous = NORMAL');
  } catch (error) {
    throw new StoreError(
      `could not open ${file}: ${error instanceof Error ? error.message : String(error)}`,
      'reading',
      { cause: error, code: codeOf(error) },
    );
  }
  const keyv = plainKeyv(adapter);
  keyv.on('error', () => undefined);
  const store = keyvStore({
    keyv,
    page: (after, before, most) =>
      adapter.query('SELECT key, value FROM keyv WHERE key > ? AND key < ? ORDER BY key LIMIT ?', after, before, most),
    // SQLite reads the parts on its own thread, so only they reach JavaScript.
    parts: (after, before, most, paths) =>
      adapter.query(
        `SELECT key, json_extract(value, ${paths.map(() => '?').join(', ')}) AS value FROM keyv
         WHERE key > ? AND key < ? ORDER BY key LIMIT ?`,
        ...paths.map((path) => ['$', 'value', ...path].map((step) => (step === '$' ? step : `"${step}"`)).join('.')),
        after,
        before,
        most,
      ),
    async keys(after, before, ending) {
      const rows: readonly { readonly key: string }[] = await adapter.query(
        'SELECT key FROM keyv WHERE key > ? AND key < ? AND substr(key, ?) = ?',
        after,
        before,
        -ending.length,
        ending,
      );
      return rows.map(({ key }) => key);
    },
    many: (keys) =>
      adapter.query('SELECT key, value FROM keyv WHERE key IN (SELECT value FROM json_each(?))', JSON.stringify(keys)),
    // One statement is one transaction; a BEGIN would include what others write on this connection.
    // SQLite takes 32,766 values in one statement; a question has far fewer answers.
    setMany: (rows) =>
      adapter.query(
        `INSERT INTO keyv (key, value) VALUES ${rows.map(() => '(?, ?)').join(', ')}
         ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
        ...rows.flatMap(({ key, value }) => [key, value]),
      ),
    close: () => adapter.close(),
  });
  return { ...store, query: (sql, ...values) => adapter.query(sql, ...values) };
}

/**
 * Locks a directory for this process until the returned function is called or the process ends. The lock is SQLite's
 * own on a file, which the system releases with the process, so no stale lock can remain.
 * Throws {@link StoreError} with code SQLITE_BUSY when another process holds it.
 */
export async function lockFile(file: string): Promise<() => Promise<void>> {
  const adapter = new KeyvSqlite({ uri: `sqlite://${file}`, busyTimeout: 1 });
  adapter.on('error', () => undefined);
  try {
    await adapter.query('PRAGMA locking_mode = EXCLUSIVE');
    await adapter.query('BEGIN EXCLUSIVE');
  } catch (error) {
    throw new StoreError(`could not lock ${file}`, 'writing', { cause: error, code: codeOf(error) });
  }
  return () => adapter.close();
}
