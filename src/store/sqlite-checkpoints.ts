/**
 * Makes checkpoints: a second connection copies the write-ahead log into the database file while the bot continues to
 * write. By default, SQLite makes a checkpoint during a write, after about 1,000 pages, and this write waits until the
 * data is on the disk.
 */
import { KeyvSqlite } from '@keyv/sqlite';
import { keyQueue } from './key-queue.ts';

export interface Checkpoints {
  /** Must be called after each write. `value` is the text that was stored. */
  wrote(value: string): void;
  /** Runs `work`, which makes its own checkpoint. Waits for a running checkpoint first: SQLite refuses two at once. */
  alone<T>(work: () => Promise<T>): Promise<T>;
  /** Must be called before the connection of the store is closed. */
  close(): Promise<void>;
}

/** Approximate number of written pages between two checkpoints. The same as SQLite's default. */
const usualPages = 1_000;
/**
 * If the log has at least this many pages, the connection of the store makes the checkpoint itself. This limits the
 * size of the log.
 */
export const maxPages = 8_000;
const pageSize = 4_096;
const maxTries = 5;

export function backgroundCheckpoints(file: string): Checkpoints {
  let adapter: KeyvSqlite | undefined;
  /** Number of pages that were written since the latest checkpoint began. */
  let pages = 0;
  let isRunning = false;
  const inTurn = keyQueue();

  function open(): KeyvSqlite {
    const opened = new KeyvSqlite({ uri: `sqlite://${file}` });
    // An 'error' event without a listener would crash the process. The same errors reject the promises below.
    opened.on('error', () => undefined);
    return opened;
  }
  async function checkpoint(): Promise<void> {
    try {
      adapter ??= open();
      // SQLite overwrites the log from its beginning only after all pages have been copied. Therefore, if pages were
      // written during a checkpoint, this loop makes another checkpoint.
      for (let tries = 0; pages > 0 && tries < maxTries; tries++) {
        pages = 0;
        // PASSIVE neither waits for other connections nor makes them wait.
        await adapter.query('PRAGMA wal_checkpoint(PASSIVE)');
      }
    } catch {
      // The error is ignored: the log stays unchanged, and a later checkpoint copies it. SQLite ignores errors of its
      // automatic checkpoints, too. If the disk has an error, the next write also fails.
    }
  }
  return {
    alone: (work) => inTurn('log', work),
    wrote(value) {
      // A write changes a page of the table and a page of an index. A long value changes more pages.
      pages += 2 + Math.floor(value.length / pageSize);
      if (isRunning || pages < usualPages) return;
      isRunning = true;
      void inTurn('log', checkpoint).finally(() => (isRunning = false));
    },
    async close() {
      await inTurn.idle();
      // If this connection could not be opened, there is nothing to close.
      await adapter?.close().catch(() => undefined);
    },
  };
}
