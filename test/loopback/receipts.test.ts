/**
 * Tests ephemeral messages that the bot edits or deletes: the receipts that players get for their answers in a group
 * round, the cards with the host controls, and the messages of solo rounds. The tests use the real discord.js client.
 */
import { expect, onTestFinished, test } from 'vitest';
import { flat, type SeenMessage, textOf } from '../../src/loopback/seen-message.ts';
import { passing, virtualClock } from '../../src/loopback/virtual-clock.ts';
import { caspian } from '../support/caspian.ts';
import { memoryStore } from '../support/memory-store.ts';
import { answerOf } from './real-bot.ts';

test('a player sees only the newest receipt of a round, and when the round ends, the player’s result replaces this receipt', async () => {
  const clock = virtualClock();
  const { member, loopback } = await caspian(memoryStore(), onTestFinished, undefined, { clock });
  const [ana, ben] = [await member('ana'), await member('ben')];
  const question = (number: number) => (message: SeenMessage) => {
    const text = textOf(message);
    return text.includes(`Question ${number} of 3`) && !text.includes('✔');
  };
  const receipts = (words: string) => ben.ephemeral().filter((message) => textOf(message).includes(words));
  const lobby = answerOf(await ana.command('general', '/quiz group', { questions: 3, seconds: 20 }));
  await ben.press(lobby, 'Join');
  await ana.press(lobby, 'Start now');
  for (const number of [1, 2]) {
    const asked = await passing(clock, ana.waitFor(question(number)));
    await Promise.all([ana.press(asked, 'A'), ben.press(asked, 'B')]);
    await expect.poll(() => receipts('Locked').length).toBe(1);
  }
  expect(textOf(receipts('Locked')[0] ?? lobby)).toContain('Previous question: ');
  await passing(clock, ana.waitFor(question(3)));
  await ana.command('general', '/quiz stop');
  await passing(
    clock,
    ben.waitFor((message) => textOf(message).includes('Your result')),
  );
  expect(receipts('Locked')).toEqual([]);
  expect(receipts('Your result')).toHaveLength(1);
  expect(loopback.unknownRoutes).toEqual([]);
});

test('a host who opens the host controls again, or uses an outdated card, sees only one card with host controls', async () => {
  const { member, loopback } = await caspian(memoryStore(), onTestFinished);
  const ana = await member('ana');
  const cards = () => ana.ephemeral().filter((message) => textOf(message).includes('**Host controls**'));
  const lobby = answerOf(await ana.command('general', '/quiz group', { questions: 3, seconds: 60, pace: 'host' }));
  await ana.press(lobby, 'Start now');
  const asked = await ana.waitFor((message) => textOf(message).includes('Question 1 of 3'));
  const first = answerOf(await ana.press(asked, 'Host controls'));
  await ana.press(first, 'Pause');
  // The press must not delete the card. A request to delete it would arrive before the reply to the next command.
  await ana.command('general', '/quiz status');
  expect(cards().map(({ id }) => id)).toEqual([first.id]);
  const second = answerOf(await ana.press(asked, 'Host controls'));
  await expect.poll(() => cards().map(({ id }) => id)).toEqual([second.id]);
  await ana.press(second, 'Do not pause');
  const third = answerOf(await ana.press(asked, 'Host controls'));
  await expect.poll(() => cards().map(({ id }) => id)).toEqual([third.id]);
  expect(loopback.unknownRoutes).toEqual([]);
});

test('if a solo round is resumed in a new message, the bot deletes the earlier message of the round', async () => {
  const { member, loopback } = await caspian(memoryStore(), onTestFinished);
  const ana = await member('ana');
  const questions = () => ana.ephemeral().filter((message) => textOf(message).includes('Question 1 of 3'));
  const opened = answerOf(await ana.command('general', '/quiz solo', { questions: 3 }));
  expect(questions().map(({ id }) => id)).toEqual([opened.id]);
  for (let presses = 0; presses < 2; presses++) {
    const offered = answerOf(await ana.command('general', '/quiz solo', { questions: 3 }));
    await ana.press(offered, 'Resume');
    await expect.poll(() => questions().map(({ id }) => id)).toEqual([offered.id]);
  }
  const offered = answerOf(await ana.command('general', '/quiz solo', { questions: 3 }));
  await Promise.all([ana.press(offered, 'Resume'), ana.press(offered, 'Resume')]);
  await expect.poll(() => questions().map(({ id }) => id)).toEqual([offered.id]);
  await ana.press(offered, 'A');
  expect(textOf(ana.seen().find(({ id }) => id === offered.id) ?? offered)).toContain('you said A');
  expect(loopback.unknownRoutes).toEqual([]);
});

test('while a solo round is open, the button "Read more" of a question opens a card without the button "Quiz me"', async () => {
  const { member } = await caspian(memoryStore(), onTestFinished);
  const ana = await member('ana');
  const labels = (message: SeenMessage) => flat(message.components).flatMap(({ label }) => label ?? []);
  const asked = answerOf(await ana.command('general', '/quiz solo', { questions: 3 }));
  const revealed = answerOf(await ana.press(asked, 'A'));
  expect(labels(answerOf(await ana.press(revealed, 'Read more')))).not.toContain('Quiz me');
  const found = answerOf(await ana.command('general', '/fact', { about: 'id:rasht' }));
  expect(labels(found)).toContain('Quiz me');
});
