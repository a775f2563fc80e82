/** The statements that read and write the rows of leases (see shard-lease.ts). Each lease has its own connection. */
import { z } from 'zod';
import type { ShardRange } from '../core/shard-range.ts';
import { keyQueue } from './key-queue.ts';
import { clientConfig } from './postgres-address.ts';
import { closePatience, endWithin, NamedClient } from './postgres-connections.ts';
import { withCode } from './postgres-errors.ts';

/** The first key of an advisory lock. Only the process with this lock can take a lease. */
const claimLock = 0x43_61_73_70;

/** The PostgreSQL channel on which processes notify each other. */
const notifications = 'caspian_processes';

export interface LeaseTable {
  /** The name of the connection. It is stored in the row of the lease and identifies the owner. */
  readonly label: string;
  /** Runs the statement after all earlier statements. Throws ConnectionLost. */
  query(sql: string, values?: readonly unknown[]): Promise<readonly unknown[]>;
  /** From now on, calls `run` when another process has called {@link notifyOthers}. Throws ConnectionLost. */
  listen(run: () => void): Promise<void>;
  /** Resolves when the connection has ended. */
  readonly ended: Promise<void>;
  /** Closes the connection. Never rejects. */
  close(): Promise<void>;
}

interface TablePlace {
  readonly address: string;
  readonly schema: string | undefined;
  /**
   * If the connection sends no statement for this time (ms), the server ends the connection, so that a suspended
   * process does not keep its locks. Without `maxIdle`, the server ends the connection only if a transaction is open
   * and no statement is sent for half of `reply` (ms).
   */
  readonly maxIdle?: number | undefined;
}

/**
 * Connects to the server. Throws ConnectionLost.
 *
 * @param reply maximum time to wait for a reply of the server, in ms
 */
export async function openLeaseTable({ address, schema, maxIdle }: TablePlace, reply: number): Promise<LeaseTable> {
  const client = new NamedClient({
    ...clientConfig(address, schema),
    keepAlive: true,
    connectionTimeoutMillis: reply,
    query_timeout: reply,
  });
  const ended = new Promise<void>((resolve) => client.once('end', resolve));
  const close = () =>
    endWithin(
      closePatience,
      client.end().catch(() => undefined),
    );
  const queue = keyQueue();
  const query = (sql: string, values: readonly unknown[] = []) =>
    queue('', async () => {
      try {
        return (await client.query<Record<string, unknown>>(sql, [...values])).rows;
      } catch (error) {
        throw withCode(error);
      }
    });
  try {
    await client.connect();
    // If the computer of this process fails, the server ends the connection after about a minute.
    await client.query('SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 10; SET tcp_keepalives_count = 3');
    // If a process is suspended while it takes a lease, it must not keep the rows of other processes locked.
    await client.query(`SET idle_in_transaction_session_timeout = ${Math.ceil(reply / 2)}`);
    if (maxIdle !== undefined) await client.query(`SET idle_session_timeout = ${maxIdle}`);
  } catch (error) {
    await close();
    throw withCode(error);
  }
  return {
    label: client.label,
    query,
    async listen(run) {
      client.on('notification', ({ payload = '' }) => void (payload === client.label || run()));
      await query(`LISTEN ${notifications}`);
    },
    ended,
    close,
  };
}

/** The owner of a lease that has not expired. */
interface Owner {
  readonly fence: string;
  /** Whether the connection of the owner exists. */
  readonly isConnected: boolean;
}

const ownerRows = z.array(
  z.object({ first: z.number(), last: z.number(), total: z.number(), fence: z.string(), connected: z.boolean() }),
);
const fenceRow = z.tuple([z.object({ fence: z.string() })]);

/** The range as it is stored. `total` is 0 if the process has all shards. */
const rowOf = (range: ShardRange | undefined) => range ?? { first: 0, last: 0, total: 0 };

type Claimed =
  | { readonly is: 'taken'; readonly fence: string }
  /** Another process owns the same range. */
  | { readonly is: 'busy' }
  /** Another process owns a range that overlaps the wanted range or has a different total number of shards. */
  | { readonly is: 'conflict'; readonly by: ShardRange | undefined };

/**
 * Takes the lease of a range if it is free. `isGone` decides whether an owner has ended without releasing its lease.
 * Throws ConnectionLost.
 */
export async function claim(
  table: LeaseTable,
  range: ShardRange | undefined,
  lifetime: number,
  isGone: (owner: Owner) => boolean,
): Promise<Claimed> {
  const { first, last, total } = rowOf(range);
  await table.query('BEGIN');
  try {
    await table.query('SELECT pg_advisory_xact_lock($1, hashtext(current_schema()))', [claimLock]);
    // This statement locks all leases. Therefore an owner that connects again at this moment can continue its lease
    // only after this transaction has ended.
    await table.query('SELECT FROM caspian_leases FOR NO KEY UPDATE');
    const owners = ownerRows.parse(await table.query(leaseStatements.owners));
    const rivals = owners
      .filter((one) => one.total !== total || (one.first <= last && first <= one.last))
      .filter(({ fence, connected }) => !isGone({ fence, isConnected: connected }));
    const other = rivals.find((one) => one.total !== total || one.first !== first || one.last !== last);
    if (other) return { is: 'conflict', by: other.total === 0 ? undefined : other };
    if (rivals.length > 0) return { is: 'busy' };
    await table.query(leaseStatements.removeOthers, [first, last, total]);
    const [{ fence }] = fenceRow.parse(
      await table.query(leaseStatements.take, [first, last, total, table.label, lifetime]),
    );
    return { is: 'taken', fence };
  } finally {
    await table.query('COMMIT');
  }
}

/** Renews a lease. False if another process has taken it. Throws ConnectionLost. */
export const renew = async (table: LeaseTable, fence: string, lifetime: number): Promise<boolean> =>
  (await table.query(leaseStatements.renew, [fence, lifetime])).length > 0;

/** Moves a lease to this connection. False if another process has taken it. Throws ConnectionLost. */
export const regain = async (table: LeaseTable, fence: string, lifetime: number): Promise<boolean> =>
  (await table.query(leaseStatements.regain, [fence, lifetime, table.label])).length > 0;

/** Marks a lease as free. Throws ConnectionLost. */
export const endLease = async (table: LeaseTable, fence: string): Promise<void> =>
  void (await table.query('UPDATE caspian_leases SET holder = NULL WHERE fence = $1', [fence]));

/** Notifies the other processes that use the database. Throws ConnectionLost. */
export const notifyOthers = async ({ query, label }: LeaseTable): Promise<void> =>
  void (await query('SELECT pg_notify($1, $2)', [notifications, label]));

/** The ranges of all other leases, including leases that have ended. Throws ConnectionLost. */
export async function otherRanges({ query }: LeaseTable, fence: string): Promise<readonly ShardRange[]> {
  const rows = await query('SELECT first, last, total FROM caspian_leases WHERE fence <> $1 AND total > 0', [fence]);
  return z.array(z.object({ first: z.number(), last: z.number(), total: z.number() })).parse(rows);
}

const expires = (parameter: string): string =>
  `expires = clock_timestamp() + ${parameter}::float8 * interval '1 millisecond'`;

const leaseStatements = {
  /** The leases that are not released and not expired. */
  owners: `SELECT first, last, total, fence::text, EXISTS (
      SELECT FROM pg_stat_activity WHERE application_name = holder AND usename = current_user
    ) AS connected
    FROM caspian_leases WHERE holder IS NOT NULL AND expires > clock_timestamp()`,
  /**
   * Removes all other leases that conflict with the given range of shards. A lease conflicts if its shards overlap with
   * this range, or if its total number of shards is different. After that, the database refuses writes with the fences
   * of these leases. This statement waits for writes that are still running.
   */
  removeOthers: `DELETE FROM caspian_leases WHERE (total <> $3 OR (first <= $2 AND $1 <= last))
    AND (first, last, total) <> ($1, $2, $3)`,
  /**
   * Takes a lease with a new fence. A write that is running has locked the old fence, so this statement waits until the
   * write has ended.
   */
  take: `INSERT INTO caspian_leases (first, last, total, fence, holder, expires)
    VALUES ($1, $2, $3, nextval('caspian_fences'), $4, clock_timestamp() + $5::float8 * interval '1 millisecond')
    ON CONFLICT (first, last, total) DO UPDATE
    SET fence = excluded.fence, holder = excluded.holder, expires = excluded.expires
    RETURNING fence::text`,
  renew: `UPDATE caspian_leases SET ${expires('$2')} WHERE fence = $1 AND holder IS NOT NULL RETURNING 1`,
  regain: `UPDATE caspian_leases SET holder = $3, ${expires('$2')} WHERE fence = $1 AND holder IS NOT NULL RETURNING 1`,
} as const;
