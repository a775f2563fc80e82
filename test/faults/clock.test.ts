/** Tests a system clock that is wrong or jumps, the estimate of Discord's time, and the limits of discord.js caches. */
import { Client, Options } from 'discord.js';
import { afterEach, expect, test, vi } from 'vitest';
import { realClock } from '../../src/clock.ts';
import { cacheLimits } from '../../src/discord/client.ts';
import { measureTime } from '../../src/discord/measure-time.ts';
import { virtualClock } from '../../src/loopback/virtual-clock.ts';

afterEach(() => void vi.useRealTimers());

test('the bot’s clock does not jump if the system time is set back by an hour', () => {
  const before = realClock.now();
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 3_600_000 });
  const after = realClock.now();
  expect(after).toBeGreaterThanOrEqual(before);
  expect(after - before).toBeLessThan(60_000);
});

test('an alarm fires on time even if the system time is set back by an hour', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
  const rang = new Promise<void>((resolve) => void realClock.alarm(realClock.now() + 20, resolve));
  vi.setSystemTime(Date.now() - 3_600_000);
  await rang;
});

test('the estimate of Discord’s time uses the timestamp with the shortest delay, even if the bot’s clock is wrong', async () => {
  const clock = virtualClock();
  const time = measureTime(clock);
  const wrongBy = 10_000;
  // The clock is ten seconds fast, and timestamps arrive 50 ms to 1.5 s late.
  for (const delay of [400, 1_500, 50, 900]) time.observe(clock.now() - wrongBy - delay);
  expect(clock.now() - wrongBy - time.now()).toBe(50);
  expect(time.onClock(time.now() + 1_000)).toBe(clock.now() + 1_000);
});

test('discord.js caches at most 100 users, even if many more members use the bot', () => {
  const client = new Client({ intents: [], makeCache: Options.cacheWithLimits(cacheLimits) });
  // discord.js calls this method for the user of every interaction. Its public types do not contain the method.
  const users = client.users as unknown as Record<'_add', (data: object) => void>;
  for (let id = 0; id < 5_000; id++)
    users['_add']({ id: `${10_000_000_000_000_000 + id}`, username: 'x', discriminator: '0' });
  expect(client.users.cache.size).toBeLessThanOrEqual(100);
});
