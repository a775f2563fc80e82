/**
 * The store on a PostgreSQL server. Its data is in the table `keyv`. Keys are compared byte by byte (collation "C"), so
 * they have the same order as in SQLite.
 */
import { KeyvPostgres } from '@keyv/postgres';
import { z } from 'zod';
import type { Log } from '../log.ts';
import { type Backend, type PartsPage, plainKeyv, type Row } from './backend.ts';
import { keyvStore } from './keyv-store.ts';
import { partsOf } from './parts.ts';
import { clientConfig } from './postgres-address.ts';
import { type Connections, openConnections } from './postgres-connections.ts';
import { isWorthRepeating } from './postgres-errors.ts';
import { purgeTable } from './postgres-purge.ts';
import { createTable } from './postgres-table.ts';
import { compareAndWrite, deleteFenced, type Fence, setFenced } from './postgres-writes.ts';
import type { Repeat, Store } from './store.ts';
import { fieldStart } from './summary.ts';
import { suffixLength } from './suffix.ts';

export interface PostgresStore extends Store {
  /** Runs an SQL statement. Use this only in tests. */
  query(sql: string, values?: readonly unknown[]): Promise<readonly unknown[]>;
}

export interface PostgresOptions {
  /** An address such as postgres://user:password@host/database. */
  readonly address: string;
  /** The schema of the table. It is created if it does not exist. By default, the server chooses the schema. */
  readonly schema?: string | undefined;
  readonly repeat: Repeat;
  readonly log: Log;
  /** Maximum number of connections. 10 by default. */
  readonly connections?: number | undefined;
  /**
   * Returns the fence of this process's lease (see shard-lease.ts), or undefined if the process has no lease. Each
   * write checks the fence. The lease must be taken before the first write.
   */
  readonly lease?: (() => Fence | undefined) | undefined;
}

/**
 * Connects to the database and creates the table if it does not exist. Throws ConnectionLost if the server cannot be
 * reached, and DatabaseUnusable if it refuses the connection or does not let the bot create or use the table.
 */
export async function openPostgres({
  address,
  schema,
  repeat,
  log,
  connections: most,
  lease = () => undefined,
}: PostgresOptions): Promise<PostgresStore> {
  const config = clientConfig(address, schema);
  const tableSchema = await createTable(config, address, schema);
  const connections = openConnections(config, log, most);
  const adapter = adapterOver(connections, tableSchema, lease);
  const store = keyvStore(backendOf(connections, adapter, lease), repeat);
  return { ...store, query: (sql, values) => adapter.query(sql, values) };
}

/**
 * Creates an adapter that uses these connections. The adapter's own pool is not used, because all stores of the process
 * would share it and nothing would listen for its errors.
 */
function adapterOver(connections: Connections, schema: string, lease: () => Fence | undefined): KeyvPostgres {
  class Adapter extends KeyvPostgres {
    override async connect() {
      return async (sql: string, values?: readonly unknown[]) => [...(await connections.query(sql, values))];
    }
    override disconnect = () => connections.close();
    override async set(key: string, value: string) {
      const fence = lease();
      if (fence) await setFenced(fence, connections.query, key, value);
      else await super.set(key, value);
    }
    override async delete(key: string) {
      const fence = lease();
      return fence ? deleteFenced(fence, connections.query, key) : super.delete(key);
    }
  }
  const adapter = new Adapter({ schema: `"${schema.replaceAll('"', '""')}"` });
  // An 'error' event without a listener would crash the process. The promise of the failed call is rejected with the
  // same error.
  adapter.on('error', () => undefined);
  return adapter;
}

const rowList = z.array(z.object({ key: z.string(), value: z.string() }));
const keyList = z.array(z.object({ key: z.string() }));

function backendOf(connections: Connections, adapter: KeyvPostgres, lease: () => Fence | undefined): Backend {
  const rows = async (sql: string, values: readonly unknown[]): Promise<readonly Row[]> =>
    rowList.parse(await adapter.query(sql, values));
  const keysOf = async (sql: string, values: readonly unknown[]): Promise<readonly string[]> =>
    keyList.parse(await adapter.query(sql, values)).map(({ key }) => key);
  return {
    keyv: plainKeyv(adapter),
    page: (after, before, most) => rows(statements.page, [after, before, most]),
    parts: (after, before, most, paths) =>
      partsFrom(adapter, statements.parts(paths.length), [after, before, most], paths),
    summaries: (after, before, most, fields, paths) =>
      partsFrom(adapter, statements.summaries(paths.length, fields.length), [after, before, most], paths, fields),
    keys: (after, before, ending) =>
      keysOf(ending.length < suffixLength ? statements.keys : statements.keysByIndex, [after, before, ending]),
    keysContaining: (after, before, text) => keysOf(statements.keysContaining, [after, before, text]),
    many: (keys) => rows(statements.many, [keys]),
    compareAndWrite: (changes) => compareAndWrite(connections.query, changes, lease()),
    isTemporary: isWorthRepeating,
    // VACUUM may take longer than the time limit of other statements, so it uses a connection of its own.
    purge: () => connections.alone(purgeTable),
    close: () => adapter.disconnect(),
  };
}

const partsList = (count: number): string =>
  Array.from({ length: count }, (_, index) => `parsed #> $${index + 4}`).join(', ');
/** SQL that parses a value only once for all its parts, because parsing takes most of the time of a statement. */
const parsedWhere = (condition: string): string =>
  `${condition} AS is_readable, CASE WHEN ${condition} THEN value::jsonb END AS parsed`;
/**
 * SQL that reads the end of a summary as a JSON object (see `summary.ts`). The object begins with the wanted field that
 * comes first in the summary, and also contains all fields after it. If a wanted field is missing, the object contains
 * the whole summary.
 *
 * The statement has three parameters for the range of keys, then `before` parameters that are not used here, and then
 * the value `fieldStart(field)` of each wanted field.
 */
const endOfSummary = (before: number, fields: number): string => {
  const positions = Array.from({ length: fields }, (_, index) => `strpos(summary, $${index + 4 + before})`);
  return `'{' || substr(summary, greatest(least(${positions.join(', ')}), 2))`;
};
const isReadable = String.raw`(strpos(value, '\u0000') = 0 AND strpos(value, '\ud') = 0)`;

/** The statements of the store. A test checks that they use indexes. */
export const statements = {
  page: 'SELECT key, value FROM keyv WHERE key > $1 AND key < $2 ORDER BY key LIMIT $3',
  /**
   * Reads `count` parts of each value. If a JSON text contains a zero character or half of a surrogate pair, PostgreSQL
   * cannot read its parts. The parts of such a text are null, and `whole` contains the key and the text.
   */
  parts: (count: number) => `
    SELECT count(*)::int AS size, max(key) AS last,
      coalesce(json_agg(json_build_array(key, CASE WHEN is_readable THEN json_build_array(${partsList(count)}) END) ORDER BY key),
        '[]')::text AS pairs,
      (json_agg(json_build_array(key, value)) FILTER (WHERE NOT is_readable))::text AS whole
    FROM (
      SELECT key, value, ${parsedWhere(isReadable)}
      FROM keyv WHERE key > $1 AND key < $2 ORDER BY key LIMIT $3
    ) AS page`,
  /**
   * Like `parts`, but reads the parts only if there is no summary. After the parameters of `parts`, the statement has
   * one more parameter for each field: `fieldStart(field)`.
   */
  summaries: (paths: number, fields: number) => `
    SELECT count(*)::int AS size, max(key) AS last,
      '[' || coalesce(string_agg('[' || to_json(key)::text || ',' ||
        coalesce(${endOfSummary(paths, fields)}, 'null') || ',' ||
        CASE WHEN is_readable THEN json_build_array(${partsList(paths)})::text ELSE 'null' END || ']', ','
        ORDER BY key), '') || ']' AS pairs,
      (json_agg(json_build_array(key, value)) FILTER (WHERE NOT is_readable AND summary IS NULL))::text AS whole
    FROM (
      SELECT key, summary, value, ${parsedWhere(`summary IS NULL AND ${isReadable}`)}
      FROM keyv WHERE key > $1 AND key < $2 ORDER BY key LIMIT $3
    ) AS page`,
  keys: 'SELECT key FROM keyv WHERE key > $1 AND key < $2 AND right(key, length($3)) = $3',
  keysByIndex: `SELECT key FROM keyv WHERE right(key, ${suffixLength}) = right($3, ${suffixLength})
    AND key > $1 AND key < $2 AND right(key, length($3)) = $3`,
  keysContaining: `SELECT key FROM keyv WHERE key > $1 AND key < $2 AND (strpos(key, $3) > 0 OR strpos(value, $3) > 0)`,
  many: 'SELECT key, value FROM keyv WHERE key = ANY($1)',
} as const;

const partsRows = z.tuple([
  z.object({ size: z.number(), last: z.string().nullable(), pairs: z.string(), whole: z.string().nullable() }),
]);
const wholeRows = z.array(z.tuple([z.string(), z.string()]));

/**
 * Reads a page with the statement `parts` or `summaries`. Each item of the returned `pairs` ends with the parts of a
 * value. If PostgreSQL cannot parse the text of the value, this function reads the parts itself.
 */
async function partsFrom(
  adapter: KeyvPostgres,
  sql: string,
  range: readonly unknown[],
  paths: readonly (readonly string[])[],
  fields: readonly string[] = [],
): Promise<PartsPage> {
  const values = [...range, ...paths.map((path) => ['value', ...path]), ...fields.map(fieldStart)];
  const [{ whole, ...page }] = partsRows.parse(await adapter.query(sql, values));
  if (whole === null) return page;
  const others = new Map(wholeRows.parse(JSON.parse(whole)).map(([key, text]) => [key, partsOf(text, paths)]));
  const pairs: readonly (readonly [string, ...unknown[]])[] = JSON.parse(page.pairs);
  return {
    ...page,
    pairs: JSON.stringify(pairs.map((row) => (others.has(row[0]) ? [...row.slice(0, -1), others.get(row[0])] : row))),
  };
}
