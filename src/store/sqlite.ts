/**
 * The default store. It uses one SQLite file and one connection. With the pragmas WAL and synchronous=NORMAL, no
 * acknowledged write is lost if the process is killed. With secure_delete, deleted content is overwritten. The adapter
 * has no options for these pragmas, so `query` sets them.
 */
import { KeyvSqlite } from '@keyv/sqlite';
import { type Backend, type PartsPage, plainKeyv } from './backend.ts';
import { keyvStore } from './keyv-store.ts';
import { codeOf, type Repeat, type Store, StoreError } from './store.ts';
import { suffixLength } from './suffix.ts';

export interface SqliteStore extends Store {
  /**
   * Runs an SQL statement on the connection of the store. Use this only for pragmas, and in tests that damage the file.
   */
  query(sql: string, ...values: unknown[]): Promise<unknown>;
}

/** Maximum time that SQLite waits for the lock of another connection, in ms. Then it fails with SQLITE_BUSY. */
const busyTimeout = 2_000;

/** The statements of the store. A test checks that they use indexes. */
export const sqliteStatements = {
  page: 'SELECT key, value FROM keyv WHERE key > ? AND key < ? ORDER BY key LIMIT ?',
  parts: (count: number) => `
    SELECT count(*) AS size, max(key) AS last,
      json_group_array(json_array(key, json_extract(value, ${Array(count).fill('?').join(', ')}))) AS pairs
    FROM (SELECT key, value FROM keyv WHERE key > ? AND key < ? ORDER BY key LIMIT ?)`,
  keys: 'SELECT key FROM keyv WHERE key > ?1 AND key < ?2 AND substr(key, -length(?3)) = ?3',
  keysByIndex: `SELECT key FROM keyv WHERE substr(key, -${suffixLength}) = substr(?3, -${suffixLength})
    AND key > ?1 AND key < ?2 AND substr(key, -length(?3)) = ?3`,
  keysContaining: 'SELECT key FROM keyv WHERE key > ?1 AND key < ?2 AND (instr(key, ?3) OR instr(value, ?3))',
  many: 'SELECT key, value FROM keyv WHERE key IN (SELECT value FROM json_each(?))',
  compareAndWrite: `
    INSERT INTO keyv (key, value)
    SELECT given.value ->> 0, given.value ->> 2
    FROM json_each(?) AS given LEFT JOIN keyv ON keyv.key = given.value ->> 0
    WHERE keyv.value IS given.value ->> 1
    ON CONFLICT (key) DO UPDATE SET value = excluded.value
    RETURNING key`,
} as const;

/**
 * Opens `file`, or creates the file. Throws {@link StoreError} if the file cannot be opened or is not a database.
 * @param repeat repeats changes that lost a race against another process. Not needed if only one process has the file.
 */
export async function openSqlite(file: string, repeat?: Repeat): Promise<SqliteStore> {
  const adapter = new KeyvSqlite({ uri: `sqlite://${file}`, busyTimeout });
  // An 'error' event without a listener would crash the process. The same errors reject the promises below.
  adapter.on('error', () => undefined);
  try {
    await adapter.query('PRAGMA journal_mode = WAL');
    await adapter.query('PRAGMA synchronous = NORMAL');
    await adapter.query('PRAGMA secure_delete = ON');
    await adapter.query(`CREATE INDEX IF NOT EXISTS keyv_suffix ON keyv (substr(key, -${suffixLength}))`);
  } catch (error) {
    throw new StoreError(
      `could not open ${file}: ${error instanceof Error ? error.message : String(error)}`,
      'reading',
      { cause: error, code: codeOf(error) },
    );
  }
  const keyv = plainKeyv(adapter);
  const backend: Backend = {
    keyv,
    page: (after, before, most) => adapter.query(sqliteStatements.page, after, before, most),
    // SQLite extracts the parts on its own thread, so the main thread does not have to parse whole values.
    async parts(after, before, most, paths) {
      const pages: readonly PartsPage[] = await adapter.query(
        sqliteStatements.parts(paths.length),
        ...paths.map((path) => ['$', 'value', ...path].map((step) => (step === '$' ? step : `"${step}"`)).join('.')),
        after,
        before,
        most,
      );
      return pages[0] ?? { size: 0, last: null, pairs: '[]' };
    },
    async keys(after, before, ending) {
      const sql = ending.length < suffixLength ? sqliteStatements.keys : sqliteStatements.keysByIndex;
      const rows: readonly { readonly key: string }[] = await adapter.query(sql, after, before, ending);
      return rows.map(({ key }) => key);
    },
    many: (keys) => adapter.query(sqliteStatements.many, JSON.stringify(keys)),
    // A single statement is atomic. A transaction with BEGIN would not work, because concurrent writes on the same
    // connection would become part of it.
    async compareAndWrite(changes) {
      const rows: readonly { readonly key: string }[] = await adapter.query(
        sqliteStatements.compareAndWrite,
        JSON.stringify(changes.map(({ key, old = null, value }) => [key, old, value])),
      );
      return rows.map(({ key }) => key);
    },
    isTemporary: () => false,
    async keysContaining(after, before, text) {
      const rows: readonly { readonly key: string }[] = await adapter.query(
        sqliteStatements.keysContaining,
        after,
        before,
        text,
      );
      return rows.map(({ key }) => key);
    },
    purge: () => purge(adapter),
    close: () => adapter.close(),
  };
  return { ...keyvStore(backend, repeat), query: (sql, ...values) => adapter.query(sql, ...values) };
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
