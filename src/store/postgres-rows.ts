/** Reads and replaces all rows of a PostgreSQL database in one transaction. */
import { z } from 'zod';
import { clientConfig } from './postgres-address.ts';
import { type Connections, withClient } from './postgres-connections.ts';
import { createTable } from './postgres-table.ts';
import { copiedAtOnce, pagesBy, type RowSource, type RowTarget } from './row-copy.ts';

export interface DatabasePlace {
  readonly address: string;
  readonly schema: string | undefined;
}

const rowList = z.array(z.object({ key: z.string(), value: z.string() }));

/** Calls `work` with a consistent snapshot. The bot may be running. Throws ConnectionLost and DatabaseUnusable. */
export function readDatabase<T>(place: DatabasePlace, work: (rows: RowSource) => Promise<T>): Promise<T> {
  return inTransaction(place, 'READ ONLY', (query) => work(rowsIn(query)));
}

/**
 * Deletes all rows and calls `work`, which writes new ones. If `work` fails, the old rows stay. The bot must not be
 * running. Throws ConnectionLost and DatabaseUnusable.
 */
export function replaceDatabase<T>(place: DatabasePlace, work: (rows: RowTarget) => Promise<T>): Promise<T> {
  return inTransaction(place, 'READ WRITE', async (query) => {
    await query('TRUNCATE keyv');
    return work({
      ...rowsIn(query),
      write: (rows) =>
        query('INSERT INTO keyv (key, value) SELECT * FROM unnest($1::text[], $2::text[])', [
          rows.map(({ key }) => key),
          rows.map(({ value }) => value),
        ]),
    });
  });
}

async function inTransaction<T>(
  { address, schema }: DatabasePlace,
  mode: 'READ ONLY' | 'READ WRITE',
  work: (query: Connections['query']) => Promise<T>,
): Promise<T> {
  const config = clientConfig(address, schema);
  await createTable(config, address, schema);
  return withClient(config, async (query) => {
    await query(`BEGIN ISOLATION LEVEL REPEATABLE READ ${mode}`);
    // If `work` fails, the connection is closed, which ends the transaction without writing anything.
    const result = await work(query);
    await query('COMMIT');
    return result;
  });
}

const rowsIn = (query: Connections['query']): RowSource => ({
  pages: () =>
    pagesBy(async (after) =>
      rowList.parse(
        await query('SELECT key, value FROM keyv WHERE key > $1 ORDER BY key LIMIT $2', [after, copiedAtOnce]),
      ),
    ),
});
