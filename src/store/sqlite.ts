/**
 * The default store. It uses one SQLite file and one connection. With the pragmas WAL and synchronous=NORMAL, no
 * acknowledged write is lost if the process is killed. With secure_delete, deleted content is overwritten. The adapter
 * has no options for these pragmas, so `query` sets them.
 */
import { KeyvSqlite } from '@keyv/sqlite';
import type { Store } from './store.ts';
import { codeOf, StoreError } from './store.ts';
import { keyvStore, type PartsPage, plainKeyv } from './keyv-store.ts';

export interface SqliteStore extends Store {
  /**
   * Runs an SQL statement on the connection of the store. Use this only for pragmas, and in tests that damage the file.
   */
  query(sql: string, ...values: unknown[]): Promise<unknown>;
}

/** Maximum time that SQLite waits for the lock of another connection, in ms. Then it fails with SQLITE_BUSY. */
const busyTimeout = 2_000;

/** Opens `file`, or creates the file. Throws {@link StoreError} if the file cannot be opened or is not a database. */
export async function openSqlite(file: string): Promise<SqliteStore> {
  const adapter = new KeyvSqlite({ uri: `sqlite://${file}`, busyTimeout });
  // An 'error' event without a listener would crash the process. The same errors reject the promises below.
  adapter.on('error', () => undefined);
  try {
    await adapter.query('PRAGMA journal_mode = WAL');
    await adapter.query('PRAGMA synchronous = NORMAL');
    await adapter.query('PRAGMA secure_delete = ON');
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
    // SQLite extracts the parts on its own thread, so the main thread does not have to parse whole values.
    async parts(after, before, most, paths) {
      const pages: readonly PartsPage[] = await adapter.query(
        `SELECT count(*) AS size, max(key) AS last,
           json_group_array(json_array(key, json_extract(value, ${paths.map(() => '?').join(', ')}))) AS pairs
         FROM (SELECT key, value FROM keyv WHERE key > ? AND key < ? ORDER BY key LIMIT ?)`,
        ...paths.map((path) => ['$', 'value', ...path].map((step) => (step === '$' ? step : `"${step}"`)).join('.')),
        after,
        before,
        most,
      );
      return pages[0] ?? { size: 0, last: null, pairs: '[]' };
    },
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
    async keysContaining(after, before, text) {
      const rows: readonly { readonly key: string }[] = await adapter.query(
        'SELECT key FROM keyv WHERE key > ? AND key < ? AND (instr(key, ?) OR instr(value, ?))',
        after,
        before,
        text,
        text,
      );
      return rows.map(({ key }) => key);
    },
    many: (keys) =>
      adapter.query('SELECT key, value FROM keyv WHERE key IN (SELECT value FROM json_each(?))', JSON.stringify(keys)),
    // A single statement is atomic. A transaction with BEGIN would not work, because concurrent writes on the same
    // connection would become part of it. SQLite allows 32,766 parameters in a statement. The answers to one question
    // need far fewer.
    setMany: (rows) =>
      adapter.query(
        `INSERT INTO keyv (key, value) VALUES ${rows.map(() => '(?, ?)').join(', ')}
         ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
        ...rows.flatMap(({ key, value }) => [key, value]),
      ),
    purge: () => purge(adapter),
    close: () => adapter.close(),
  });
  return { ...store, query: (sql, ...values) => adapter.query(sql, ...values) };
}

/** The `user_version` of a database whose free space contains no deleted content. */
const cleanVersion = 1;

/**
 * SQLite overwrites deleted content with zeros, because `secure_delete` is on. A database from a version of the bot
 * without this setting still has deleted content in its free space, so it is rebuilt once. Then the write-ahead log,
 * which contains old content of changed pages, is emptied.
 */
async function purge(adapter: KeyvSqlite): Promise<void> {
  const [before]: readonly { readonly user_version: number }[] = await adapter.query('PRAGMA user_version');
  if ((before?.user_version ?? 0) < cleanVersion) {
    await adapter.query('VACUUM');
    await adapter.query(`PRAGMA user_version = ${cleanVersion}`);
  }
  const [log]: readonly { readonly busy: number }[] = await adapter.query('PRAGMA wal_checkpoint(TRUNCATE)');
  if (log?.busy !== 0) throw new StoreError('another connection is reading the write-ahead log', 'writing');
}

/**
 * Locks `file` for this process until the returned function is called or the process ends. The operating system
 * releases SQLite's file lock when the process ends, so no stale lock can remain. Throws {@link StoreError}. Its code
 * is SQLITE_BUSY if another process has locked the file.
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
