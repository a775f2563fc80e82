/** Tests the store on PostgreSQL while the database server or the network fails. */
import { Client } from 'pg';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { z } from 'zod';
import { createRetries } from '../../src/bot/retries.ts';
import { realClock } from '../../src/clock.ts';
import { createLog } from '../../src/log.ts';
import { databaseName } from '../../src/store/postgres-address.ts';
import { ConnectionLost } from '../../src/store/postgres-errors.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import { StoreError } from '../../src/store/store.ts';
import { startWithFailingPorts, until } from './failing-ports.ts';
import { patiently } from '../support/patiently.ts';
import { seen } from '../support/seen.ts';
import { tcpProxy } from '../support/tcp-proxy.ts';
import { newPostgresStore, newSchema, testDatabase } from '../support/test-database.ts';

const count = z.number();
const up = (old = 0) => old + 1;
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

/** Returns a log and the list of its lines. */
function readableLog() {
  const lines: string[] = [];
  const log = createLog('warn', { write: (line) => void lines.push(line) });
  return { log, lines };
}

describe.skipIf(testDatabase === '')('a store on PostgreSQL', () => {
  test('if all connections are cut, unfinished changes are repeated when PostgreSQL can be reached again, and no change is lost', async () => {
    const proxy = await tcpProxy(testDatabase);
    const { log, lines } = readableLog();
    const store = await newPostgresStore({ address: proxy.address, log });
    await store.set('n', 0);
    proxy.isDown = true;
    proxy.cut();
    const changes = Array.from({ length: 5 }, () => store.change('n', count, up));
    await vi.waitFor(() => expect(lines.join()).toContain('PostgreSQL cannot be reached'), patiently);
    proxy.isDown = false;
    await Promise.all(changes);
    expect(await store.get('n', count)).toBe(5);
    expect(lines.at(-1)).toContain('PostgreSQL can be reached again');
    expect(lines).toHaveLength(2);
    seen('all five changes are made, the log has two lines');
  });

  test('if PostgreSQL ends all its connections, the process keeps running, and its changes are made on new connections', async () => {
    const proxy = await tcpProxy(testDatabase);
    const store = await newPostgresStore({ address: proxy.address });
    await Promise.all(Array.from({ length: 5 }, (_, index) => store.set(`k/${index}`, index)));
    await endConnections(proxy.ports());
    const changes = Array.from({ length: 5 }, (_, index) => store.change(`k/${index}`, count, up));
    await endConnections(proxy.ports());
    expect(await Promise.all(changes)).toEqual([1, 2, 3, 4, 5]);
    expect(await store.keys('k/', '')).toHaveLength(5);
    seen('the changes are made on new connections');
  });

  test('if the network holds back all data for a while, an operation waits and is not repeated afterwards', async () => {
    const proxy = await tcpProxy(testDatabase);
    const { log, lines } = readableLog();
    const store = await newPostgresStore({ address: proxy.address, log });
    await store.set('n', 1);
    proxy.mode = 'hold';
    let calls = 0;
    const changed = store.change('n', count, (old = 0) => old + ++calls);
    const first = await Promise.race([changed, new Promise((resolve) => setTimeout(resolve, 200, 'it waits'))]);
    expect(first).toBe('it waits');
    proxy.mode = 'pass';
    expect(await changed).toBe(2);
    expect(lines).toEqual([]);
  });

  test('if the reply to a change is lost, the change is made only once', async () => {
    const proxy = await tcpProxy(testDatabase);
    const schema = newSchema();
    const store = await newPostgresStore({ address: proxy.address, schema });
    const other = await newPostgresStore({ schema });
    await store.set('n', 1);
    let calls = 0;
    const changed = store.change('n', count, (old = 0) => {
      // The value has been read. The reply to the write will be lost.
      if (++calls === 1) proxy.mode = 'lose replies';
      return old + 1;
    });
    await vi.waitFor(async () => expect(await other.get('n', count)).toBe(2), patiently);
    proxy.mode = 'pass';
    proxy.cut();
    expect(await changed).toBe(2);
    expect(await store.get('n', count)).toBe(2);
  });

  test('if the connection is lost during a write, PostgreSQL aborts this write before it runs newer operations', async () => {
    const proxy = await tcpProxy(testDatabase);
    const schema = newSchema();
    const { log, lines } = readableLog();
    const store = await newPostgresStore({ address: proxy.address, schema, log });
    await store.set('a', 'old');
    const [locker, observer] = [await ownClient(), await ownClient()];
    const writers = async () => {
      const sql = `SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%${schema}%'`;
      return z.array(z.object({ pid: z.number() })).parse((await observer.query(sql)).rows);
    };
    await locker.query('BEGIN');
    await locker.query(`SELECT 1 FROM ${schema}.keyv WHERE key = 'a' FOR UPDATE`);
    const late = store.set('a', 'late');
    const [before] = await vi.waitFor(async () => {
      const waiting = await writers();
      expect(waiting).toHaveLength(1);
      return waiting;
    }, patiently);
    proxy.cut();
    await vi.waitFor(() => expect(lines.join()).toContain('PostgreSQL cannot be reached'), patiently);
    expect(await store.get('a', z.string())).toBe('old');
    expect(await writers()).not.toContainEqual(before);
    await locker.query('COMMIT');
    await late;
    await store.set('a', 'new');
    expect(await store.get('a', z.string())).toBe('new');
  });

  test('a round continues after an outage of the database, and every acknowledged answer is scored', async () => {
    const proxy = await tcpProxy(testDatabase);
    const store = await newPostgresStore({ address: proxy.address });
    const channel = await startWithFailingPorts(store);
    await channel.typed('ana', 'quiz group', { questions: 3, seconds: 20 });
    await channel.press('ben', 'join');
    await channel.press('ana', 'start');
    await until('the first question is open', () => channel.quiz().phase.name === 'asking');
    proxy.isDown = true;
    proxy.cut();
    let told = '';
    const answered = channel.answer('ana', true).then((words) => (told = words));
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(told).toBe('');
    proxy.isDown = false;
    await answered;
    expect(told).toMatch(/^Locked/);
    await channel.answer('ben', false);
    await channel.clock.advance(6_000);
    await until('the answers are scored', () => channel.quiz().settled === 1);
    expect(channel.paid.map(({ user, right }) => `${user} ${right}`).toSorted()).toEqual(['ana true', 'ben false']);
    seen('the answer waits for the database and is scored');
  });

  test('if the database cannot be reached at the last try, an operation fails with a StoreError that has the code of the last error', async () => {
    const proxy = await tcpProxy(testDatabase);
    const { log } = readableLog();
    const schema = newSchema();
    let tries = 0;
    const store = await openPostgres({
      address: proxy.address,
      schema,
      log,
      repeat: async (_, run, isTemporary) => {
        for (;;)
          try {
            return await run();
          } catch (error) {
            if (!isTemporary(error) || ++tries % 4 === 0) throw error;
          }
      },
    });
    onTestFinished(() => store.close());
    await store.set('n', 1);
    proxy.isDown = true;
    proxy.cut();
    for (const [doing, run] of [
      ['reading', () => store.get('n', count)],
      ['writing', () => store.set('n', 2)],
      ['writing', () => store.change('n', count, up)],
    ] as const) {
      const error = await failure(run());
      expect(error).toBeInstanceOf(StoreError);
      expect(error).toMatchObject({ code: expect.stringMatching(/^(ECONNRESET|EPIPE|08006)$/) });
      if (doing === 'writing' && run.toString().includes('set')) expect(error).toMatchObject({ doing });
    }
    proxy.isDown = false;
    expect(await store.get('n', count)).toBe(1);
  });

  test('if PostgreSQL cannot be reached at the start, the failure is logged, and the table is created when PostgreSQL can be reached', async () => {
    const proxy = await tcpProxy(testDatabase);
    proxy.isDown = true;
    const { log, lines } = readableLog();
    const schema = newSchema();
    const retries = createRetries({ ...realClock, alarm: (_, run) => realClock.alarm(realClock.now(), run) }, log);
    const opening = retries.until(
      { what: 'the database could not be reached', tries: 500, longestDelay: 60_000 },
      () => openPostgres({ address: proxy.address, schema, repeat: retries.repeat, log }),
      (error) => error instanceof ConnectionLost,
    );
    await vi.waitFor(() => expect(lines.join()).toContain('could not be reached; tried again later'), patiently);
    proxy.isDown = false;
    const store = await opening;
    onTestFinished(() => store.close());
    await store.set('n', 1);
    expect(await store.get('n', count)).toBe(1);
  });

  test('purge() vacuums the table, which removes deleted values from its files', async () => {
    const store = await newPostgresStore();
    await store.set('member/1', 'name');
    await store.delete('member/1');
    await store.purge();
    await vi.waitFor(async () => {
      const sql = `SELECT vacuum_count::int AS count FROM pg_stat_user_tables WHERE relname = 'keyv' AND schemaname = current_schema()`;
      expect(await store.query(sql)).toEqual([{ count: 1 }]);
    }, patiently);
  });

  test('purge() fails with an error while another transaction can still read deleted values', async () => {
    const store = await newPostgresStore();
    const reader = await ownClient();
    await reader.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
    await reader.query('SELECT 1');
    await store.set('member/1', 'name');
    await store.delete('member/1');
    expect(await failure(store.purge())).toMatchObject({ name: 'StoreError', doing: 'writing' });
    await reader.query('COMMIT');
    await store.purge();
  });

  test.each([
    ['a wrong password or user', (url: URL) => (url.username = 'nobody-of-this-name'), /nobody-of-this-name/],
    ['a database that does not exist', (url: URL) => (url.pathname = '/no-such-database'), /no-such-database/],
  ])('%s is refused without a retry, and the error message does not contain the password', async (_, change, words) => {
    const url = new URL(testDatabase);
    url.password = 'a-secret-word';
    change(url);
    const { log } = readableLog();
    const error = await failure(openPostgres({ address: url.href, repeat: createRetries(realClock, log).repeat, log }));
    expect(error).toMatchObject({ name: 'DatabaseUnusable' });
    expect(String(error)).toMatch(words);
    expect(String(error)).toContain(databaseName(url.href));
    expect(JSON.stringify([String(error), error])).not.toContain('a-secret-word');
  });
});

/** Ends the connections from these client ports, as a restart of PostgreSQL does. */
async function endConnections(ports: readonly number[]): Promise<void> {
  const client = await ownClient();
  await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE client_port = ANY($1)', [ports]);
}

/** Opens a connection that is closed after the test. */
async function ownClient(): Promise<Client> {
  const client = new Client({ connectionString: testDatabase });
  await client.connect();
  onTestFinished(() => client.end());
  return client;
}
