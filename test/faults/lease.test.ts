/** Tests the leases in a PostgreSQL database. Each process gets its shards by taking a lease. */
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { z } from 'zod';
import { realClock } from '../../src/clock.ts';
import { exitCodeOf } from '../../src/cli/start-errors.ts';
import { createLog } from '../../src/log.ts';
import { virtualClock } from '../../src/loopback/virtual-clock.ts';
import { parseShardRange } from '../../src/core/shard-range.ts';
import { identifyLocks } from '../../src/store/identify-locks.ts';
import { openLeaseTable } from '../../src/store/lease-rows.ts';
import { ConnectionLost } from '../../src/store/postgres-errors.ts';
import { type LeaseOptions, takeLease } from '../../src/store/shard-lease.ts';
import { patiently } from '../support/patiently.ts';
import { tcpProxy } from '../support/tcp-proxy.ts';
import { newPostgresStore, schemaName, newSchema, sharedPostgres, testDatabase } from '../support/test-database.ts';

const times = { grace: 100, retry: 20, patience: 150, renewal: 50 };

/** A simulated process that can take the lease of a schema. `lost` lists the errors that were passed to `onLost`. */
function processOn(schema: string, more: Partial<LeaseOptions> & { readonly range?: string } = {}) {
  const lost: Error[] = [];
  const { range = 'auto', ...options } = more;
  return {
    lost,
    async take() {
      const lease = await takeLease({
        address: testDatabase,
        schema,
        shards: parseShardRange(range),
        clock: realClock,
        log: createLog('silent'),
        onLost: (error) => void lost.push(error),
        ...options,
        times: { ...times, ...options.times },
      });
      onTestFinished(() => lease.release());
      return lease;
    },
  };
}

/** All tests share one schema, because creating a schema takes longer than most of the tests. */
const shared = schemaName();
const emptyStore = sharedPostgres(shared);

/** Deletes the leases and values in the shared schema. Returns the name of the schema. */
async function emptySchema(): Promise<string> {
  await emptyStore();
  return shared;
}

const errorOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

describe.skipIf(testDatabase === '')('the lease of all shards', () => {
  test('until the first process has ended, a second process is refused with exit code 76 and a message that says what to do', async () => {
    const schema = await emptySchema();
    const [first, second] = [processOn(schema), processOn(schema)];
    const lease = await first.take();
    const error = await errorOf(second.take());
    expect(String(error)).toMatch(/another Caspian is running with it\. Stop that one first, or set DATABASE_URL/);
    expect(exitCodeOf(error)).toBe(76);
    await lease.release();
    const next = await second.take();
    expect(BigInt(next.fence)).toBeGreaterThan(BigInt(lease.fence));
  });

  test('processes that use different schemas can hold the lease of all shards at the same time', async () => {
    const other = newSchema();
    await newPostgresStore({ schema: other });
    for (const schema of [await emptySchema(), other]) await processOn(schema).take();
  });

  test('if a process loses its connection, it opens a new connection and keeps its lease and the number of the lease (the fence)', async () => {
    const store = await emptyStore();
    const proxy = await tcpProxy(testDatabase);
    const first = processOn(shared, { address: proxy.address });
    const lease = await first.take();
    const lost = proxy.ports();
    proxy.cut();
    await vi.waitFor(async () => {
      const ports = proxy.ports().filter((port) => !lost.includes(port));
      const sql = `SELECT FROM caspian_leases JOIN pg_stat_activity ON application_name = holder
        WHERE client_port = ANY($1) AND fence = $2`;
      expect(await store.query(sql, [ports, lease.fence])).toHaveLength(1);
    }, patiently);
    await expect(processOn(shared).take()).rejects.toThrow('another Caspian');
    expect(first.lost).toEqual([]);
    expect(lease.isHeld()).toBe(true);
  });

  test('if another process takes the lease during an outage, the first process is asked to end with exit code 79', async () => {
    const schema = await emptySchema();
    const proxy = await tcpProxy(testDatabase);
    const first = processOn(schema, { address: proxy.address });
    const lease = await first.take();
    proxy.isDown = true;
    proxy.cut();
    await processOn(schema, { times: { patience: 5_000 } }).take();
    proxy.isDown = false;
    await vi.waitFor(() => expect(first.lost).toHaveLength(1), patiently);
    expect(exitCodeOf(first.lost[0])).toBe(79);
    expect(lease.isHeld()).toBe(false);
  });

  test('if a connection no longer replies, the next renewal of the lease opens a new connection', async () => {
    const schema = await emptySchema();
    const proxy = await tcpProxy(testDatabase);
    const clock = virtualClock();
    const first = processOn(schema, { address: proxy.address, clock, times: { renewal: 5_000, reply: 300 } });
    await first.take();
    const [port = 0] = proxy.ports();
    await clock.advance(6_000);
    expect(proxy.ports()).toEqual([port]);
    proxy.mode = 'hold';
    await clock.advance(6_000);
    await vi.waitFor(() => expect(proxy.ports()).not.toContain(port), patiently);
    proxy.mode = 'pass';
  });

  test('a process with all shards and without STANDBY=wait keeps its lease while the database is out of reach', async () => {
    const proxy = await tcpProxy(testDatabase);
    const clock = virtualClock();
    const first = processOn(await emptySchema(), { address: proxy.address, clock, times: { retry: 10_000 } });
    const lease = await first.take();
    proxy.isDown = true;
    proxy.cut();
    await clock.advance(120_000);
    expect(lease.isHeld()).toBe(true);
    expect(first.lost).toEqual([]);
  });
});

describe.skipIf(testDatabase === '')('the lease of a range of shards', () => {
  test('leases of ranges that do not overlap can be held at the same time', async () => {
    const schema = await emptySchema();
    for (const range of ['0-7/16', '8-11/16', '12/16']) await processOn(schema, { range }).take();
    await expect(processOn(schema, { range: '12-12/16' }).take()).rejects.toThrow('owns the shards 12-12/16 there');
  });

  test.each([
    ['0-7/16', '7-8/16'],
    ['0-7/16', '0-8/16'],
    ['0-7/16', '8-15/32'],
    ['0-7/16', 'auto'],
    ['auto', '0-7/16'],
  ])(
    'while a process has SHARDS=%s, a process with SHARDS=%s is refused with a message that names both ranges',
    async (one, other) => {
      const schema = await emptySchema();
      await processOn(schema, { range: one }).take();
      const error = await errorOf(processOn(schema, { range: other, standby: 'wait' }).take());
      expect(String(error)).toContain(`another Caspian runs there with SHARDS=${one}, which does not go together with`);
      expect(String(error)).toContain(`SHARDS=${other} of this one.`);
      expect(exitCodeOf(error)).toBe(76);
    },
  );

  test('with STANDBY=wait, a second process waits until the first process has ended', async () => {
    const schema = await emptySchema();
    const first = await processOn(schema, { range: '0-7/16' }).take();
    const waiting = processOn(schema, { range: '0-7/16', standby: 'wait' }).take();
    expect(await Promise.race([waiting, delay(300, 'still waiting')])).toBe('still waiting');
    await first.release();
    expect(BigInt((await waiting).fence)).toBeGreaterThan(BigInt(first.fence));
  });

  test('a process can be stopped while it waits for a lease', async () => {
    const schema = await emptySchema();
    await processOn(schema, { range: '0-7/16' }).take();
    const stopping = new AbortController();
    const waiting = errorOf(processOn(schema, { range: '0-7/16', standby: 'wait', signal: stopping.signal }).take());
    stopping.abort(new Error('stopped'));
    expect(await waiting).toEqual(new Error('stopped'));
  });

  test('a lease that is not renewed expires, even if its connection stays open', async () => {
    const schema = await emptySchema();
    const asleep = await processOn(schema, {
      range: '0-7/16',
      times: { lifetime: 300, renewal: 600_000, margin: 0 },
    }).take();
    const next = await processOn(schema, { range: '0-7/16', standby: 'wait' }).take();
    expect(BigInt(next.fence)).toBeGreaterThan(BigInt(asleep.fence));
    expect(asleep.isHeld()).toBe(false);
  });

  test('if a lease cannot be renewed, the process is asked to end before another process can take the lease', async () => {
    const proxy = await tcpProxy(testDatabase);
    const clock = virtualClock();
    const first = processOn(await emptySchema(), {
      range: '0-7/16',
      address: proxy.address,
      clock,
      times: { retry: 1_000 },
    });
    const lease = await first.take();
    proxy.isDown = true;
    proxy.cut();
    await clock.advance(15_900);
    expect(lease.isHeld()).toBe(true);
    expect(first.lost).toEqual([]);
    await clock.advance(200);
    expect(lease.isHeld()).toBe(false);
    expect(String(first.lost[0])).toContain('the database did not confirm the ownership of the shards 0-7/16 in time');
  });
});

describe.skipIf(testDatabase === '')('writes under a lease', () => {
  const text = z.string();

  test('all writes of a process whose lease has ended are refused, and the process is asked to end', async () => {
    const schema = await emptySchema();
    const old = processOn(schema, { range: '0-7/16', times: { lifetime: 200, margin: 0, renewal: 600_000 } });
    let lease: Awaited<ReturnType<typeof old.take>> | undefined;
    const store = await newPostgresStore({ schema, lease: () => lease });
    lease = await old.take();
    await store.set('a', 'old');
    await store.set('b', 'old');
    const next = await processOn(schema, { range: '0-7/16', standby: 'wait' }).take();
    const refused = { code: 'LEASE_LOST', doing: 'writing' };
    await expect(store.set('a', 'new')).rejects.toMatchObject(refused);
    await expect(store.set('c', 'new')).rejects.toMatchObject(refused);
    await expect(store.delete('b')).rejects.toMatchObject(refused);
    await expect(store.change('a', text, () => 'new')).rejects.toMatchObject(refused);
    await expect(store.changeMany(['b', 'c'], text, () => 'new')).rejects.toMatchObject(refused);
    expect(await Promise.all(['a', 'b', 'c'].map((key) => store.get(key, text)))).toEqual(['old', 'old', undefined]);
    expect(old.lost).toHaveLength(1);
    lease = next;
    await store.change('a', text, () => 'new');
    await store.delete('b');
    expect(await Promise.all(['a', 'b'].map((key) => store.get(key, text)))).toEqual(['new', undefined]);
  });

  // Each process holds its own lease, so no write is refused. If one process changes the value after the other process
  // has read it, the other process repeats its change with the new value.
  test('if two processes change the same value at the same time, no change is refused or lost', async () => {
    const schema = await emptySchema();
    const processes = await Promise.all(
      ['0-7/16', '8-15/16'].map(async (range) => {
        const own = processOn(schema, { range });
        const lease = await own.take();
        return { own, store: await newPostgresStore({ schema, lease: () => lease }) };
      }),
    );
    const key = 'settings/member/1';
    const changes = Array.from({ length: 20 }, () =>
      processes.map(({ store }) => store.change(key, z.number(), (old = 0) => old + 1)),
    ).flat();
    await Promise.all(changes);
    for (const { own, store } of processes) {
      expect(await store.get(key, z.number())).toBe(40);
      expect(own.lost).toEqual([]);
    }
  });

  test('the next owner of a lease waits for an unfinished write of the old owner, and later writes of the old owner are refused', async () => {
    const locks = await emptyStore();
    const old = processOn(shared, { range: '0-7/16', times: { lifetime: 100, margin: 0, renewal: 600_000 } });
    let lease: Awaited<ReturnType<typeof old.take>> | undefined;
    const store = await newPostgresStore({ schema: shared, lease: () => lease });
    lease = await old.take();
    await store.set('a', 'old');
    // Locks the row for 0.6 s, so that the write below cannot finish earlier.
    const other = locks.query(`BEGIN; SELECT FROM keyv FOR UPDATE; SELECT pg_sleep(0.6); COMMIT`);
    const locked = (isGranted: boolean) =>
      vi.waitFor(async () => {
        const sql = `SELECT FROM pg_locks JOIN pg_stat_activity USING (pid)
          WHERE query LIKE $1 AND mode IN ('RowShareLock', 'ShareLock') AND granted = $2`;
        expect(await store.query(sql, [`%${isGranted ? 'pg_sleep' : 'unnest'}%`, isGranted])).not.toEqual([]);
      }, patiently);
    await locked(true);
    const write = store.change('a', text, () => 'written under the old lease');
    await locked(false);
    const next = processOn(shared, { range: '0-7/16', standby: 'wait' }).take();
    await expect(write).resolves.toBe('written under the old lease');
    await next;
    expect(await store.get('a', text)).toBe('written under the old lease');
    await expect(store.change('a', text, () => 'too late')).rejects.toMatchObject({ code: 'LEASE_LOST' });
    await other;
  });
});

describe.skipIf(testDatabase === '')('suspended processes', () => {
  test('if a process is suspended while it takes a lease, the leases of other processes are blocked only for a short time', async () => {
    const other = processOn(await emptySchema(), { range: '0-7/16' });
    const lease = await other.take();
    const maxIdle = 400;
    const suspended = await openLeaseTable({ address: testDatabase, schema: shared }, maxIdle);
    onTestFinished(() => suspended.close());
    await suspended.query('BEGIN');
    await suspended.query('SELECT FROM caspian_leases FOR NO KEY UPDATE');
    // During this delay, `other` begins to renew its lease. The renewal waits for the locked rows until the connection
    // of the suspended process is closed. `others()` uses the same connection as the renewal, so it returns only after
    // the renewal.
    await delay(maxIdle + times.renewal);
    await lease.others();
    expect(other.lost).toEqual([]);
    expect(await errorOf(suspended.query('COMMIT'))).toBeInstanceOf(ConnectionLost);
  });

  test('if a process is suspended during its turn to send an Identify payload, the turn passes to the next process', async () => {
    const schema = await emptySchema();
    const ports = { address: testDatabase, schema, clock: realClock, log: createLog('silent') };
    const [suspended, next] = [identifyLocks({ ...ports, maxIdle: 300 }), identifyLocks(ports)];
    onTestFinished(async () => void (await Promise.all([suspended.close(), next.close()])));
    const { signal } = new AbortController();
    await suspended.take(0, signal);
    const end = await next.take(0, signal);
    end();
  });
});
