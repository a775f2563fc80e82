/** Tests rounds whose messages are deleted. Error 10008 tells the bot that a message is deleted. */
import { expect, test } from 'vitest';
import { textOf } from '../../src/loopback/seen-message.ts';
import { emulatedBot, messageOf, wordsOf } from '../support/emulated-round.ts';
import { seen } from '../support/seen.ts';

const again = 'The question was removed; here it is again.';
const twice = 'The question was removed twice, so the round ends here. Scores are kept.';

type Bot = Awaited<ReturnType<typeof emulatedBot>>;
const withText = async ({ ana }: Bot, words: string) =>
  (await ana.messages('general')).filter((message) => textOf(message).includes(words));

test('F7: if the message of a question is deleted, the question is posted again with its answers; after a second deletion, the round ends and keeps the scores', async () => {
  const bot = await emulatedBot();
  const { ana, begin, loopback, press, shows, logged } = bot;
  const first = await begin({ seconds: 120 });
  expect(await press('ana', first, 'A')).toContain('Locked A');
  const second = await shows('Question 2 of 3');
  const cem = await bot.member('cem');
  expect(await press('ben', second, 'B')).toContain('Locked B');
  loopback.faults.deleteMessage(second.channel_id, second.id);
  const third = await shows(again);
  expect(third.id).not.toBe(second.id);
  expect(await press('ben', third, 'A')).toContain('Your answer is B.');
  expect(wordsOf(await cem.press(third, 'A'))).toContain('Locked A');
  loopback.faults.deleteMessage(third.channel_id, third.id);
  await shows(twice);
  expect(await withText(bot, again)).toHaveLength(0);
  expect(await withText(bot, twice)).toHaveLength(1);
  expect(wordsOf(await ana.command('general', '/profile'))).toContain('of 1 answer right');
  expect(logged('"level":50')).toBe(0);
  seen('posted again once with a sentence; then the round ends with one podium, the first question is paid');
});

test('F7: if the message of a question is deleted just before the reveal, the reveal is posted in a new message, and the round continues', async () => {
  const bot = await emulatedBot();
  const { begin, clock, loopback, press, shows, logged } = bot;
  const first = await begin({ seconds: 20 });
  expect(await press('ana', first, 'A')).toContain('Locked A');
  expect(await press('ben', first, 'B')).toContain('Locked B');
  await clock.advance(4_000);
  loopback.faults.deleteMessage(first.channel_id, first.id);
  const answer = await shows('2 answers.');
  expect(answer.id).not.toBe(first.id);
  await shows('Question 2 of 3');
  expect(await withText(bot, '2 answers.')).toHaveLength(1);
  expect(await withText(bot, again)).toHaveLength(0);
  expect(logged('"level":50')).toBe(0);
  seen('one new message with the answer; the round goes on');
});

test('F7: if the message of a lobby or of a reveal is deleted, the round continues', async () => {
  const bot = await emulatedBot();
  const { ana, loopback, press, shows, logged } = bot;
  const lobby = messageOf(await ana.command('general', '/quiz group', { questions: 3, thread: 'no' }));
  loopback.faults.deleteMessage(lobby.channel_id, lobby.id);
  const first = await shows('Question 1 of 3');
  expect(await press('ana', first, 'A')).toContain('Locked A');
  await shows('1 answer.', first.id);
  loopback.faults.deleteMessage(first.channel_id, first.id);
  const second = await shows('Question 2 of 3');
  expect(await press('ana', second, 'A')).toContain('Locked A');
  expect(await withText(bot, 'Question 1 of 3')).toHaveLength(0);
  expect(logged('"level":50')).toBe(0);
  seen('the questions follow, nothing is posted again');
});
