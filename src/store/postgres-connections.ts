/**
 * The connections to a PostgreSQL server. A lost connection never ends the process: the statement fails with an error,
 * and the next statement uses a new connection.
 */
import { randomBytes } from 'node:crypto';
import { Client, type ClientConfig, Pool } from 'pg';
import type { Log } from '../log.ts';
import { ConnectionLost, withCode } from './postgres-errors.ts';

/** Maximum number of connections to the server. */
const usualConnections = 10;
/** Maximum time in ms that a statement waits for a connection. */
const connectTimeout = 5_000;
/**
 * Maximum time of a statement in ms. During a short network failure, the statement stays open, and its reply can arrive
 * afterwards. With a shorter maximum, the statement would end during the failure and would have to be repeated.
 */
const statementTimeout = 15_000;
/** Maximum time that the server may take to end a lost connection, in ms. */
const endTimeout = 3_000;

/** Maximum time in ms that a call of `close` waits for the replies to statements that are still running. */
export const closePatience = 2_000;

export interface Connections {
  /** Runs one statement and returns its rows. Throws ConnectionLost if the server cannot be reached. */
  query(sql: string, values?: readonly unknown[]): Promise<readonly unknown[]>;
  /** Runs `work` with a connection of its own, whose statements may take any time. Closes the connection afterwards. */
  alone<T>(work: (query: Connections['query']) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** A connection with a unique name. The name is used to end the connection on the server. */
export class NamedClient extends Client {
  readonly label: string;

  constructor(config?: string | ClientConfig) {
    const label = `caspian ${randomBytes(6).toString('hex')}`;
    super({ ...(typeof config === 'string' ? { connectionString: config } : config), application_name: label });
    this.label = label;
    // An 'error' event without a listener would crash the process. The statement that is running gets the error, too.
    this.on('error', () => undefined);
  }
}

export function openConnections(config: ClientConfig, log: Log, most = usualConnections): Connections {
  const pool = new Pool({
    ...config,
    Client: NamedClient,
    max: most,
    keepAlive: true,
    connectionTimeoutMillis: connectTimeout,
    query_timeout: statementTimeout,
  });
  const reachable = reachability(log);
  pool.on('error', reachable.lost);
  const lost = lostConnections();

  async function run(sql: string, values: readonly unknown[] = []): Promise<readonly unknown[]> {
    const client = await pool.connect().catch(fail);
    try {
      // If `sql` has several statements, `client.query` resolves to a list of results, which has no field `rows`.
      const { rows }: { rows: readonly unknown[] | undefined } = await client.query(sql, [...values]);
      reachable.reached();
      client.release();
      return rows ?? [];
    } catch (error) {
      const isLost = withCode(error) instanceof ConnectionLost;
      if (isLost && client instanceof NamedClient) lost.add(client.label);
      client.release(isLost);
      return fail(error);
    }
  }

  function fail(error: unknown): never {
    const coded = withCode(error);
    if (coded instanceof ConnectionLost) reachable.lost(coded);
    throw coded;
  }

  return {
    async query(sql, values) {
      await lost.end(run).catch(fail);
      return run(sql, values);
    },
    alone: (work) => withClient(config, work),
    close: () => endWithin(closePatience, pool.end()),
  };
}

/**
 * Connections that this process has lost, but that may still be open on the server. The server could still carry out an
 * old write from such a connection.
 */
function lostConnections() {
  const labels = new Set<string>();
  let ending: Promise<void> | undefined;

  async function endAll(run: Connections['query']): Promise<void> {
    const ended = [...labels];
    const rows = await run(
      // Without MATERIALIZED, the server could call pg_terminate_backend for other connections before it compares their
      // names.
      `WITH lost AS MATERIALIZED (
         SELECT pid FROM pg_stat_activity WHERE application_name = ANY($1) AND usename = current_user
       )
       SELECT pid FROM lost WHERE NOT pg_terminate_backend(pid, $2)`,
      [ended, endTimeout],
    );
    if (rows.length > 0) throw new ConnectionLost(new Error('an earlier connection is still open'));
    for (const label of ended) labels.delete(label);
  }
  return {
    add: (label: string) => void labels.add(label),
    /**
     * Ends the lost connections on the server. For this, calls `run` with an SQL statement. Throws ConnectionLost if
     * the server cannot be reached or if a connection does not end in time.
     */
    async end(run: Connections['query']): Promise<void> {
      if (labels.size > 0) await (ending ??= endAll(run).finally(() => (ending = undefined)));
    },
  };
}

/** Runs `work` with a connection of its own. Closes the connection afterwards. */
export async function withClient<T>(
  config: ClientConfig,
  work: (query: Connections['query']) => Promise<T>,
): Promise<T> {
  const client = new NamedClient({ ...config, keepAlive: true, connectionTimeoutMillis: connectTimeout });
  try {
    await client.connect();
    return await work(async (sql, values = []) => (await client.query<Record<string, unknown>>(sql, [...values])).rows);
  } catch (error) {
    throw withCode(error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/**
 * Waits until connections are closed, but at most `patience` ms. The limit is needed because a close never ends if the
 * server does not reply.
 */
export async function endWithin(patience: number, ended: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, patience)));
  await Promise.race([ended, late]).finally(() => clearTimeout(timer));
}

/** Logs once that the server cannot be reached, and once that it can be reached again. */
function reachability(log: Log) {
  let isLost = false;
  return {
    lost(error: unknown) {
      if (!isLost) log.warn({ err: error }, 'PostgreSQL cannot be reached; reads and writes wait and are repeated');
      isLost = true;
    },
    reached() {
      if (isLost) log.warn('PostgreSQL can be reached again');
      isLost = false;
    },
  };
}
