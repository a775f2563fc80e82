/**
 * The statements that write values. In a process that owns shards, each statement also checks the fence of its lease
 * (see shard-lease.ts), so that the database refuses the writes of a process that has lost its shards without noticing it.
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
 * Finds the lease of this process. The lock makes the next owner wait until this write is carried out, so that the next
 * owner reads the written value. A write that waits for the next owner finds no lease afterwards.
 */
const leaseRow = (parameter: string): string =>
  `lease AS (SELECT fence FROM caspian_leases WHERE fence = ${parameter}::bigint FOR KEY SHARE)`;

/**
 * The rows are locked in the order of their keys, so that two such statements do not wait for each other. A row that
 * another process has just changed is compared again after its lock was taken.
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
  /** Returns also a row without a key, if the lease is held. */
  compareAndWriteUnder: compareAndWriteSql(
    `${leaseRow('$4')},`,
    ' CROSS JOIN lease',
    ' UNION ALL SELECT NULL FROM lease',
  ),
  setUnder: `WITH ${leaseRow('$3')} INSERT INTO keyv (key, value) SELECT $1, $2 FROM lease
    ON CONFLICT (key) DO UPDATE SET value = excluded.value RETURNING 1`,
  deleteUnder: `WITH ${leaseRow('$2')},
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
      ? query(writeStatements.compareAndWriteUnder, [...values, fence.fence])
      : query(writeStatements.compareAndWrite, values)),
  );
  if (fence && !rows.some(({ key }) => key === null)) throw refusedBy(fence);
  return rows.flatMap(({ key }) => key ?? []);
}

/** Stores a value. Throws LeaseLost. */
export async function setUnder(fence: Fence, query: Query, key: string, value: string): Promise<void> {
  const rows = await query(writeStatements.setUnder, [key, value, fence.fence]);
  if (rows.length === 0) throw refusedBy(fence);
}

const deletedRow = z.tuple([z.object({ held: z.number(), deleted: z.number() })]);

/** Deletes a value. False if there was none. Throws LeaseLost. */
export async function deleteUnder(fence: Fence, query: Query, key: string): Promise<boolean> {
  const [{ held, deleted }] = deletedRow.parse(await query(writeStatements.deleteUnder, [key, fence.fence]));
  if (held === 0) throw refusedBy(fence);
  return deleted > 0;
}

function refusedBy(fence: Fence): LeaseLost {
  const error = new LeaseLost('another process has taken the shards of this one');
  fence.refused(error);
  return error;
}
