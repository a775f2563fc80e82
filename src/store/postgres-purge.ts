/** Removes the content of deleted rows from the table of a PostgreSQL database. */
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { Connections } from './postgres-connections.ts';
import { StoreError } from './store.ts';

/** Maximum number of checks for older transactions. */
const checks = 10;
/** Time between two checks, in ms. */
const checkInterval = 100;

/**
 * Vacuums the table. VACUUM keeps deleted rows while an older transaction, such as a backup, could still read them.
 * Therefore this function first waits until all older transactions have ended. Throws StoreError if one of them has
 * not ended after about a second.
 */
export async function purgeTable(query: Connections['query']): Promise<void> {
  const [{ mark }] = z
    .tuple([z.object({ mark: z.string() })])
    .parse(await query('SELECT pg_current_xact_id()::xid::text AS mark'));
  for (let check = 1; (await query(olderTransactions, [mark])).length > 0; check++) {
    if (check === checks) throw new StoreError('another connection is reading the deleted values', 'writing');
    await pause(checkInterval);
  }
  await query('VACUUM keyv');
}

const olderTransactions = `
  SELECT pid FROM pg_stat_activity
  WHERE datname = current_database() AND pid <> pg_backend_pid() AND age(backend_xmin) > age($1::text::xid)`;
