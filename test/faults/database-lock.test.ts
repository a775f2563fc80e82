/** Tests the lock that keeps a second process away from a PostgreSQL database. */
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createRetries } from '../../src/bot/retries.ts';
import { realClock } from '../../src/clock.ts';
import { exitCodeOf } from '../../src/cli/start-errors.ts';
import { createLog } from '../../src/log.ts';
import { virtualClock } from '../../src/loopback/virtual-clock.ts';
import { lockDatabase, type LockOptions } from '../../src/store/postgres-lock.ts';
import { patiently } from '../support/patiently.ts';
import { tcpProxy } from '../support/tcp-proxy.ts';
import { postgresOfItsOwn, schemaOfItsOwn, testDatabase } from '../support/test-database.ts';

/** A process that can take the lock of a schema. */
async function processOn(schema: string, address = testDatabase, more: Partial<LockOptions> = {}) {
  const log = createLog('silent');
  const repetition = createRetries(realClock, log);
  const taken: Error[] = [];
  const onTaken = (error: Error) => void taken.push(error);
  onTestFinished(() => repetition.close());
  return {
    taken,
    lock: () => lockDatabase({ address, schema, clock: realClock, log, repetition, patience: 50, onTaken, ...more }),
  };
}

async function lockableSchema(): Promise<string> {
  const schema = schemaOfItsOwn();
  await postgresOfItsOwn({ schema });
  return schema;
}

describe.skipIf(testDatabase === '')('the lock of a database', () => {
  test('refuses a second process with an error message and exit code 76 until the first process has ended', async () => {
    const schema = await lockableSchema();
    const [first, second] = [await processOn(schema), await processOn(schema)];
    const release = await first.lock();
    const error = await second.lock().then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(String(error)).toMatch(/another Caspian is running with it\. Stop that one first, or set DATABASE_URL/);
    expect(exitCodeOf(error)).toBe(76);
    await release();
    await (
      await second.lock()
    )();
  });

  test('does not keep processes away from other schemas', async () => {
    const locks = await Promise.all(
      [await lockableSchema(), await lockableSchema()].map(async (schema) => (await processOn(schema)).lock()),
    );
    for (const release of locks) await release();
  });

  test('is taken again after its connection was lost', async () => {
    const schema = schemaOfItsOwn();
    const store = await postgresOfItsOwn({ schema });
    const proxy = await tcpProxy(testDatabase);
    const [first, second] = [await processOn(schema, proxy.address), await processOn(schema)];
    const release = await first.lock();
    const lost = proxy.ports();
    proxy.cut();
    await vi.waitFor(async () => {
      const ports = proxy.ports().filter((port) => !lost.includes(port));
      const sql = `SELECT 1 FROM pg_locks JOIN pg_stat_activity USING (pid)
        WHERE locktype = 'advisory' AND granted AND client_port = ANY($1)`;
      expect(await store.query(sql, [ports])).toHaveLength(1);
    }, patiently);
    await expect(second.lock()).rejects.toThrow('another Caspian');
    expect(first.taken).toEqual([]);
    await release();
  });

  test('if another process has taken the lock after it was lost, the first process is told to end', async () => {
    const schema = await lockableSchema();
    const proxy = await tcpProxy(testDatabase);
    const [first, second] = [await processOn(schema, proxy.address), await processOn(schema)];
    await first.lock();
    proxy.isDown = true;
    proxy.cut();
    const release = await vi.waitFor(() => second.lock(), patiently);
    proxy.isDown = false;
    await vi.waitFor(() => expect(first.taken).toHaveLength(1), patiently);
    expect(exitCodeOf(first.taken[0])).toBe(76);
    await release();
  });

  test('a regular check notices that the connection no longer replies', async () => {
    const schema = await lockableSchema();
    const proxy = await tcpProxy(testDatabase);
    const clock = virtualClock();
    const first = await processOn(schema, proxy.address, { clock, checkTimeout: 1_000 });
    const release = await first.lock();
    const [port = 0] = proxy.ports();
    await clock.advance(31_000);
    expect(proxy.ports()).toEqual([port]);
    proxy.mode = 'hold';
    await clock.advance(31_000);
    await vi.waitFor(() => expect(proxy.ports()).not.toContain(port), patiently);
    proxy.mode = 'pass';
    await release();
  });
});
