/**
 * Ensures that only one process uses the data of a PostgreSQL database. The lock belongs to a connection of its own
 * and vanishes with it, so the connection is watched. If it is lost, the lock is taken again.
 */
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { clientConfig } from './postgres-address.ts';
import { closePatience, endWithin, NamedClient } from './postgres-connections.ts';
import { ConnectionLost, DatabaseTaken, withCode } from './postgres-errors.ts';
import { codeOf, type Repetition } from './store.ts';

/** The first number of the lock. The second number is calculated from the schema. */
const lockNumber = 0x43_61_73_70;
/** How long the lock of a process that has just ended is waited for by default, in ms. */
const usualPatience = 3_000;
/** Time between two checks whether the connection still exists, in ms, and the usual maximum time of a check. */
const checkInterval = 30_000;
const usualCheckTimeout = 10_000;
/** PostgreSQL's code "lock_not_available". */
const notAvailable = '55P03';

export interface LockOptions {
  readonly address: string;
  readonly schema: string | undefined;
  readonly clock: Clock;
  readonly log: Log;
  readonly repetition: Repetition;
  /** How long the lock of another process is waited for, in ms. */
  readonly patience?: number;
  /** How long the reply to a check of the connection is waited for, in ms. */
  readonly checkTimeout?: number;
  /** Called if the lock was lost and another process has taken it. */
  readonly onTaken: (error: Error) => void;
}

/**
 * Takes the lock and returns the function that releases it. Throws ConnectionLost, and DatabaseTaken if another process
 * has the lock.
 */
export async function lockDatabase(options: LockOptions): Promise<() => Promise<void>> {
  let isOver = false;
  let client = await locked(options);
  watch();

  function watch(): void {
    const cancel = checkRegularly(client, options.clock);
    client.once('end', () => {
      cancel();
      if (!isOver) void takeAgain();
    });
  }

  async function takeAgain(): Promise<void> {
    try {
      client = await options.repetition.until(
        {
          what: 'the lock of the database was lost and could not be taken again',
          tries: Infinity,
          longestDelay: 10_000,
        },
        () => locked(options),
        (error) => error instanceof ConnectionLost,
      );
      if (isOver) await client.end();
      else watch();
    } catch (error) {
      if (!isOver) options.onTaken(error instanceof Error ? error : new Error(String(error)));
    }
  }

  return async () => {
    isOver = true;
    await endWithin(
      closePatience,
      client.end().catch(() => undefined),
    );
  };
}

/** Opens a connection that has the lock. */
async function locked(options: LockOptions): Promise<NamedClient> {
  const { address, schema, patience = usualPatience, checkTimeout = usualCheckTimeout } = options;
  const client = new NamedClient({
    ...clientConfig(address, schema),
    keepAlive: true,
    connectionTimeoutMillis: checkTimeout,
    query_timeout: checkTimeout,
  });
  try {
    await client.connect();
    // If this process vanishes together with its computer, the server notices it after about a minute.
    await client.query(`SET lock_timeout = ${patience}`);
    await client.query('SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 10; SET tcp_keepalives_count = 3');
    await client.query('SELECT pg_advisory_lock($1, hashtext(current_schema()))', [lockNumber]);
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw codeOf(error) === notAvailable ? new DatabaseTaken(address) : withCode(error);
  }
}

/** Asks the server regularly whether the connection still exists. Without a reply, the connection is closed. */
function checkRegularly(client: NamedClient, clock: Clock): () => void {
  let cancel: () => void;
  const next = () => (cancel = clock.alarm(clock.now() + checkInterval, () => void check()));
  const check = async () => {
    try {
      z.array(z.unknown()).parse((await client.query('SELECT 1')).rows);
      next();
    } catch {
      await client.end().catch(() => undefined);
    }
  };
  next();
  return () => cancel();
}
