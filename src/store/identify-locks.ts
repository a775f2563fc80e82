/**
 * Ensures that processes of the same bot identify one after another. Each bucket of shards (see
 * discord/identify-turns.ts) has an advisory lock in PostgreSQL. All locks of a process belong to one connection, so
 * the locks are released when the process ends. The connection is open only while locks are needed.
 *
 * If the database cannot be reached, processes identify without a lock. Discord then refuses an identify request that
 * comes too early, and discord.js repeats the request.
 */
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { type LeaseTable, openLeaseTable } from './lease-rows.ts';
import { pause } from './pause.ts';

/** The first key of the advisory locks. The second key is the bucket. */
const identifyLock = 0x43_61_73_72;
/** Time between two tries to take a lock, in ms. */
const retry = 200;
/** Maximum time to wait for a reply of the server, in ms. */
const reply = 10_000;
/**
 * The default of `maxIdle`, in ms. A process usually holds a lock for less than ten seconds. If a process with a lock
 * sends no statement for longer than `maxIdle`, the process is probably suspended.
 */
const usualMaxIdle = 15_000;

interface Ports {
  readonly address: string;
  readonly schema: string | undefined;
  readonly clock: Clock;
  readonly log: Log;
  /** If the connection sends no statement for this time (ms), the server ends the connection and releases its locks. */
  readonly maxIdle?: number;
}

export interface IdentifyLocks {
  /** Waits for the lock of a bucket. Returns a function that releases it. Rejects if the signal is aborted. */
  take(bucket: number, signal: AbortSignal): Promise<() => void>;
  /** Releases all locks. */
  close(): Promise<void>;
}

export function identifyLocks(ports: Ports): IdentifyLocks {
  const { clock, log } = ports;
  const locks = advisoryLocks(ports);
  let users = 0;
  /**
   * The buckets that this process has locked. The set is needed because PostgreSQL lets a connection take the same lock
   * twice.
   */
  const own = new Set<number>();

  function leave(): void {
    users -= 1;
    if (users === 0) void locks.close();
  }

  /** Takes the lock if it is free. Returns true if the lock was taken or if the database cannot be reached. */
  async function tryTake(bucket: number): Promise<boolean> {
    if (own.has(bucket)) return false;
    own.add(bucket);
    try {
      if (await locks.tryLock(bucket)) return true;
    } catch (error) {
      log.warn({ err: error }, 'the turn to identify could not be taken; identifying without it');
      // The next lock is taken on a new connection.
      await locks.close();
      return true;
    }
    own.delete(bucket);
    return false;
  }

  return {
    async take(bucket, signal) {
      users += 1;
      try {
        while (!(await tryTake(bucket))) await pause(clock, retry, signal);
      } catch (error) {
        // The signal was aborted, because the shard was closed.
        leave();
        throw error;
      }
      return () => {
        own.delete(bucket);
        void locks.unlock(bucket).then(leave);
      };
    },
    close: locks.close,
  };
}

/**
 * Advisory locks that share one connection. The first lock opens the connection. After `close`, the next lock opens a
 * new connection.
 */
function advisoryLocks(ports: Ports) {
  let opened: Promise<LeaseTable> | undefined;
  return {
    /** Returns false if another connection has the lock. Rejects if the database cannot be reached. */
    async tryLock(bucket: number): Promise<boolean> {
      const connection = await (opened ??= openLeaseTable({ maxIdle: usualMaxIdle, ...ports }, reply));
      const rows = await connection.query('SELECT pg_try_advisory_lock($1, $2) AS is', [identifyLock, bucket]);
      const [{ is }] = z.tuple([z.object({ is: z.boolean() })]).parse(rows);
      return is;
    },
    async unlock(bucket: number): Promise<void> {
      const connection = await opened?.catch(() => undefined);
      // An error is ignored, because the server itself releases the lock if the connection is lost.
      await connection?.query('SELECT pg_advisory_unlock($1, $2)', [identifyLock, bucket]).catch(() => undefined);
    },
    async close(): Promise<void> {
      const last = opened;
      opened = undefined;
      // A connection that was never opened needs no closing.
      await last?.then((connection) => connection.close()).catch(() => undefined);
    },
  };
}
