/**
 * The default store. It uses one SQLite file and one connection. With the pragmas WAL and synchronous=NORMAL, no
 * acknowledged write is lost if the process is killed. With secure_delete, deleted content is overwritten. The adapter
 * has no options for these pragmas, so they are set with its method `query`.
 */
import { KeyvSqlite } from '@keyv/sqlite';
import { type Backend, type PartsPage, plainKeyv } from './backend.ts';
import { keyvStore } from './keyv-store.ts';
import { backgroundCheckpoints, type Checkpoints, maxPages } from './sqlite-checkpoints.ts';
import { codeOf, type Repeat, type Store, StoreError } from './store.ts';
import { fieldStart, summaryEnd, summaryStart } from './summary.ts';
import { suffixLength } from './suffix.ts';

export interface SqliteStore extends Store {
  /**
   * Runs an SQL statement on the connection of the store. Use this only for pragmas, and in tests that damage the file.
   */
  query(sql: string, ...values: unknown[]): Promise<unknown>;
}

/**
 * Maximum time that a statement waits for the lock of another connection, in ms. After this time, the statement fails
 * with SQLITE_BUSY.
 */
const busyTimeout = 2_000;
/**
 * Maximum memory for cached pages of the file, in KiB. SQLite's default is too small for the scores of a large server.
 */
const cacheSize = 32_768;

/**
 * A number that is larger than the length of every text. It is an additional argument of `min`: with a single argument,
 * `min` would be the aggregate function of SQLite.
 */
const longestSummary = 0x7f_ff_ff_ff;

/** SQL that reads the summary of a stored text (see `summary.ts`). Null if there is none. */
const summary = `CASE WHEN substr(value, 1, ${summaryStart.length}) = '${summaryStart}'
  THEN nullif(substr(value, ${summaryStart.length + 1}, max(instr(value, '${summaryEnd}') - ${summaryStart.length + 1}, 0)), '') END`;

const listed = (count: number, one: (index: number) => string, separator: string): string =>
  Array.from({ length: count }, (_, index) => one(index)).join(separator);
/**
 * SQL that reads the end of a summary as a JSON object. The object begins with the wanted field that comes first in the
 * summary, and also contains all fields after it. If a wanted field is missing, the object contains the whole summary.
 * Reading each field separately would take three times as long.
 *
 * The parameters from `?4` on are the value `fieldStart(field)` of each wanted field.
 */
const endOfSummary = (fields: number): string =>
  `'{' || substr(summary, max(min(${longestSummary}, ${listed(fields, (index) => `instr(summary, ?${index + 4})`, ', ')}), 2))`;

/** Makes SQLite use the index of the keys. Otherwise SQLite may choose the index of the summaries, which is larger. */
const byKey = 'INDEXED BY sqlite_autoindex_keyv_1';

/** The statements of the store. A test checks that they use indexes. */
export const sqliteStatements = {
  page: `SELECT key, value FROM keyv ${byKey} WHERE key > ? AND key < ? ORDER BY key LIMIT ?`,
  parts: (count: number) => `
    SELECT count(*) AS size, max(key) AS last,
      json_group_array(json_array(key, json_extract(value, ${Array(count).fill('?').join(', ')}))) AS pairs
    FROM (SELECT key, value FROM keyv ${byKey} WHERE key > ? AND key < ? ORDER BY key LIMIT ?)`,
  summaries: (fields: number, paths: number) => `
    SELECT count(*) AS size, max(key) AS last,
      '[' || coalesce(group_concat('[' || json_quote(key) || ',' || coalesce(
        ${endOfSummary(fields)} || ',null',
        'null,' || (
          SELECT json_extract(value, ${listed(paths, (index) => `?${index + 4 + fields}`, ', ')})
          FROM keyv AS whole WHERE whole.key = page.key
        )
      ) || ']'), '') || ']' AS pairs
    FROM (SELECT key, ${summary} AS summary FROM keyv WHERE key > ?1 AND key < ?2 ORDER BY key LIMIT ?3) AS page`,
  keys: `SELECT key FROM keyv ${byKey} WHERE key > ?1 AND key < ?2 AND substr(key, length(key) - length(?3) + 1) = ?3`,
  keysByIndex: `SELECT key FROM keyv WHERE substr(key, -${suffixLength}) = substr(?3, -${suffixLength})
    AND key > ?1 AND key < ?2 AND substr(key, length(key) - length(?3) + 1) = ?3`,
  keysContaining: `SELECT key FROM keyv ${byKey} WHERE key > ?1 AND key < ?2 AND (instr(key, ?3) OR instr(value, ?3))`,
  many: 'SELECT key, value FROM keyv WHERE key IN (SELECT value FROM json_each(?))',
  /** Each text is a separate parameter. One parameter with all texts as JSON would take twice as long. */
  compareAndWrite: (count: number) => `
    WITH given (key, old, value) AS (VALUES ${listed(count, () => '(?, ?, ?)', ', ')})
    INSERT INTO keyv (key, value)
    SELECT given.key, given.value FROM given LEFT JOIN keyv ON keyv.key = given.key
    WHERE keyv.value IS given.old
    ON CONFLICT (key) DO UPDATE SET value = excluded.value
    RETURNING key`,
} as const;

/**
 * Opens `file` and creates it if it does not exist. Throws {@link StoreError} if it is not a usable database.
 * @param repeat repeats changes that lost a race against another process. Not needed if only one process uses the file.
 */
export async function openSqlite(file: string, repeat?: Repeat): Promise<SqliteStore> {
  const checkpoints = backgroundCheckpoints(file);
  const adapter = await openAdapter(file, checkpoints);
  const store = keyvStore(sqliteBackend(adapter, checkpoints), repeat);
  return { ...store, query: (sql, ...values) => adapter.query(sql, ...values) };
}

async function openAdapter(file: string, checkpoints: Checkpoints): Promise<KeyvSqlite> {
  class Adapter extends KeyvSqlite {
    override async set(key: string, value: string) {
      await super.set(key, value);
      checkpoints.wrote(value);
    }
    override async delete(key: string) {
      const isDeleted = await super.delete(key);
      checkpoints.wrote('');
      return isDeleted;
    }
  }
  const adapter = new Adapter({ uri: `sqlite://${file}`, busyTimeout });
  // An 'error' event without a listener would crash the process. The same errors reject the promises below.
  adapter.on('error', () => undefined);
  try {
    await adapter.query('PRAGMA journal_mode = WAL');
    await adapter.query('PRAGMA synchronous = NORMAL');
    await adapter.query('PRAGMA secure_delete = ON');
    await adapter.query(`PRAGMA wal_autocheckpoint = ${maxPages}`);
    await adapter.query(`PRAGMA cache_size = -${cacheSize}`);
    await adapter.query(`CREATE INDEX IF NOT EXISTS keyv_suffix ON keyv (substr(key, -${suffixLength}))`);
    // The summaries are in an index, so that reading them does not read the pages of the values.
    await adapter.query(`CREATE INDEX IF NOT EXISTS keyv_summary ON keyv (key, ${summary})`);
  } catch (error) {
    throw new StoreError(
      `could not open ${file}: ${error instanceof Error ? error.message : String(error)}`,
      'reading',
      { cause: error, code: codeOf(error) },
    );
  }
  return adapter;
}

const sqliteBackend = (adapter: KeyvSqlite, checkpoints: Checkpoints): Backend => ({
  keyv: plainKeyv(adapter),
  page: (after, before, most) => adapter.query(sqliteStatements.page, after, before, most),
  // SQLite extracts the parts on its own thread, so the main thread does not have to parse whole values.
  parts: (after, before, most, paths) =>
    partsPage(adapter, sqliteStatements.parts(paths.length), [...pathTexts(paths), after, before, most]),
  summaries: (after, before, most, fields, paths) =>
    partsPage(adapter, sqliteStatements.summaries(fields.length, paths.length), [
      after,
      before,
      most,
      ...fields.map(fieldStart),
      ...pathTexts(paths),
    ]),
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
      sqliteStatements.compareAndWrite(changes.length),
      ...changes.flatMap(({ key, old = null, value }) => [key, old, value]),
    );
    for (const { value } of changes) checkpoints.wrote(value);
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
  purge: () => purge(adapter, checkpoints),
  async close() {
    await checkpoints.close();
    await adapter.close();
  },
});

async function partsPage(adapter: KeyvSqlite, sql: string, values: readonly unknown[]): Promise<PartsPage> {
  const pages: readonly PartsPage[] = await adapter.query(sql, ...values);
  return pages[0] ?? { size: 0, last: null, pairs: '[]' };
}

const pathTexts = (paths: readonly (readonly string[])[]): readonly string[] =>
  paths.map((path) => ['$', ...['value', ...path].map((step) => `"${step}"`)].join('.'));

/** The `user_version` of a database whose free space contains no deleted content. */
const cleanVersion = 1;

/**
 * SQLite overwrites deleted content with zeros, because `secure_delete` is on. But if a version of the bot without this
 * setting has used the database, its free space still has deleted content. Therefore the first call rebuilds the
 * database. Each call then empties the write-ahead log, which contains old content of changed pages.
 */
async function purge(adapter: KeyvSqlite, checkpoints: Checkpoints): Promise<void> {
  const [before]: readonly { readonly user_version: number }[] = await adapter.query('PRAGMA user_version');
  if ((before?.user_version ?? 0) < cleanVersion) {
    await adapter.query('VACUUM');
    await adapter.query(`PRAGMA user_version = ${cleanVersion}`);
  }
  const [log]: readonly { readonly busy: number }[] = await checkpoints.alone(() =>
    adapter.query('PRAGMA wal_checkpoint(TRUNCATE)'),
  );
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
