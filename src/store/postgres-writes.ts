/**
 * The statements that write values. In a process that has a lease, each statement also checks the fence, which is the
 * number of the lease (see shard-lease.ts). A process can lose its lease without noticing it. The database then refuses
 * the writes of this process.
 */
import { z } from 'zod';
import type { Change } from './backend.ts';
import type { Connections } from './postgres-connections.ts';
import { LeaseLost } from './postgres-errors.ts';

export interface Fence {
  readonly fence: string;
  /** Called if a write was refused because another process has taken the lease. */
  refused(error: LeaseLost): void;
}

type Query = Connections['query'];

/**
 * The part of a write statement that finds the lease of this process and locks its fence until the write has ended.
 * Another process can take the lease only after that, so that process reads the written value. If another process is
 * already taking the lease, the write waits until the lease is taken. Then the write no longer finds the lease of this
 * process, and fails.
 */
const leaseRow = (parameter: string): string =>
  `lease AS (SELECT fence FROM caspian_leases WHERE fence = ${parameter}::bigint FOR KEY SHARE)`;

/**
 * The rows are locked in the order of their keys, because two such statements could otherwise cause a deadlock. After a
 * row has been locked, its value is compared with the old text again, because another process may just have changed the
 * row.
 */
const compareAndWriteSql = (lease: string, given: string, result: string): string => `
  WITH ${lease} given AS (
    SELECT given.* FROM unnest($1::text[], $2::text[], $3::text[]) AS given (key, old, value)${given}
  ),
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
  SELECT key FROM changed UNION ALL SELECT key FROM added${result}`;

/** A test checks that these statements use indexes. */
export const writeStatements = {
  compareAndWrite: compareAndWriteSql('', '', ''),
  /** If this process holds the lease, the result also contains a row without a key. */
  compareAndWriteFenced: compareAndWriteSql(
    `${leaseRow('$4')},`,
    ' CROSS JOIN lease',
    ' UNION ALL SELECT NULL FROM lease',
  ),
  setFenced: `WITH ${leaseRow('$3')} INSERT INTO keyv (key, value) SELECT $1, $2 FROM lease
    ON CONFLICT (key) DO UPDATE SET value = excluded.value RETURNING 1`,
  deleteFenced: `WITH ${leaseRow('$2')},
    deleted AS (DELETE FROM keyv USING lease WHERE key = $1 RETURNING 1)
    SELECT (SELECT count(*) FROM lease)::int AS held, (SELECT count(*) FROM deleted)::int AS deleted`,
} as const;

const keyList = z.array(z.object({ key: z.string().nullable() }));

/** See Backend.compareAndWrite. Throws LeaseLost. */
export async function compareAndWrite(
  query: Query,
  changes: readonly Change[],
  fence: Fence | undefined,
): Promise<readonly string[]> {
  const values = [
    changes.map(({ key }) => key),
    changes.map(({ old = null }) => old),
    changes.map(({ value }) => value),
  ];
  const rows = keyList.parse(
    await (fence
      ? query(writeStatements.compareAndWriteFenced, [...values, fence.fence])
      : query(writeStatements.compareAndWrite, values)),
  );
  if (fence && !rows.some(({ key }) => key === null)) throw leaseLost(fence);
  return rows.flatMap(({ key }) => key ?? []);
}

/** Stores a value. Throws LeaseLost. */
export async function setFenced(fence: Fence, query: Query, key: string, value: string): Promise<void> {
  const rows = await query(writeStatements.setFenced, [key, value, fence.fence]);
  if (rows.length === 0) throw leaseLost(fence);
}

const deletedRow = z.tuple([z.object({ held: z.number(), deleted: z.number() })]);

/** Deletes a value. False if there was none. Throws LeaseLost. */
export async function deleteFenced(fence: Fence, query: Query, key: string): Promise<boolean> {
  const [{ held, deleted }] = deletedRow.parse(await query(writeStatements.deleteFenced, [key, fence.fence]));
  if (held === 0) throw leaseLost(fence);
  return deleted > 0;
}

function leaseLost(fence: Fence): LeaseLost {
  const error = new LeaseLost('another process has taken the shards of this one');
  fence.refused(error);
  return error;
}
