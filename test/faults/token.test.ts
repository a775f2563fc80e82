/** Tests how a running bot reacts if Discord refuses its token, either once by mistake or permanently. */
import { expect, test } from 'vitest';
import { exitCodes } from '../../src/cli/exit-codes.ts';
import { exitCodeOf, startErrorMessage } from '../../src/cli/start-errors.ts';
import { passing } from '../../src/loopback/virtual-clock.ts';
import { joinMember, loopbackFor } from '../loopback/real-bot.ts';
import { emulatedBot, messageOf, routes } from '../support/emulated-round.ts';
import { seen } from '../support/seen.ts';
import { startingBot } from '../support/starting-bot.ts';

test('F16: after one response with status 401, the bot checks whether its token is valid, and the round continues', async () => {
  const { begin, loopback, press, shows, logged } = await emulatedBot();
  const question = await begin();
  expect(await press('ana', question, 'A')).toContain('Locked A');
  loopback.faults.next({ method: 'PATCH', route: routes.edit, status: 401 });
  loopback.faults.next({ method: 'POST', route: routes.post, status: 401 });
  for (const words of ['Question 2 of 3', 'Question 3 of 3', 'Podium']) await shows(words);
  expect(logged('Discord refused a request with status 401')).toBeGreaterThan(0);
  expect(logged('Discord accepts the token; the bot goes on')).toBeGreaterThan(0);
  expect(logged('Expected token to be set')).toBe(0);
  seen('the refused messages are sent again, all questions and the podium appear');
});

test('F16: if the token is reset while the bot runs, the bot ends with an error message', async () => {
  const loopback = await loopbackFor({ refusals: true });
  const { bot, ended, clock } = startingBot(loopback);
  await bot;
  const ana = await joinMember(loopback, 'ana');
  const lobby = messageOf(await ana.command('general', '/quiz group', { questions: 3, thread: 'no' }));
  for (const [method, route] of [
    ['POST', routes.post],
    ['GET', '/users/@me'],
  ] as const)
    loopback.faults.next({ method, route, status: 401, times: Infinity });
  await ana.press(lobby, 'Start now');
  const error = await passing(clock, ended);
  expect(startErrorMessage(error)).toBe('Discord ended the connection for good: Discord no longer accepts the token.');
  expect(exitCodeOf(error)).toBe(exitCodes.config);
  seen('two refusals in a row end the bot with code 78');
});
