/**
 * Tests how long the bot stores the options that members chose. Also tests that the bot shows no statistics of
 * questions with few answers.
 */
import { expect, test } from 'vitest';
import { z } from 'zod';
import { virtualClock } from '../../src/loopback/virtual-clock.ts';
import { startWithFailingPorts, until } from '../faults/failing-ports.ts';
import { conversation } from '../support/conversation/conversation.ts';
import { memoryStore, type MemoryStore } from '../support/memory-store.ts';

const hour = 3_600_000;

/** The key prefixes of all values that contain the answer of a member to a question. */
async function keysWithAnswers(store: MemoryStore): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const [key, value] of store.range('', z.unknown()))
    if (/"option":\d/.test(JSON.stringify(value))) found.push(key.split('/')[0] ?? '');
  return found;
}

/** Ana and Ben answer a question of a group round. Ana answers a question of a solo round. Then ten minutes pass. */
async function answered(store: MemoryStore) {
  const clock = virtualClock();
  const channel = await startWithFailingPorts(store, clock);
  await channel.typed('ana', 'quiz group', { questions: 3, seconds: 20 });
  await channel.press('ben', 'join');
  await channel.press('ana', 'start');
  await until('the first question is asked', () => channel.quiz().phase.name === 'asking');
  await channel.answer('ana', true);
  await channel.answer('ben', false);
  await channel.typed('ana', 'quiz solo', { questions: 3 });
  const solo = channel.rounds.soloOf('ana', 'guild')?.id ?? '';
  await channel.discord.interact('ana', {}, (context) => channel.app.runComponent(`quiz:answer:${solo}:0:0`, context));
  const begun = clock.now();
  await clock.advance(10 * 60_000);
  return { ...channel, solo, clock, begun };
}

test('a day after the first answer of a round, the chosen options are deleted, but the scores are kept', async () => {
  const store = memoryStore();
  const { clock, begun, scores } = await answered(store);
  expect(await keysWithAnswers(store)).toEqual(['over', 'round']);
  await clock.advance(begun + 24 * hour - 1_000 - clock.now());
  expect(await keysWithAnswers(store)).toEqual(['over', 'round']);
  await clock.advance(2_000);
  expect(await keysWithAnswers(store)).toEqual([]);
  expect((await scores.member('guild', 'ana'))?.windows['all']?.all[2]).toBe(2);
});

test('after a restart, rounds whose answers are older than a day are deleted immediately', async () => {
  const store = memoryStore();
  const { clock, rounds, discord, begun } = await answered(store);
  await rounds.close();
  await clock.advance(30 * hour);
  await startWithFailingPorts(store, clock, discord);
  await clock.advance(1_000);
  expect(await keysWithAnswers(store)).toEqual([]);
  expect(clock.now() - begun).toBeGreaterThan(24 * hour);
});

test('if the store fails when a round should be deleted after a day, the round is no longer shown, and it is deleted when the store works again', async () => {
  const store = memoryStore();
  const { clock, rounds } = await answered(store);
  const [over] = await store.keys('over/', '');
  const { id } = await store.get(over ?? '', z.object({ id: z.string() })).then((quiz) => quiz ?? { id: '' });
  expect(await rounds.results(id, 'general')).toBeDefined();
  store.fail = { doing: 'writing', code: 'SQLITE_BUSY' };
  await clock.advance(24 * hour);
  expect(await rounds.results(id, 'general')).toBeUndefined();
  expect(await keysWithAnswers(store)).toContain('over');
  store.fail = undefined;
  await clock.advance(10 * 60_000);
  expect(await keysWithAnswers(store)).toEqual([]);
});

test('a day after a round, members who press a button of its podium are told that the round is no longer kept', () => conversation`
  ana: /quiz group questions:3 seconds:10
  ben: (Join)
  ana: (Start now)
  ana: (the right answer)
  ben: (a wrong answer)
  … 6s
  ana: /quiz stop
  bot: Podium
  … 23h
  ben: (What I missed)
  bot to ben: What you missed: 1 question
  … 1h
  ben: (What I missed)
  bot to ben: That round is no longer kept: only the last one of each channel is, and only for a day.
  ben: (My result)
  bot to ben: That round is no longer kept
  ana: /leaderboard window:round
  bot: 2 members / 1. ana
`);

test('the reveal shows how many members chose each option only if at least three members have answered', () => conversation`
  ana: /quiz group questions:3 seconds:10
  ben: (Join)
  cem: (Join)
  ana: (Start now)
  ana: (the right answer)
  ben: (a wrong answer)
  … 12s
  bot: 2 answers. From 3 answers on, this shows how many chose each option.
  bot: Answered right: ana
  bot does not say: (50 %)
  … 8s
  ana: (the right answer)
  ben: (a wrong answer)
  cem: (a wrong answer)
  … 6s
  bot: (33 %)
`);

test('the podium does not name a question as the hardest if fewer than three members have answered it', () => conversation`
  ana: /quiz group questions:3 seconds:10
  ben: (Join)
  ana: (Start now)
  ana: (the right answer)
  ben: (a wrong answer)
  … 20s
  ana: (the right answer)
  ben: (the right answer)
  … 15s
  ana: /quiz stop
  bot: Podium
  bot does not say: Hardest question
`);
