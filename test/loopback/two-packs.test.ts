/** Tests two guilds with different packs. Commands in a guild use only the pack of that guild. */
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { caspian, library, polarFirsts } from '../support/caspian.ts';
import { passing, virtualClock } from '../../src/loopback/virtual-clock.ts';
import { type LoopbackMember } from '../../src/loopback/loopback-member.ts';
import { type SeenMessage, textOf } from '../../src/loopback/seen-message.ts';
import { memoryStore } from '../support/memory-store.ts';
import { answerOf } from './real-bot.ts';

const seenSchema = z.record(z.string(), z.array(z.string()));
const [group, club] = ['general', 'base-camp'];
const noAnswer = /^Nothing was found about|^There is nothing about/mu;
const isOf = ({ bank }: typeof library, text: string) => bank.questions.some(({ ask }) => text.includes(ask));
const values = (choices: readonly { readonly value: unknown }[]) => choices.map(({ value }) => String(value));
const idsOf = ({ pack }: typeof library) => pack.entries.map(({ id }) => `id:${id}`);
const say = async (ana: LoopbackMember, channel: string, line: string, options = {}) =>
  textOf(answerOf(await ana.command(channel, line, options)));

test('each server uses its own pack, and DMs use the default pack', async () => {
  const { member } = await caspian();
  const ana = await member('ana');
  const amundsen = { about: 'Amundsen at the South Pole' };
  expect(await say(ana, club, '/event', amundsen)).toContain('14 December 1911');
  expect(await say(ana, group, '/event', amundsen)).toMatch(noAnswer);
  expect(await say(ana, club, '/event', { about: 'rasht railway' })).toMatch(noAnswer);
  expect(await say(ana, group, '/event', { about: 'rasht railway' })).toContain('17 May 2023');
  await ana.openDm();
  expect(await say(ana, 'dm', '/event', { about: 'rasht railway' })).toContain('17 May 2023');
  expect(await say(ana, 'dm', '/event', amundsen)).toMatch(noAnswer);
  expect(await say(ana, club, '/help')).toContain(polarFirsts.pack.source.title);
  expect(await say(ana, group, '/help')).toContain(library.pack.source.title);
  const timeline = await say(ana, club, '/timeline');
  expect(timeline).toContain('Verdict of Copenhagen');
  expect(timeline).not.toContain('Rouhani');
});

test('autocomplete suggestions and quiz topics come from the server’s pack', async () => {
  const { member } = await caspian();
  const ana = await member('ana');
  for (const typed of ['', 'a', 'north']) {
    const here = values(await ana.autocomplete(club, '/event', 'about', typed));
    const there = values(await ana.autocomplete(group, '/event', 'about', typed));
    expect(here.length).toBeGreaterThan(0);
    expect(here.filter((id) => !idsOf(polarFirsts).includes(id))).toEqual([]);
    expect(there.filter((id) => !idsOf(library).includes(id))).toEqual([]);
  }
  expect(values(await ana.autocomplete(club, '/quiz group', 'topic', ''))).toEqual(
    polarFirsts.pack.topics.map(({ id }) => id),
  );
  expect(await say(ana, club, '/quiz solo', { topic: 'nuclear' })).toContain('There is no topic');
});

test('the buttons of a card, and a quiz started from the card, use the same pack as the card', async () => {
  const { member } = await caspian();
  const ana = await member('ana');
  const card = answerOf(await ana.command(club, '/dispute', { about: 'byrd' }));
  expect(textOf(card)).toContain('too slow');
  expect(textOf(answerOf(await ana.press(card, 'Sources')))).toContain('Sun-Sentinel');
  expect(textOf(answerOf(await ana.press(card, 'Related, for you alone', ['byrd-flight'])))).toContain('9 May 1926');
  expect(isOf(polarFirsts, textOf(answerOf(await ana.press(card, 'Quiz me'))))).toBe(true);
});

test('every server has its own questions and its own leaderboard', async () => {
  const clock = virtualClock();
  const { member, loopback } = await caspian(memoryStore(), onTestFinished, undefined, { clock });
  const ana = await member('ana');
  const question = (text: string) => (message: SeenMessage) => textOf(message).includes(text);

  const lobby = answerOf(await ana.command(club, '/quiz group', { questions: 3, seconds: 10 }));
  await ana.press(lobby, 'Start now');
  const first = await ana.waitFor(question('Question 1 of 3'));
  expect(isOf(polarFirsts, textOf(first))).toBe(true);
  await ana.press(first, 'A');
  await passing(clock, ana.waitFor(question('✔')));
  await ana.command(club, '/quiz stop');
  await ana.waitFor(question('Podium'));

  expect(await say(ana, club, '/leaderboard')).toContain('Ana');
  expect(await say(ana, group, '/leaderboard')).toContain('Nobody has answered a question in the chosen time');
  expect(isOf(library, await say(ana, group, '/quiz solo', { questions: 3 }))).toBe(true);
  expect(loopback.unknownRoutes).toEqual([]);
});

test('for each pack, /fact stores a separate list of the entries that a member has seen', async () => {
  const { member, store } = await caspian();
  const ana = await member('ana');
  const all = library.pack.entries.map(({ id }) => id);
  await store.set(`seen/${ana.id}`, { [library.pack.id]: all, [polarFirsts.pack.id]: ['norge-flight'] });
  await say(ana, club, '/fact');
  const seen = (await store.get(`seen/${ana.id}`, seenSchema)) ?? {};
  expect(seen[library.pack.id]).toEqual(all);
  expect(seen[polarFirsts.pack.id]).toHaveLength(2);
});
