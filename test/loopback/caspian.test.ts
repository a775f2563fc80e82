/** The bot as a whole, through the real discord.js client, on the emulated Discord. */
import { expect, test } from 'vitest';
import { caspian } from '../support/caspian.ts';
import { type Outcome, type SeenMessage, textOf } from '../support/member.ts';

const isEphemeral = ({ flags }: SeenMessage) => (flags & 64) !== 0;
function messageOf(outcome: Outcome): SeenMessage {
  if (outcome.kind !== 'answered' || !outcome.message) throw new Error(`no message: ${JSON.stringify(outcome)}`);
  return outcome.message;
}

test('/event rasht gives a sourced card in the channel', async () => {
  const { member, loopback } = await caspian();
  const ana = await member('ana');
  const card = messageOf(await ana.command('general', '/event', { about: 'rasht' }));
  expect(textOf(card)).toContain('Rasht');
  expect(textOf(card)).toContain('17 May 2023');
  expect(textOf(card)).toContain('paragraph 14');
  expect(textOf(card)).toContain('reported in the article');
  expect(isEphemeral(card)).toBe(false);
  expect(loopback.unknownRoutes).toEqual([]);
});

test('autocomplete offers entries whose value is an id', async () => {
  const { member } = await caspian();
  const ana = await member('ana');
  const [first] = await ana.autocomplete('general', '/event', 'about', 'rasht');
  expect(first?.value).toBe('id:rasht-astara-railway-agreement');
  expect(await ana.autocomplete('general', '/event', 'about', '')).not.toEqual([]);
});

test('two members play a round and stand on the leaderboard', { timeout: 40_000 }, async () => {
  const { member, loopback } = await caspian();
  const [ana, ben] = [await member('ana'), await member('ben')];
  const lobby = messageOf(await ana.command('general', '/quiz group', { questions: 3, seconds: 10 }));
  expect(textOf(messageOf(await ben.press(lobby, 'Join')))).toContain('You are in');
  await ana.press(lobby, 'Start now');
  const question = await ana.waitFor((message) => textOf(message).includes('Question 1 of 3'));
  const locked = messageOf(await ana.press(question, 'A'));
  expect(isEphemeral(locked)).toBe(true);
  expect(textOf(locked)).toContain('Locked A');
  await ben.press(question, 'B');
  const revealed = await ben.waitFor(({ id, components }) => id === question.id && JSON.stringify(components).includes('✔'));
  expect(textOf(revealed)).toContain('paragraph');
  await ana.command('general', '/quiz stop');
  await ana.waitFor((message) => textOf(message).includes('Podium'));
  const board = messageOf(await ben.command('general', '/leaderboard'));
  expect(textOf(board)).toContain('Ana');
  expect(textOf(board)).toContain('Ben');
  expect(loopback.unknownRoutes).toEqual([]);
});
