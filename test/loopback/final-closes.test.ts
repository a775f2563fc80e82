/**
 * Tests gateway close codes after which the bot must not reconnect. The gateway sends them before or after the bot is
 * ready. Also tests what the bot logs when it loses and resumes its connection.
 */
import { Client } from 'discord.js';
import { expect, onTestFinished, test, vi } from 'vitest';
import { z } from 'zod';
import { exitCodes } from '../../src/cli/exit-codes.ts';
import { exitCodeOf, startErrorMessage } from '../../src/cli/start-errors.ts';
import type { Loopback } from '../../src/loopback/loopback.ts';
import { memoryStore } from '../support/memory-store.ts';
import { seen } from '../support/seen.ts';
import { startingBot } from '../support/starting-bot.ts';
import { deferred, loopbackFor } from './real-bot.ts';

/** Starts a bot on `loopback`. `destroy` is a spy that records whether the bot has destroyed its client. */
function starting(loopback: Loopback, store = memoryStore()) {
  const destroy = vi.spyOn(Client.prototype, 'destroy');
  onTestFinished(() => destroy.mockRestore());
  return { ...startingBot(loopback, store), destroy };
}

test.each([
  [4014, 'Discord does not allow this bot an intent', exitCodes.refused],
  [4013, 'Discord did not know an intent', exitCodes.refused],
  [4004, 'Discord no longer accepts the token', exitCodes.config],
])(
  'F14: if the gateway closes with code %i before the bot is ready, the bot does not start and reports the reason',
  async (code, reason, exitCode) => {
    const loopback = await loopbackFor();
    const store = memoryStore();
    loopback.faults.disruptEvents('drop', { event: 'READY' });
    let failure: unknown;
    const { bot, destroy } = starting(loopback, store);
    void bot.catch((error: unknown) => (failure = error));
    // Each call closes all open connections. The first call after the bot has identified makes the start fail.
    const close = () => {
      loopback.faults.dropGateway(code);
      return failure;
    };
    await expect.poll(close, { interval: 5 }).toBeDefined();
    expect(startErrorMessage(failure)).toBe(`Discord ended the connection for good: ${reason}.`);
    expect(exitCodeOf(failure)).toBe(exitCode);
    expect(destroy).toHaveBeenCalled();
    // The key `alive` contains the time when the bot last ran. The next start uses this time to find out how long the
    // rounds were interrupted. The bot has not resumed its rounds, so it must not store the current time.
    expect(await store.get('alive', z.unknown())).toBeUndefined();
    seen(`the start ends with code ${exitCode} and the reason`);
  },
);

test('a bot that is stopped before it connects does not connect', async () => {
  const loopback = await loopbackFor();
  const { bot, stop } = starting(loopback);
  const failure = bot.catch(String);
  await (
    await stop
  )();
  expect(await failure).toContain('the bot was stopped');
  expect(loopback.log.filter(({ path }) => path.endsWith('/gateway/bot'))).toEqual([]);
});

test('the bot stops even if discord.js does not finish destroying its client', async () => {
  const loopback = await loopbackFor();
  const { bot, destroy, clock } = starting(loopback);
  const running = await bot;
  const destroying = deferred<Client>();
  destroy.mockImplementationOnce(async function (this: Client) {
    destroying.resolve(this);
    await new Promise(() => undefined);
  });
  const stopped = running.stop();
  const client = await destroying.promise;
  await clock.advance(2_000);
  await stopped;
  await client.destroy();
});

test('F14: if a running bot gets a close code that forbids reconnecting, it reports the reason and can still be stopped', async () => {
  const loopback = await loopbackFor();
  const { bot, ended } = starting(loopback);
  const running = await bot;
  loopback.faults.dropGateway(4004);
  expect(startErrorMessage(await ended)).toContain('Discord no longer accepts the token');
  await running.stop();
  seen('the reason is reported, and everything can be stopped');
});

test('the bot logs each lost and each resumed gateway connection, but logs no lost connection when it stops', async () => {
  const loopback = await loopbackFor();
  const { bot, lines } = starting(loopback);
  const running = await bot;
  const logged = (words: string) => lines.filter((line) => line.includes(words)).length;
  expect(logged('the gateway session has begun')).toBe(1);
  loopback.faults.dropGateway();
  await expect.poll(() => logged('the gateway connection is resumed')).toBe(1);
  expect(logged('the gateway connection is lost; reconnecting')).toBe(1);
  await running.stop();
  expect(logged('the gateway connection is lost')).toBe(1);
});
