/** Tests rounds during which the gateway connection breaks, goes silent, or loses its session. */
import { expect, test } from 'vitest';
import { textOf } from '../../src/loopback/seen-message.ts';
import type { Faults } from '../../src/loopback/faults.ts';
import { emulatedBot, routes, wordsOf } from '../support/emulated-round.ts';
import { seen } from '../support/seen.ts';

type Bot = Awaited<ReturnType<typeof emulatedBot>>;
const recovered = ({ logged }: Bot) =>
  logged('the gateway connection is resumed') + logged('the gateway session has begun');

/** Breaks the gateway connection by calling `how`, and waits until the bot is connected again. */
async function lose(bot: Bot, how: (faults: Faults) => void): Promise<void> {
  const before = recovered(bot);
  how(bot.loopback.faults);
  // The bot waits before it begins a new session. The test advances the bot's clock to end this wait.
  const recovers = () => bot.clock.advance(1_000).then(() => recovered(bot));
  await expect.poll(recovers, { interval: 25 }).toBe(before + 1);
}

const losses: readonly (readonly [name: string, how: (faults: Faults) => void])[] = [
  ['opcode 7', (faults) => faults.sendGatewaySignal('reconnect')],
  ['opcode 9 with d: true', (faults) => faults.sendGatewaySignal('resumable')],
  ['opcode 9 with d: false', (faults) => faults.sendGatewaySignal('invalid')],
  ['a cut connection (1006)', (faults) => faults.dropGateway('cut')],
  ...[1_000, 1_001, 4_000, 4_007, 4_008, 4_009].map(
    (code) => [`close code ${code}`, (faults: Faults) => faults.dropGateway(code)] as const,
  ),
];

/** Plays a round in which the connection breaks in the lobby, while a question is open, and during the reveal. */
async function playThrough(how: (faults: Faults) => void): Promise<string> {
  const bot = await emulatedBot();
  const { ana, press, shows, requests } = bot;
  await ana.command('general', '/quiz group', { questions: 3, seconds: 120, thread: 'no' });
  await lose(bot, how);
  const question = await shows('Question 1 of 3');
  await lose(bot, how);
  expect(await press('ana', question, 'A')).toContain('Locked A');
  expect(await press('ben', question, 'B')).toContain('Locked B');
  await shows('2 answers.', question.id);
  await lose(bot, how);
  const second = await shows('Question 2 of 3');
  expect(await press('ana', second, 'A')).toContain('Locked A');
  await ana.command('general', '/quiz stop');
  await shows('Podium');
  const posts = (await ana.messages('general')).filter((message) => /Question \d of 3|Podium/.test(textOf(message)));
  return `${posts.length} messages, ${requests('POST', routes.post)} posts`;
}

// The bot passes this test because it saves a round at each step and posts over HTTP, which does not need the gateway.
test('F12: if the connection is lost in the lobby, during a question and during a reveal, each question and the podium are posted once', async () => {
  const outcomes = await Promise.all(losses.map(async ([name, how]) => [name, await playThrough(how)] as const));
  expect(outcomes).toEqual(losses.map(([name]) => [name, '3 messages, 3 posts']));
  seen(`${losses.length} kinds of loss in three phases each: each question and the podium once`);
});

test.each([500, 2_500])(
  'F12: if the connection is lost for %i ms around the end of the time limit, the bot accepts only presses that were made in time',
  async (after) => {
    const { begin, clock, loopback, press, requests, shows } = await emulatedBot();
    const question = await begin({ seconds: 20 });
    const before = requests('POST', '/interactions');
    const arrived = (count: number) =>
      expect.poll(() => requests('POST', '/interactions'), { interval: 5 }).toBe(before + count);
    await clock.advance(19_900);
    loopback.faults.dropGateway('cut');
    // Discord delivers both presses only after the bot has resumed its session.
    const inTime = press('ben', question, 'A');
    await arrived(1);
    await clock.advance(500);
    const late = press('cem', question, 'B');
    await arrived(2);
    await clock.advance(after - 500);
    expect(await inTime).toContain('Locked A');
    expect(await late).toContain('Too late by 0.4 s');
    expect(await shows('1 answer.', question.id)).toBeDefined();
    seen('the press made in time counts, the later one is told how late it was');
  },
);

test('F12: if the bot cannot connect to the gateway again, a question closes no more than five seconds late', async () => {
  const { begin, clock, loopback, press, shows } = await emulatedBot();
  const question = await begin({ seconds: 20 });
  // The bot confirms the answer only after it has scheduled the close of the question.
  expect(await press('ben', question, 'A')).toContain('Locked A');
  loopback.faults.suppressGateway('hello', Infinity);
  loopback.faults.dropGateway('cut');
  await clock.advance(24_000);
  const began = clock.now();
  await shows('the right answer', question.id);
  expect(clock.now() - began).toBeLessThanOrEqual(3_000);
  seen('the answer is shown although no press can arrive');
});

// The bot passes this test because discord.js emits a separate event for an outage, and the bot ignores this event.
test('F9: while the guild is unavailable because of a Discord outage, nothing is deleted; afterwards the round continues', async () => {
  const { ana, begin, loopback, press, shows, logged } = await emulatedBot();
  const question = await begin();
  expect(await press('ana', question, 'A')).toContain('Locked A');
  const guild = loopback.world().guilds[0]?.id ?? '';
  loopback.faults.outage(guild, true);
  await shows('1 answer.', question.id);
  loopback.faults.outage(guild, false);
  const second = await shows('Question 2 of 3');
  expect(await press('ana', second, 'B')).toContain('Locked B');
  await shows('Question 3 of 3');
  await ana.command('general', '/quiz stop');
  await shows('Podium');
  expect(logged('reference')).toBe(0);
  seen('the round and its answers stay, and its next questions follow');
});

// discord.js resumes the session. The bot only adds a line to the log.
test('F15: if Discord does not acknowledge a heartbeat, the bot resumes its session within two heartbeat intervals', async () => {
  const { loopback, logged } = await emulatedBot({ heartbeatMs: 150 });
  loopback.faults.suppressGateway('ack', Infinity);
  await expect.poll(() => logged('Discord did not acknowledge a heartbeat'), { interval: 10 }).toBe(1);
  loopback.faults.clear();
  await expect.poll(() => logged('the gateway connection is resumed'), { interval: 10 }).toBe(1);
  seen('resumed after the second heartbeat, with a line in the log');
});

test('F15: if Discord no longer reads or sends anything, the bot cuts the connection without waiting for a close frame', async () => {
  const { loopback, logged } = await emulatedBot({ heartbeatMs: 150 });
  loopback.faults.dropGateway('silent');
  await expect.poll(() => logged('Discord did not acknowledge a heartbeat'), { interval: 10 }).toBe(1);
  const lessThanCloseFrame = { interval: 10, timeout: 20_000 };
  await expect.poll(() => logged('the gateway connection is resumed'), lessThanCloseFrame).toBe(1);
  seen('cut and resumed after the second heartbeat, not after 30 s more');
});

// The bot passes this test because discord.js sends a new Identify payload after Discord has refused to resume the
// session, and because the bot saves every answer at once.
test('F29: if Discord was down for ten minutes, the bot sends one Identify payload, and answers from before the outage are scored', async () => {
  const bot = await emulatedBot();
  const { begin, clock, loopback, press, shows, logged } = bot;
  const question = await begin();
  expect(await press('ana', question, 'A')).toContain('Locked A');
  const second = await shows('Question 2 of 3');
  loopback.faults.goDown();
  for (let minute = 0; minute < 10; minute++) await clock.advance(60_000);
  loopback.faults.comeUp();
  await expect.poll(() => logged('the gateway session has begun'), { interval: 10 }).toBe(2);
  expect(logged('waiting before a new session')).toBe(0);
  const member = await bot.joinAgain('ana');
  expect(wordsOf(await member.command('general', '/profile'))).toContain('of 1 answer right');
  expect(wordsOf(await member.press(second, 'A'))).toMatch(/closed|over/i);
  expect(wordsOf(await member.command('general', '/quiz group', { thread: 'no' }))).toContain('invites you');
  seen('1 identify, the points of the first question are on the profile, the channel is free for a new round');
});
