/** Tests /live and /ready with the real bot on the emulated Discord, and the readiness checks. */
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { exitCodeOf, startErrorMessage } from '../../src/cli/start-errors.ts';
import { exitCodes } from '../../src/cli/exit-codes.ts';
import { createLog } from '../../src/log.ts';
import { virtualClock } from '../../src/loopback/virtual-clock.ts';
import { startOperation } from '../../src/operation/operation.ts';
import { createReadiness } from '../../src/operation/readiness.ts';
import type { RunningParts } from '../../src/operation/running-parts.ts';
import { deferred } from '../loopback/real-bot.ts';
import { memoryStore } from '../support/memory-store.ts';
import { operated, operatedBot } from '../support/operated-bot.ts';

test('the bot is live but not ready while it loads the saved rounds and after it begins to stop', async () => {
  const store = memoryStore();
  const asked = deferred<void>();
  const mayLoad = deferred<void>();
  const { range } = store;
  Object.assign(store, {
    async *range(...given: Parameters<typeof range>) {
      asked.resolve();
      await mayLoad.promise;
      yield* range(...given);
    },
  });
  const { ask, bot, failing } = await operatedBot({ store });
  await asked.promise;
  expect(await ask('/live')).toMatchObject({ status: 200 });
  expect(await ask('/ready')).toMatchObject({ status: 503 });
  expect(await failing()).toEqual({ rounds: 'the saved rounds are not loaded yet' });
  mayLoad.resolve();
  const { stop } = await bot;
  expect(await ask('/ready')).toEqual({
    status: 200,
    text: `${JSON.stringify({
      ready: true,
      checks: Object.fromEntries(
        ['rounds', 'shards', 'heartbeat', 'store', 'discord'].map((check) => [check, { ok: true }]),
      ),
    })}\n`,
  });
  await stop();
  expect(await failing()).toEqual({ rounds: 'the bot is stopping' });
  expect(await ask('/live')).toMatchObject({ status: 200 });
});

test('the bot is not ready while the store cannot be written, and ready again afterwards', async () => {
  const { ask, bot, clock, failing, store } = await operatedBot();
  await bot;
  expect(await failing()).toEqual({});
  store.fail = { doing: 'writing', code: 'SQLITE_FULL' };
  // For ten seconds, /ready reuses the result of the last write and does not write again.
  expect(await ask('/ready')).toMatchObject({ status: 200 });
  await clock.advance(10_000);
  expect(await failing()).toEqual({ store: expect.stringContaining('SQLITE_FULL') });
  store.fail = undefined;
  await clock.advance(10_000);
  expect(await ask('/ready')).toMatchObject({ status: 200 });
});

test('the bot is not ready while it has no connection to the gateway, and ready again afterwards', async () => {
  const { bot, clock, failing, loopback } = await operatedBot();
  await bot;
  loopback.faults.suppressGateway('hello', 100);
  loopback.faults.dropGateway('cut');
  await expect.poll(failing, { interval: 5 }).toEqual({ shards: 'not connected: shard 0' });
  loopback.faults.clear();
  // The bot waits for some time before it begins a new session, so the clock advances until the bot is ready.
  await expect.poll(() => clock.advance(1_000).then(failing), { interval: 5 }).toEqual({});
});

test('the bot is not ready if Discord has acknowledged no heartbeat for 90 seconds', async () => {
  const { bot, clock, failing } = await operatedBot();
  await bot;
  await clock.advance(89_000);
  expect(await failing()).toEqual({});
  await clock.advance(2_000);
  expect(await failing()).toEqual({ heartbeat: 'no heartbeat was acknowledged for 90 s: shard 0' });
});

test('after missed heartbeats, the bot is ready again as soon as Discord acknowledges a heartbeat in the same session', async () => {
  const { bot, clock, failing, loopback } = await operatedBot();
  await bot;
  await clock.advance(91_000);
  expect(await failing()).toHaveProperty('heartbeat');
  // Discord requests a heartbeat, and acknowledges the heartbeat that the bot sends.
  loopback.faults.sendGatewaySignal('heartbeat');
  await expect.poll(failing, { interval: 5 }).toEqual({});
});

test('/ready checks at most once in 30 seconds whether Discord accepts the token', async () => {
  const { bot, clock, failing, loopback } = await operatedBot();
  await bot;
  const requests = () =>
    loopback.log.filter(({ method, path }) => method === 'GET' && path.endsWith('/users/@me')).length;
  for (let times = 0; times < 3; times++) expect(await failing()).toEqual({});
  expect(requests()).toBe(1);
  loopback.faults.next({ method: 'GET', route: '/users/@me', status: 403, code: 40_001, message: 'Unauthorized' });
  await clock.advance(30_000);
  for (let times = 0; times < 3; times++) expect(await failing()).toEqual({ discord: 'it answered with status 403' });
  expect(requests()).toBe(2);
  await clock.advance(30_000);
  expect(await failing()).toEqual({});
});

const runningParts = (more: Partial<RunningParts>): RunningParts => ({
  discord: {
    shards: () => [{ shard: 0, isReady: true, heartbeatAge: 0 }],
    servers: () => 1,
    requestsLeft: () => 50,
    confirm: async () => undefined,
  },
  store: memoryStore(),
  liveRounds: () => ({ group: 0, solo: 0 }),
  ...more,
});

test('a process is not ready if it has lost its lease and so no longer owns its shards', async () => {
  let isHeld = true;
  const parts = runningParts({ lease: { isHeld: () => isHeld } });
  const readiness = createReadiness(virtualClock(), () => parts);
  expect(await readiness.check()).toMatchObject({ ready: true, checks: { lease: { ok: true } } });
  isHeld = false;
  expect(await readiness.check()).toMatchObject({ ready: false, checks: { lease: { ok: false } } });
});

test('the readiness check waits 3 seconds for a write, and does not start a second write while the first is unfinished', async () => {
  const clock = virtualClock();
  const writing = deferred<void>();
  let writes = 0;
  const set = () => {
    writes += 1;
    return writing.promise;
  };
  const parts = runningParts({ store: { set } });
  const readiness = createReadiness(clock, () => parts);
  const late = { ready: false, checks: { store: { ok: false, why: 'no answer within 3 s' } } };
  const first = readiness.check();
  await clock.advance(3_000);
  expect(await first).toMatchObject(late);
  const second = readiness.check();
  await clock.advance(0);
  expect(await second).toMatchObject(late);
  expect(writes).toBe(1);
  writing.resolve();
  await clock.advance(0);
  expect(await readiness.check()).toMatchObject({ ready: true });
});

test('the health server answers only GET and HEAD requests for its three paths', async () => {
  const { ask } = await operated();
  expect(await ask('/live', 'HEAD')).toEqual({ status: 200, text: '' });
  expect(await ask('/live?from=test')).toMatchObject({ status: 200 });
  expect(await ask('/live', 'POST')).toMatchObject({ status: 405 });
  expect(await ask('/')).toEqual({ status: 404, text: 'There are /live, /ready, /metrics.\n' });
  expect(await ask('/constructor')).toMatchObject({ status: 404 });
});

test('if the port of the health checks is in use, the start fails with an explanation and the exit code for invalid settings', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void other.close());
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const address = { host: '127.0.0.1', port };
  const error = await startOperation(address, { clock: virtualClock(), log: createLog('silent') }).catch(
    (thrown: unknown) => thrown,
  );
  expect(exitCodeOf(error)).toBe(exitCodes.config);
  expect(startErrorMessage(error)).toBe(
    `Settings (.env or the environment) need a correction:\nHEALTH_PORT: 127.0.0.1:${port} is taken by another program. Set it to another port, or leave it empty.`,
  );
});
