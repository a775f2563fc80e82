/** Clocks that are wrong or jump: the system's clock, and what the bot knows of Discord's time. */
import { Client, Options } from 'discord.js';
import { afterEach, expect, test, vi } from 'vitest';
import { realClock } from '../../src/clock.ts';
import { cacheLimits } from '../../src/discord/client.ts';
import { measureTime } from '../../src/discord/measure-time.ts';
import { virtualClock } from '../../src/loopback/virtual-clock.ts';

afterEach(() => void vi.useRealTimers());

test('the clock does not jump when the system time is set back an hour', () => {
  const before = realClock.now();
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 3_600_000 });
  const after = realClock.now();
  expect(after).toBeGreaterThanOrEqual(before);
  expect(after - before).toBeLessThan(60_000);
});

test('an alarm goes off on time although the system time is set back an hour', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
  const rang = new Promise<void>((resolve) => void realClock.alarm(realClock.now() + 20, resolve));
  vi.setSystemTime(Date.now() - 3_600_000);
  await rang;
});

test('Discord’s time is measured by the timestamp that arrived fastest, also by a clock that is wrong', async () => {
  const clock = virtualClock();
  const time = measureTime(clock);
  const wrongBy = 10_000;
  // The clock is ten seconds fast, and timestamps arrive 50 ms to 1.5 s late.
  for (const delay of [400, 1_500, 50, 900]) time.observe(clock.now() - wrongBy - delay);
  expect(clock.now() - wrongBy - time.now()).toBe(50);
  expect(time.onClock(time.now() + 1_000)).toBe(clock.now() + 1_000);
});

test('the caches of discord.js stay bounded however many members use the bot', () => {
  const client = new Client({ intents: [], makeCache: Options.cacheWithLimits(cacheLimits) });
  // discord.js adds the user of every interaction with this method, which its types hide.
  const users = client.users as unknown as Record<'_add', (data: object) => void>;
  for (let id = 0; id < 5_000; id++)
    users['_add']({ id: `${10_000_000_000_000_000 + id}`, username: 'x', discriminator: '0' });
  expect(client.users.cache.size).toBeLessThanOrEqual(100);
});
