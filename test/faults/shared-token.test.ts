/** Tests two processes that use one token and separate stores. Discord sends every interaction to both processes. */
import { expect, test } from 'vitest';
import { exitCodes } from '../../src/cli/exit-codes.ts';
import { exitCodeOf, startErrorMessage } from '../../src/cli/start-errors.ts';
import type { Loopback } from '../../src/loopback/loopback.ts';
import type { LoopbackMember } from '../../src/loopback/loopback-member.ts';
import { textOf } from '../../src/loopback/seen-message.ts';
import { passing, type VirtualClock, virtualClock } from '../../src/loopback/virtual-clock.ts';
import { joinMember, loopbackFor } from '../loopback/real-bot.ts';
import { messageOf, routes } from '../support/emulated-round.ts';
import { memoryStore } from '../support/memory-store.ts';
import { seen } from '../support/seen.ts';
import { startingBot } from '../support/starting-bot.ts';

async function help(clock: VirtualClock, member: LoopbackMember, times: number): Promise<void> {
  for (let time = 0; time < times; time++)
    await passing(
      clock,
      member.command('general', '/help').catch(() => undefined),
      500,
    );
}

/** Makes Discord respond to the next interactions with error 40060, as if another process had answered them. */
const answeredByOthers = (loopback: Loopback, times: number) =>
  loopback.faults.next({ method: 'POST', route: routes.callback, status: 400, code: 40_060, times });

test('F30: if two processes use the same token, the first process plays rounds, and the second process detects the first and ends', async () => {
  const clock = virtualClock();
  const loopback = await loopbackFor({ clock, rateLimits: 'off' });
  const first = startingBot(loopback, memoryStore(), clock);
  await first.bot;
  const ana = await joinMember(loopback, 'ana');
  await help(clock, ana, 20);
  const second = startingBot(loopback, memoryStore(), clock);
  await second.bot;

  const lobby = messageOf(await ana.command('general', '/quiz group', { questions: 3, thread: 'no' }));
  await ana.press(lobby, 'Start now');
  // The second process is still running here, so the test also checks that this process does not play the round.
  await passing(
    clock,
    ana.waitFor((message) => textOf(message).includes('Question 2 of 3')),
    500,
  );
  await help(clock, ana, 3);
  const error = await second.ended;
  await (await second.bot).stop();

  expect(startErrorMessage(error)).toMatch(/^Another process uses the same DISCORD_TOKEN: .*Stop one of the two/);
  expect(exitCodeOf(error)).toBe(exitCodes.shared);
  expect(second.logged('does another process use the token?')).toBe(2);
  const posted = (await ana.messages('general')).filter((message) => /Question \d of 3/.test(textOf(message)));
  expect(posted).toHaveLength(2);
  expect(await Promise.race([first.ended, Promise.resolve('it runs')])).toBe('it runs');
  expect((await ana.command('general', '/help')).kind).toBe('answered');
  seen('one question message; the later process ends with code 76, the earlier one goes on');
});

test('F30: if only one response an hour is refused because the interaction already has a response, the bot keeps running', async () => {
  const clock = virtualClock();
  const loopback = await loopbackFor({ clock });
  const { bot, ended, logged } = startingBot(loopback, memoryStore(), clock);
  await bot;
  const ana = await joinMember(loopback, 'ana');
  for (let hour = 0; hour < 3; hour++) {
    answeredByOthers(loopback, 1);
    await help(clock, ana, 1);
    await expect.poll(() => logged('does another process use the token?'), { interval: 5 }).toBe(hour + 1);
    await clock.advance(60 * 60_000);
  }
  expect(await Promise.race([ended, Promise.resolve('it runs')])).toBe('it runs');
  seen('a warning each time, and the bot goes on');
});

test('F30: a bot that has answered many interactions ends only after another process with the same token has answered six interactions', async () => {
  const clock = virtualClock();
  const loopback = await loopbackFor({ clock, rateLimits: 'off' });
  const { bot, ended, logged } = startingBot(loopback, memoryStore(), clock);
  await bot;
  const ana = await joinMember(loopback, 'ana');
  await help(clock, ana, 20);
  answeredByOthers(loopback, 6);
  await help(clock, ana, 5);
  await expect.poll(() => logged('does another process use the token?'), { interval: 5 }).toBe(5);
  expect(await Promise.race([ended, Promise.resolve('it runs')])).toBe('it runs');
  await help(clock, ana, 1);
  expect(exitCodeOf(await ended)).toBe(exitCodes.shared);
  seen('five warnings, then exit code 76');
});
