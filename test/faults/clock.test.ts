/** Tests a wrong or changed system clock, the bot's estimate of Discord's time, and the limits of discord.js caches. */
import { Client, Options, REST, Routes } from 'discord.js';
import { afterEach, expect, test, vi } from 'vitest';
import { type Clock, realClock } from '../../src/clock.ts';
import { cacheLimits } from '../../src/discord/client.ts';
import { rejectAfterClockStep } from '../../src/discord/clock-steps.ts';
import { measureTime } from '../../src/discord/measure-time.ts';
import { createLog } from '../../src/log.ts';
import { virtualClock } from '../../src/loopback/virtual-clock.ts';
import { loopbackFor } from '../loopback/real-bot.ts';
import { emulatedBot, routes } from '../support/emulated-round.ts';
import { seen } from '../support/seen.ts';

afterEach(() => void vi.useRealTimers());

test('F20: the bot’s clock does not jump if the system time is set back by an hour', () => {
  const before = realClock.now();
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 3_600_000 });
  const after = realClock.now();
  expect(after).toBeGreaterThanOrEqual(before);
  expect(after - before).toBeLessThan(60_000);
  seen('the clock goes on from where it was');
});

test('F20: an alarm fires on time even if the system time is set back by an hour', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
  const rang = new Promise<void>((resolve) => void realClock.alarm(realClock.now() + 20, resolve));
  vi.setSystemTime(Date.now() - 3_600_000);
  await rang;
  seen('the alarm rang after 20 ms');
});

test('the estimate of Discord’s time uses the timestamp that arrived with the shortest delay, even if the bot’s clock is wrong', async () => {
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

// The bot passes this test because it estimates Discord's clock from the timestamps of interactions.
test.each([
  ['fast', 10_000],
  ['slow', -10_000],
])('F20: if the bot’s clock is ten seconds %s, Discord’s time decides whether a press is too late', async (_, lead) => {
  const clockOf = (clock: Clock): Clock => ({
    now: () => clock.now() + lead,
    alarm: (at, run) => clock.alarm(at - lead, run),
  });
  const { begin, clock, loopback, press, shows } = await emulatedBot({ clockOf });
  const question = await begin({ seconds: 20 });
  await clock.advance(19_900);
  expect(await press('ben', question, 'A')).toContain('Locked A');
  await clock.advance(600);
  expect(await press('cem', question, 'A')).toContain('Too late by 0.5 s');
  expect(await shows('1 answer.', question.id)).toBeDefined();
  await shows('Question 2 of 3');
  const callbacks = loopback.log.filter(({ route }) => route === routes.callback);
  expect(callbacks.filter(({ body }) => JSON.stringify(body).startsWith('{"type":5'))).toEqual([]);
  seen('the press 0.1 s before the end counts, the press 0.5 s after it does not; no answer is deferred');
});

test('F20: if the system time is set back by an hour, requests do not wait for an hour', async () => {
  const loopback = await loopbackFor({ rateLimits: 'off' });
  const lines: string[] = [];
  const log = createLog('info', { write: (line: string) => void lines.push(line) });
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
  const rest: REST = new REST({ api: loopback.api, rejectOnRateLimit: rejectAfterClockStep(() => rest, log) });
  rest.setToken(loopback.world().botToken);
  await rest.get(Routes.user());
  vi.setSystemTime(Date.now() - 3_600_000);
  // discord.js allows 50 requests per second. Because the system clock was set back, the current second seems to last
  // for an hour. The bot rejects the first request that would wait for the end of this second.
  const refused: unknown[] = [];
  for (let request = 0; request < 60; request++) await rest.get(Routes.user()).catch((error) => refused.push(error));
  expect(refused).toHaveLength(1);
  expect(lines.join('')).toContain('the system clock was set back');
  seen('one request is rejected and can be retried; the others are sent at once');
});
