/**
 * Tests questions that ask for a year. The player presses a button and types the year in a modal. The bot uses the real
 * discord.js client.
 */
import { expect, onTestFinished, test } from 'vitest';
import { caspian, library } from '../support/caspian.ts';
import { passing, virtualClock } from '../../src/loopback/virtual-clock.ts';
import { textOf } from '../../src/loopback/seen-message.ts';
import { memoryStore } from '../support/memory-store.ts';
import { bankOf, closestYear } from '../support/questions.ts';

test('when a player has typed a year in a modal, the revealed question shows this year and its distance from the right year', async () => {
  const played = { ...library, bank: bankOf(closestYear) };
  const clock = virtualClock();
  const { member, loopback } = await caspian(memoryStore(), onTestFinished, played, { clock });
  const ana = await member('ana');
  const lobby = await ana.command('general', '/quiz group', { seconds: 10, style: 'speed' });
  if (lobby.kind !== 'answered' || !lobby.message) throw new Error(JSON.stringify(lobby));
  await ana.press(lobby.message, 'Start now');
  const question = await ana.waitFor((message) => textOf(message).includes('Question 1 of 1'));
  const form = async () => {
    const opened = await ana.press(question, 'Type a year');
    if (opened.kind !== 'modal') throw new Error(JSON.stringify(opened));
    return opened.modal;
  };
  const said = async (year: string) => {
    const outcome = await ana.submit(await form(), { year });
    if (outcome.kind !== 'answered' || !outcome.message) throw new Error(JSON.stringify(outcome));
    expect(outcome.message.flags & 64).toBe(64);
    return textOf(outcome.message);
  };
  expect(await said('99999')).toContain('“99999” is no year.');
  expect(await said('2020')).toMatch(/Locked 2020 · \d\.\d s/);
  const revealed = await passing(
    clock,
    ana.waitFor(({ id, components }) => id === question.id && JSON.stringify(components).includes('✔')),
  );
  expect(textOf(revealed)).toContain('2020, 3 years off · 1 point');
  expect(loopback.unknownRoutes).toEqual([]);
});

test('when a player of a solo round has typed a year, the bot edits the question to show the right answer', async () => {
  const played = { ...library, bank: bankOf(closestYear) };
  const { member } = await caspian(memoryStore(), onTestFinished, played);
  const ana = await member('ana');
  const first = await ana.command('general', '/quiz solo', {});
  if (first.kind !== 'answered' || !first.message) throw new Error(JSON.stringify(first));
  const opened = await ana.press(first.message, 'Type a year');
  if (opened.kind !== 'modal') throw new Error(JSON.stringify(opened));
  await ana.submit(opened.modal, { year: '2023' });
  const { id } = first.message;
  const revealed = await ana.waitFor(
    (message) => message.id === id && textOf(message).includes('Right: you said 2023.'),
  );
  expect(textOf(revealed)).toContain('✔');
});
