/** Creates the table of the store, or checks that an existing table is usable. */
import type { ClientConfig } from 'pg';
import { z } from 'zod';
import { type Connections, withClient } from './postgres-connections.ts';
import { ConnectionLost, DatabaseUnusable } from './postgres-errors.ts';
import { summaryEnd, summaryStart } from './summary.ts';
import { suffixLength } from './suffix.ts';

/** PostgreSQL 14. In earlier versions, pg_terminate_backend cannot wait until the connection has ended. */
const oldestVersion = 140_000;
/** The first key of an advisory lock. Only the process with this lock can create tables. */
const createLock = 0x43_61_73_71;

/**
 * Creates the table and its index if they do not exist. Returns the name of their schema. Throws ConnectionLost and
 * DatabaseUnusable.
 */
export async function createTable(config: ClientConfig, address: string, schema: string | undefined): Promise<string> {
  const refuse = (why: string, cause?: unknown): never => {
    throw new DatabaseUnusable(address, why, cause);
  };
  try {
    return await withClient(config, async (query) => {
      // Without the lock, an error could occur if two processes create the same table at the same time. The lock ends
      // with the connection.
      await query('SELECT pg_advisory_lock($1, 0)', [createLock]);
      if (schema !== undefined) await query(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
      const server = await describeServer(query);
      if (server.version < oldestVersion) refuse('its server is older than PostgreSQL 14.');
      if (server.encoding !== 'UTF8')
        refuse(`its encoding is ${server.encoding}. Create it anew with: CREATE DATABASE name ENCODING 'UTF8'.`);
      if (server.schema === null) return refuse('none of the schemas in its search_path exists.');
      await query('CREATE TABLE IF NOT EXISTS keyv (key text COLLATE "C" PRIMARY KEY, value text NOT NULL)');
      const columns = await describeColumns(query, server.schema);
      if (!columns.startsWith('key text C, value text'))
        refuse('its table keyv was made by another program. Name another database.');
      // Adding this column rewrites all rows of the table.
      if (!columns.endsWith(', summary text'))
        await query(`ALTER TABLE keyv ADD COLUMN summary text GENERATED ALWAYS AS (${summary}) STORED`);
      await query(`CREATE INDEX IF NOT EXISTS keyv_suffix ON keyv (right(key, ${suffixLength}))`);
      for (const statement of leaseTable) await query(statement);
      return server.schema;
    });
  } catch (error) {
    if (error instanceof ConnectionLost || error instanceof DatabaseUnusable) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    return refuse(`${reason}. Correct DATABASE_URL, or the permissions of its user.`, error);
  }
}

/**
 * The table of leases (see shard-lease.ts). The fence is the number of a lease. It is a unique key, so that the cheap
 * lock FOR KEY SHARE is sufficient to prevent a change of the fence.
 */
const leaseTable = [
  'CREATE SEQUENCE IF NOT EXISTS caspian_fences',
  `CREATE TABLE IF NOT EXISTS caspian_leases (
     first integer, last integer, total integer, fence bigint NOT NULL UNIQUE, holder text,
     expires timestamptz NOT NULL, PRIMARY KEY (first, last, total))`,
] as const;
/** SQL that reads the summary of a stored text (see `summary.ts`). Null if there is none. */
const summary = `CASE WHEN starts_with(value, '${summaryStart}')
  THEN nullif(substr(value, ${summaryStart.length + 1}, greatest(strpos(value, '${summaryEnd}') - ${summaryStart.length + 1}, 0)), '') END`;

type Query = Connections['query'];

async function describeServer(query: Query) {
  const rows = await query(
    `SELECT current_schema() AS schema, current_setting('server_encoding') AS encoding,
       current_setting('server_version_num')::int AS version`,
  );
  const [server] = z
    .tuple([z.object({ schema: z.string().nullable(), encoding: z.string(), version: z.number() })])
    .parse(rows);
  return server;
}

/** The names, types and collations of the table's columns. */
async function describeColumns(query: Query, schema: string): Promise<string> {
  const rows = await query(
    `SELECT concat_ws(' ', column_name, data_type, collation_name) AS words FROM information_schema.columns
     WHERE table_schema = $1 AND table_name = 'keyv' ORDER BY ordinal_position`,
    [schema],
  );
  return z
    .array(z.object({ words: z.string() }))
    .parse(rows)
    .map(({ words }) => words)
    .join(', ');
}
