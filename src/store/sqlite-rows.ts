/**
 * Reads and creates SQLite files for backups and moves. Does not use the queue of the store and does not lock the data
 * folder.
 */
import { open } from 'node:fs/promises';
import { KeyvSqlite } from '@keyv/sqlite';
import { z } from 'zod';
import { copiedAtOnce, pagesBy, type RowSource, type RowTarget } from './row-copy.ts';

/** Maximum time that a copy waits for a lock of the running bot, in ms. */
const busyTimeout = 10_000;

export type Query = (sql: string, ...values: unknown[]) => Promise<unknown>;

/** Opens a connection for `work` and closes it afterwards. */
export async function withDatabase<T>(file: string, work: (query: Query) => Promise<T>): Promise<T> {
  const store = new KeyvSqlite({ uri: `sqlite://${file}`, busyTimeout });
  store.on('error', () => undefined);
  try {
    return await work((sql, ...values) => store.query(sql, ...values));
  } finally {
    await store.close().catch(() => undefined);
  }
}

const rowList = z.array(z.object({ key: z.string(), value: z.string() }));

/** The rows of an open file. Other processes must not write to the file while the rows are read. */
export const rowsOfFile = (query: Query): RowSource => ({
  pages: () =>
    pagesBy(async (after) =>
      rowList.parse(await query('SELECT key, value FROM keyv WHERE key > ? ORDER BY key LIMIT ?', after, copiedAtOnce)),
    ),
});

/**
 * Creates a file and calls `work`, which writes its rows. When the promise resolves, all rows are on the disk. The
 * caller deletes the file if the promise rejects.
 */
export async function createFile<T>(file: string, work: (rows: RowTarget) => Promise<T>): Promise<T> {
  const result = await withDatabase(file, async (query) => {
    // No journal is needed, because a failed file is deleted. The file is synchronised once at the end.
    await query('PRAGMA journal_mode = OFF');
    await query('PRAGMA synchronous = OFF');
    return work({
      ...rowsOfFile(query),
      write: (rows) =>
        query(
          'INSERT INTO keyv (key, value) SELECT value ->> 0, value ->> 1 FROM json_each(?)',
          JSON.stringify(rows.map(({ key, value }) => [key, value])),
        ),
    });
  });
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
  return result;
}
