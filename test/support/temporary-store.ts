/** A store that is removed after use: an SQLite file in a new folder, or a new schema in a PostgreSQL database. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { createRetries } from '../../src/bot/retries.ts';
import { realClock } from '../../src/clock.ts';
import { createLog } from '../../src/log.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import type { Fence } from '../../src/store/postgres-writes.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';

export interface TemporaryStore {
  /** A new folder. Callers may put other files into it. */
  readonly folder: string;
  /** Undefined if the store is an SQLite file in the folder. */
  readonly database?: { readonly address: string; readonly schema: string } | undefined;
}

/**
 * Creates an empty store, calls `work` and removes the store. `address` is the address of a PostgreSQL database. With
 * `isAlone`, the store is in a new database on the same server, so that a test can end all connections to this
 * database.
 */
export async function withTemporaryStore<T>(
  address: string | undefined,
  work: (place: TemporaryStore) => Promise<T>,
  isAlone = false,
): Promise<T> {
  if (address !== undefined && isAlone) return withDatabase(address, (own) => withTemporaryStore(own, work));
  const folder = await mkdtemp(join(tmpdir(), 'caspian-kill-'));
  const schema = `caspian_kill_${randomBytes(6).toString('hex')}`;
  try {
    return await work({ folder, ...(address !== undefined && { database: { address, schema } }) });
  } finally {
    await rm(folder, { recursive: true, force: true });
    if (address !== undefined) await dropSchema(address, schema);
  }
}

async function withDatabase<T>(address: string, work: (address: string) => Promise<T>): Promise<T> {
  const name = `caspian_kill_${randomBytes(6).toString('hex')}`;
  const url = new URL(address);
  url.pathname = `/${name}`;
  await runAlone(address, `CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8'`);
  try {
    return await work(url.href);
  } finally {
    await runAlone(address, `DROP DATABASE ${name} WITH (FORCE)`);
  }
}

async function runAlone(address: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: address });
  await client.connect();
  await client.query(sql);
  await client.end();
}

/** Deletes a schema and its tables. */
export const dropSchema = (address: string, schema: string): Promise<void> =>
  runAlone(address, `DROP SCHEMA IF EXISTS ${schema} CASCADE`);

/** @param lease returns the lease whose fence (see shard-lease.ts) is checked at each write */
export async function openTemporaryStore(
  { folder, database }: TemporaryStore,
  lease?: () => Fence | undefined,
): Promise<Store> {
  if (!database) return openSqlite(join(folder, 'caspian.sqlite'));
  const log = createLog('silent');
  return openPostgres({ ...database, repeat: createRetries(realClock, log).repeat, log, lease });
}
