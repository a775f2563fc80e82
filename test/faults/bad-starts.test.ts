/** Tests how the bot starts while requests to Discord fail. */
import { expect, test } from 'vitest';
import { exitCodes } from '../../src/cli/exit-codes.ts';
import { exitCodeOf, startErrorMessage } from '../../src/cli/start-errors.ts';
import type { Fault } from '../../src/loopback/faults.ts';
import type { Loopback } from '../../src/loopback/loopback.ts';
import { apiRequest, loopbackFor, openSocket } from '../loopback/real-bot.ts';
import { seen } from '../support/seen.ts';
import { startingBot } from '../support/starting-bot.ts';

/** The number of Identify payloads that the emulated Discord has counted. */
async function identifies(loopback: Loopback): Promise<number> {
  const { body } = await apiRequest(loopback, 'GET', '/gateway/bot');
  const { total, remaining } = body['session_start_limit'] as { readonly total: number; readonly remaining: number };
  return total - remaining;
}

/**
 * Sends one Identify payload. The emulated Discord accepts only one Identify payload per hour, and refuses later ones
 * with opcode 9 (Invalid Session).
 */
async function useUpIdentify(loopback: Loopback): Promise<void> {
  const other = openSocket(loopback.url);
  await other.until(({ op }) => op === 10);
  other.identify(loopback.world().botToken);
  await other.until(({ t }) => t === 'READY');
  other.close(4000);
}
const oncePerHour = { gateway: { concurrencyMs: 3_600_000 } };

test.concurrent('F13: if five Identify payloads do not lead to a session, the bot ends, and a restarted bot sends no Identify payload for ten minutes', async (context) => {
  const { onTestFinished, task } = context;
  const loopback = await loopbackFor(oncePerHour, onTestFinished);
  await useUpIdentify(loopback);
  const before = await identifies(loopback);
  const first = startingBot(loopback, undefined, undefined, onTestFinished);
  const began = first.clock.now();
  // The bot waits before each Identify payload except the first.
  for (let wait = 1; wait <= 4; wait++) {
    await expect.poll(() => first.logged('waiting before a new session'), { interval: 5 }).toBe(wait);
    await first.clock.advance(40_000);
  }
  const failure = await first.failure(0);
  expect(first.logged('Discord declared the session invalid')).toBe(5);
  expect((await identifies(loopback)) - before).toBe(5);
  expect(first.clock.now() - began).toBeLessThan(10 * 60_000);
  expect(startErrorMessage(failure)).toMatch(
    /^No new session with Discord: none of 5 sessions lasted.* in 8 minutes\.$/,
  );
  expect(exitCodeOf(failure)).toBe(exitCodes.later);

  const second = startingBot(loopback, first.store, first.clock, onTestFinished);
  expect(exitCodeOf(await second.failure(0))).toBe(exitCodes.later);
  expect((await identifies(loopback)) - before).toBe(5);
  await first.clock.advance(10 * 60_000);
  const free = await loopbackFor({}, onTestFinished);
  const third = startingBot(free, first.store, first.clock, onTestFinished);
  expect(await third.failure(0)).toBeUndefined();
  seen('5 identifies with growing delays, then exit code 75; none at the next start within ten minutes', task);
});

test.concurrent('F13: a running bot ends if its session becomes invalid repeatedly', async (context) => {
  const { onTestFinished, task } = context;
  const loopback = await loopbackFor(oncePerHour, onTestFinished);
  const { bot, ended, clock, logged } = startingBot(loopback, undefined, undefined, onTestFinished);
  await bot;
  await clock.advance(50_000);
  loopback.faults.sendGatewaySignal('invalid');
  for (let wait = 1; wait <= 4; wait++) {
    await expect.poll(() => logged('waiting before a new session'), { interval: 5 }).toBe(wait);
    await clock.advance(40_000);
  }
  const error = await ended;
  expect(await identifies(loopback)).toBe(5);
  expect(exitCodeOf(error)).toBe(exitCodes.later);
  seen('4 more identifies, then exit code 75', task);
});

const startFaults: readonly (readonly [name: string, fault: Fault, logged: string])[] = [
  ['status 502', { status: 502, times: 4 }, 'it answered with status 502'],
  ['a broken connection', { cut: true, times: 4 }, 'ECONNRESET'],
  ['one refusal of the token', { status: 401 }, ''],
];
test.each(startFaults)(
  'if the first request to Discord gets %s, the bot retries the request and starts',
  async (_, fault, logged) => {
    const loopback = await loopbackFor();
    loopback.faults.next({ method: 'GET', route: '/gateway/bot', ...fault });
    const { failure, lines } = startingBot(loopback);
    expect(await failure()).toBeUndefined();
    expect(lines.join('')).toContain(logged);
  },
);

test('after five minutes of server errors from Discord, the starting bot ends with a one-line error message and exit code 69', async () => {
  const loopback = await loopbackFor();
  loopback.faults.next({ method: 'GET', route: '/gateway/bot', status: 503, times: Infinity });
  const { failure, logged, clock } = startingBot(loopback);
  const began = clock.now();
  const error = await failure(2_000);
  expect(exitCodeOf(error)).toBe(exitCodes.unreachable);
  expect(startErrorMessage(error)).toMatch(/^Discord cannot be reached: it answered with status 503\. Check [^\n]*$/);
  expect(logged('Discord could not be reached; tried again later')).toBe(9);
  expect(clock.now() - began).toBeGreaterThan(3 * 60_000);
});

test('F15: if the gateway never sends HELLO, the starting bot logs the failure, connects again, and finally ends with exit code 69', async () => {
  const loopback = await loopbackFor();
  loopback.faults.suppressGateway('hello', Infinity);
  const { failure, logged } = startingBot(loopback);
  const error = await failure(1_000);
  expect(exitCodeOf(error)).toBe(exitCodes.unreachable);
  expect(startErrorMessage(error)).toContain('it has begun no session for five minutes');
  expect(logged('Discord sent no HELLO; connecting again')).toBeGreaterThan(1);
  seen('a new try and a line after 15 s each; exit code 69 after five minutes');
});

test('if Discord allows no more sessions today, the bot ends with exit code 75 and says when the next session is allowed', async () => {
  const loopback = await loopbackFor({ gateway: { starts: 0 } });
  const error = await startingBot(loopback).failure();
  expect(exitCodeOf(error)).toBe(exitCodes.later);
  expect(startErrorMessage(error)).toMatch(/^No new session with Discord: .* no new session before \d{4}-\d\d-\d\dT/);
});

test('if the bot is stopped while it waits for Discord, it ends immediately', async () => {
  const loopback = await loopbackFor();
  loopback.faults.next({ method: 'GET', route: '/gateway/bot', status: 503, times: Infinity });
  const { stop, bot, logged } = startingBot(loopback);
  const ended = bot.catch(String);
  await expect.poll(() => logged('Discord could not be reached')).toBe(1);
  await (
    await stop
  )();
  expect(await ended).toContain('stopped');
});

const registrationFaults: readonly (readonly [name: string, fault: Fault, logged: string])[] = [
  ['429', { status: 429, retryAfter: 30, times: Infinity }, 'Discord limits the rate of a request; waiting'],
  [
    '30034',
    { status: 400, code: 30_034, message: 'Max number of daily application command creates' },
    'npm run register',
  ],
  ['50035', { status: 400, code: 50_035, message: 'Invalid Form Body' }, 'npm run register'],
  ['502', { status: 502, times: 4 }, 'the commands could not be registered; the ones that Discord knows stay'],
  ['no response', { hang: true }, ''],
];
test.each(registrationFaults)(
  'F28: if registering the commands fails with %s, the old commands stay registered and the bot starts',
  async (_, fault, logged) => {
    const loopback = await loopbackFor();
    const path = `/applications/${loopback.world().application.id}/commands`;
    await apiRequest(loopback, 'POST', path, { name: 'fact', description: 'An old description' });
    loopback.faults.next({ method: 'PUT', route: '/applications/:application/commands', ...fault });
    const { failure, lines } = startingBot(loopback);
    expect(await failure(100)).toBeUndefined();
    expect(lines.join('')).toContain(logged);
    expect((await apiRequest(loopback, 'GET', path)).body).toMatchObject([{ description: 'An old description' }]);
    seen('the bot is on Discord, the old commands stay, the log has a hint');
  },
);

test('if registering the commands fails with a server error, the bot starts and registers the commands later', async () => {
  const loopback = await loopbackFor();
  loopback.faults.next({ method: 'PUT', route: '/applications/:application/commands', status: 502, times: 4 });
  const { bot, clock } = startingBot(loopback);
  await bot;
  const path = `/applications/${loopback.world().application.id}/commands`;
  const known = async () => (await apiRequest(loopback, 'GET', path)).body as unknown as readonly unknown[];
  expect(await known()).toHaveLength(0);
  const retried = () => clock.advance(1_000).then(known);
  await expect.poll(async () => (await retried()).length, { interval: 5 }).toBeGreaterThan(5);
});
