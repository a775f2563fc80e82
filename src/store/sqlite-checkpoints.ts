/**
 * Copies the write-ahead log into the database file while the bot goes on writing. SQLite itself would do this within
 * every few hundredth write, and this write would wait until the disk has stored everything. Therefore a connection of
 * its own does it.
 */
import { KeyvSqlite } from '@keyv/sqlite';
import { keyQueue } from './key-queue.ts';

export interface Checkpoints {
  /** Must be called after each write. `value` is the text that was stored. */
  wrote(value: string): void;
  /** Runs `work` while no checkpoint is running. SQLite refuses a second checkpoint at the same time. */
  alone<T>(work: () => Promise<T>): Promise<T>;
  /** Must be called before the other connection is closed. */
  close(): Promise<void>;
}

/** About this number of pages is written between two checkpoints. It is SQLite's default. */
const usualPages = 1_000;
/** With so many pages in the log, the writing connection copies them itself, so that the log cannot grow for ever. */
export const mostPages = 8_000;
const pageSize = 4_096;
const mostTries = 5;

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
      // SQLite begins the log anew when all of it has been copied, so what is written meanwhile is copied, too.
      for (let tries = 0; pages > 0 && tries < mostTries; tries++) {
        pages = 0;
        // PASSIVE neither waits for other connections nor makes them wait.
        await adapter.query('PRAGMA wal_checkpoint(PASSIVE)');
      }
    } catch {
      // The log stays as it is, and a later checkpoint copies it. SQLite ignores errors of its own automatic checkpoints,
      // too. An error of the disk also reaches the next write.
    }
  }
  return {
    alone: (work) => inTurn('log', work),
    wrote(value) {
      // A write changes a page of the table and a page of an index. A long value needs further pages.
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
