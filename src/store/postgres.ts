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
import { createTable } from './postgres-table.ts';
import type { Repeat, Store } from './store.ts';
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
}

/**
 * Connects to the database and creates the table if it does not exist. Throws ConnectionLost if the server cannot be
 * reached, and DatabaseUnusable if it refuses the connection or the table.
 */
export async function openPostgres({
  address,
  schema,
  repeat,
  log,
  connections: most,
}: PostgresOptions): Promise<PostgresStore> {
  const config = clientConfig(address, schema);
  const table = await createTable(config, address, schema);
  const connections = openConnections(config, log, most);
  const adapter = adapterOver(connections, table);
  const store = keyvStore(backendOf(connections, adapter), repeat);
  return { ...store, query: (sql, values) => adapter.query(sql, values) };
}

/**
 * Creates an adapter that uses these connections. The pool of the adapter would be shared by all stores of the process,
 * and nothing would listen for its errors.
 */
function adapterOver(connections: Connections, schema: string): KeyvPostgres {
  class Adapter extends KeyvPostgres {
    override async connect() {
      return async (sql: string, values?: readonly unknown[]) => [...(await connections.query(sql, values))];
    }
    override disconnect = () => connections.close();
  }
  const adapter = new Adapter({ schema: `"${schema.replaceAll('"', '""')}"` });
  // An 'error' event without a listener would crash the process. The same errors reject the promises.
  adapter.on('error', () => undefined);
  return adapter;
}

const rowList = z.array(z.object({ key: z.string(), value: z.string() }));
const keyList = z.array(z.object({ key: z.string() }));

function backendOf(connections: Connections, adapter: KeyvPostgres): Backend {
  const rows = async (sql: string, values: readonly unknown[]): Promise<readonly Row[]> =>
    rowList.parse(await adapter.query(sql, values));
  const keysOf = async (sql: string, values: readonly unknown[]): Promise<readonly string[]> =>
    keyList.parse(await adapter.query(sql, values)).map(({ key }) => key);
  return {
    keyv: plainKeyv(adapter),
    page: (after, before, most) => rows(statements.page, [after, before, most]),
    parts: (after, before, most, paths) => partsFrom(adapter, [after, before, most], paths),
    keys: (after, before, ending) =>
      keysOf(ending.length < suffixLength ? statements.keys : statements.keysByIndex, [after, before, ending]),
    keysContaining: (after, before, text) => keysOf(statements.keysContaining, [after, before, text]),
    many: (keys) => rows(statements.many, [keys]),
    compareAndWrite: (changes) =>
      keysOf(statements.compareAndWrite, [
        changes.map(({ key }) => key),
        changes.map(({ old = null }) => old),
        changes.map(({ value }) => value),
      ]),
    isTemporary: isWorthRepeating,
    // VACUUM has no time limit, so it uses a connection of its own.
    purge: () => connections.alone(async (query) => void (await query('VACUUM keyv'))),
    close: () => adapter.disconnect(),
  };
}

/** The statements of the store. A test checks that they use indexes. */
export const statements = {
  page: 'SELECT key, value FROM keyv WHERE key > $1 AND key < $2 ORDER BY key LIMIT $3',
  /**
   * Reads `count` parts. PostgreSQL cannot read parts of a JSON text that has a zero character or half a surrogate pair
   * anywhere. The parts of such a text are null, and `whole` has its key and the text.
   */
  parts: (count: number) => `
    SELECT count(*)::int AS size, max(key) AS last,
      coalesce(json_agg(json_build_array(key, CASE WHEN is_readable THEN json_build_array(${Array.from({ length: count }, (_, index) => `value::json #> $${index + 4}`).join(', ')}) END) ORDER BY key),
        '[]')::text AS pairs,
      (json_agg(json_build_array(key, value)) FILTER (WHERE NOT is_readable))::text AS whole
    FROM (
      SELECT key, value, strpos(value, '\\u0000') = 0 AND strpos(value, '\\ud') = 0 AS is_readable
      FROM keyv WHERE key > $1 AND key < $2 ORDER BY key LIMIT $3
    ) AS page`,
  keys: 'SELECT key FROM keyv WHERE key > $1 AND key < $2 AND right(key, length($3)) = $3',
  keysByIndex: `SELECT key FROM keyv WHERE right(key, ${suffixLength}) = right($3, ${suffixLength})
    AND key > $1 AND key < $2 AND right(key, length($3)) = $3`,
  keysContaining: `SELECT key FROM keyv WHERE key > $1 AND key < $2 AND (strpos(key, $3) > 0 OR strpos(value, $3) > 0)`,
  many: 'SELECT key, value FROM keyv WHERE key = ANY($1)',
  /**
   * The rows are locked in the order of their keys, so that two such statements do not wait for each other. A row that
   * another process has just changed is compared again after its lock was taken.
   */
  compareAndWrite: `
    WITH given AS (SELECT * FROM unnest($1::text[], $2::text[], $3::text[]) AS given (key, old, value)),
    same AS (
      SELECT keyv.key FROM keyv JOIN given ON keyv.key = given.key
      WHERE keyv.value = given.old ORDER BY keyv.key FOR UPDATE OF keyv
    ),
    changed AS (
      UPDATE keyv SET value = given.value FROM given JOIN same ON same.key = given.key
      WHERE keyv.key = given.key AND keyv.value = given.old RETURNING keyv.key
    ),
    added AS (
      INSERT INTO keyv (key, value) SELECT key, value FROM given WHERE old IS NULL ORDER BY key COLLATE "C"
      ON CONFLICT (key) DO NOTHING RETURNING key
    )
    SELECT key FROM changed UNION ALL SELECT key FROM added`,
} as const;

const partsRows = z.tuple([
  z.object({ size: z.number(), last: z.string().nullable(), pairs: z.string(), whole: z.string().nullable() }),
]);
const wholeRows = z.array(z.tuple([z.string(), z.string()]));

async function partsFrom(
  adapter: KeyvPostgres,
  range: readonly unknown[],
  paths: readonly (readonly string[])[],
): Promise<PartsPage> {
  const values = [...range, ...paths.map((path) => ['value', ...path])];
  const [{ whole, ...page }] = partsRows.parse(await adapter.query(statements.parts(paths.length), values));
  if (whole === null) return page;
  const others = new Map(wholeRows.parse(JSON.parse(whole)).map(([key, text]) => [key, partsOf(text, paths)]));
  const pairs: readonly (readonly [string, unknown])[] = JSON.parse(page.pairs);
  return { ...page, pairs: JSON.stringify(pairs.map(([key, parts]) => [key, others.get(key) ?? parts])) };
}
