/** Gives each test its own schema in the PostgreSQL database of the tests. */
import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { afterAll, inject, onTestFinished } from 'vitest';
import { createRetries } from '../../src/bot/retries.ts';
import { realClock } from '../../src/clock.ts';
import { createLog, type Log } from '../../src/log.ts';
import { openPostgres, type PostgresStore } from '../../src/store/postgres.ts';
import type { Fence } from '../../src/store/postgres-writes.ts';

/** The address of the PostgreSQL database of the tests. Empty if the PostgreSQL tests are skipped. */
export const testDatabase = inject('postgres');

/** Returns the name of a schema that does not exist. */
export const schemaName = (): string => `caspian_test_${randomBytes(6).toString('hex')}`;

/** Runs a statement on a separate connection. */
async function runAlone(sql: string): Promise<void> {
  const client = new Client({ connectionString: testDatabase });
  await client.connect();
  await client.query(sql);
  await client.end();
}
const drop = (schema: string): Promise<void> => runAlone(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);

type Finished = (end: () => Promise<void>) => void;

/** Returns the name of a new schema, which is dropped after the test. */
export function newSchema(finished: Finished = onTestFinished): string {
  const schema = schemaName();
  finished(() => drop(schema));
  return schema;
}

/**
 * Creates a database and returns its address. The database is dropped after the test. Use this function only if
 * the tested program chooses its own schema. Otherwise use `newSchema`, which takes less time.
 */
export async function newDatabase(finished: Finished): Promise<string> {
  const name = schemaName();
  await runAlone(`CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8'`);
  finished(() => runAlone(`DROP DATABASE ${name} WITH (FORCE)`));
  const url = new URL(testDatabase);
  url.pathname = `/${name}`;
  return url.href;
}

/** Number of connections of each store. It is small, so that concurrent tests stay within the limit of the server. */
const connections = 4;

interface TestStoreOptions {
  /** The database address that the store uses, for example that of a proxy. By default, the database itself is used. */
  readonly address?: string;
  readonly schema?: string;
  readonly log?: Log;
  /** Returns the lease whose fence (see shard-lease.ts) is checked at each write. */
  readonly lease?: () => Fence | undefined;
  /**
   * Registers a function that closes the store. By default `onTestFinished`, so that the store is closed after the
   * test.
   */
  readonly finished?: Finished;
}

/** Opens a store in a new schema. The store is closed after the test. */
export async function newPostgresStore({
  schema = newSchema(),
  finished = onTestFinished,
  ...options
}: TestStoreOptions = {}): Promise<PostgresStore> {
  const { store, close } = await open({ schema, ...options });
  finished(close);
  return store;
}

async function open({ address = testDatabase, schema = '', log = createLog('silent'), lease }: TestStoreOptions) {
  const retries = createRetries(realClock, log);
  const store = await openPostgres({ address, schema, repeat: retries.repeat, log, connections, lease });
  const close = async () => {
    await store.close();
    retries.close();
  };
  return { store, close };
}

/**
 * Opens one store for all tests of a file, because a new store takes longer than most tests. The returned function
 * empties the store and returns it.
 */
export function sharedPostgres(schema = schemaName()): () => Promise<PostgresStore> {
  let opened: ReturnType<typeof open> | undefined;
  afterAll(async () => {
    if (!opened) return;
    await (await opened).close();
    await drop(schema);
  });
  return async () => {
    const { store } = await (opened ??= open({ schema }));
    await store.query('DELETE FROM keyv; DELETE FROM caspian_leases');
    return store;
  };
}
