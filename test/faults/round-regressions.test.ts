/** Regression tests for bugs in rounds. */
import { expect, test } from 'vitest';
import { z } from 'zod';
import { lastRoundKey } from '../../src/bot/rounds/last-rounds.ts';
import { savedRoundSchema } from '../../src/bot/rounds/saved-round.ts';
import { memberSchema } from '../../src/core/scores/member.ts';
import { quizSchema } from '../../src/core/quiz/quiz.ts';
import type { Store } from '../../src/store/store.ts';
import { settingAside } from '../../src/store/set-aside.ts';
import { createLog } from '../../src/log.ts';
import { createAlarms } from '../../src/bot/alarms.ts';
import { createQuestionHistory } from '../../src/bot/rounds/question-history.ts';
import { keepInteraction } from '../../src/bot/rounds/latest-interaction.ts';
import { newLiveRound } from '../../src/bot/rounds/live-round.ts';
import { nothingShown } from '../../src/core/quiz/shown.ts';
import { asking, onTime, opened } from '../core/quiz-fixtures.ts';
import { type MemoryStore, memoryStore } from '../support/memory-store.ts';
import { settled, virtualClock } from '../../src/loopback/virtual-clock.ts';
import { type FailingPorts, startWithFailingPorts } from './failing-ports.ts';
import { seen } from '../support/seen.ts';

const minute = 60_000;

async function begun(store: Store = memoryStore(), seconds = 20, offersEdits = true): Promise<FailingPorts> {
  const channel = await startWithFailingPorts(store);
  channel.discord.offersEdits = offersEdits;
  await channel.typed('ana', 'quiz group', { questions: 3, seconds });
  await channel.press('ben', 'join');
  await channel.press('ana', 'start');
  await settled();
  return channel;
}

async function everybodyAnswers(channel: FailingPorts): Promise<void> {
  await channel.answer('ben', true);
  await channel.answer('ana', false);
}

const count = (texts: readonly string[], words: string): number => texts.filter((text) => text.includes(words)).length;

async function keysOf(store: Store, prefix: string): Promise<readonly string[]> {
  const keys: string[] = [];
  for await (const [key] of store.range(prefix, z.unknown())) keys.push(key);
  return keys;
}

test('if writing scores fails, button presses by members do not cause additional retries', async () => {
  const channel = await begun(undefined, 120);
  let tries = 0;
  const { apply } = channel.scores;
  expect(apply).toBeTypeOf('function');
  channel.scoresFail = true;
  channel.onApply = () => (tries += 1);
  await everybodyAnswers(channel);
  await channel.clock.advance(14_000);
  tries = 0;
  for (let press = 0; press < 40; press++) await channel.press(`p-${press}`, 'join');
  await channel.clock.advance(minute);
  expect(tries).toBeLessThanOrEqual(5);
  channel.scoresFail = false;
  await channel.clock.advance(5 * minute);
  expect(channel.paid.filter(({ user }) => user === 'ben').length).toBeGreaterThan(0);
});

test('a stored member that cannot be read is moved to a key under broken/, and other members still get points', async () => {
  const store = memoryStore();
  await store.set('member/guild/ana', { v: 99, points: 'unknown' });
  const channel = await begun(settingAside(store, createLog('silent')));
  await everybodyAnswers(channel);
  await channel.clock.advance(8_000);
  expect((await channel.scores.member('guild', 'ben'))?.windows['all']?.all[2]).toBe(1);
  expect(channel.quiz().settled).toBe(1);
  expect(await store.get('broken/member/guild/ana', z.unknown())).toEqual({ v: 99, points: 'unknown' });
});

test('if Node does not know the time zone of a server, results are scored and the leaderboard is shown', async () => {
  const store = memoryStore();
  await store.set('settings/server/guild', { timeZone: 'Atlantis/Poseidonis' });
  const channel = await begun(store);
  await everybodyAnswers(channel);
  await channel.clock.advance(8_000);
  expect(channel.quiz().settled).toBe(1);
  expect(await channel.typed('ana', 'leaderboard')).toContain('ben');
});

test('after a restart during a reveal, the reveal stays visible and the next question follows', async () => {
  const store = memoryStore();
  const first = await begun(store);
  await everybodyAnswers(first);
  await first.clock.advance(6_500);
  expect(first.quiz().phase.name).toBe('reveal');
  // The process ends here. Its messages stay in the channel.
  const { clock, discord } = first;
  await first.rounds.close();
  await clock.advance(30_000);
  const second = await startWithFailingPorts(store, clock, discord);
  await settled();
  expect(second.quiz().phase.name).toBe('reveal');
  await clock.advance(7_500);
  const texts = discord.messages.map(({ message }) => JSON.stringify(message));
  expect(texts.filter((text) => text.includes('Question 1 of 3'))).toEqual([expect.stringContaining('✔')]);
  expect(count(texts, 'Question 2 of 3')).toBe(1);
});

test('if the host paused a round more than ten minutes before a restart, the round is still paused after the restart', async () => {
  const store = memoryStore();
  const first = await begun(store);
  await first.press('ana', 'control:pause:0').catch(() => undefined);
  await everybodyAnswers(first);
  await first.clock.advance(14_000);
  expect(first.quiz().phase).toMatchObject({ name: 'halted', by: 'host' });
  await first.clock.advance(11 * minute);
  await first.rounds.close();
  const second = await startWithFailingPorts(store, first.clock, first.discord);
  await settled();
  expect(second.quiz().phase).toMatchObject({ name: 'halted', by: 'host' });
});

test('a round ends if the process was down for more than ten minutes', async () => {
  const store = memoryStore();
  const first = await begun(store, 120);
  await first.clock.advance(minute);
  await first.rounds.close();
  await first.clock.advance(11 * minute);
  const second = await startWithFailingPorts(store, first.clock, first.discord);
  await settled();
  expect(second.rounds.inChannel('general')).toBeUndefined();
  expect(second.shown.at(-1)).toContain('away for more than ten minutes');
});

test('if the channel of a round is deleted, the round ends immediately and the host is notified', async () => {
  const channel = await begun();
  channel.rounds.placeGone({ channel: 'general' });
  await settled();
  expect(channel.rounds.inChannel('general')).toBeUndefined();
  const requests = channel.shown.length;
  await channel.clock.advance(minute);
  expect(channel.shown.length).toBe(requests);
  expect(channel.followUps.at(-1)).toContain('The place of the round was closed');
});

test('F8: if a server removes the bot, only the rounds in that server end', async () => {
  const channel = await begun();
  channel.rounds.placeGone({ guild: 'another' });
  await settled();
  expect(channel.rounds.inChannel('general')).toBeDefined();
  channel.rounds.placeGone({ guild: 'guild' });
  await settled();
  expect(channel.rounds.inChannel('general')).toBeUndefined();
  seen('only the rounds of that server end');
});

test('if the channel of a round was deleted while the bot was stopped, the round ends when the bot starts', async () => {
  const store = memoryStore();
  const first = await begun(store);
  await first.rounds.close();
  first.discord.exists = () => false;
  const second = await startWithFailingPorts(store, first.clock, first.discord);
  await settled();
  expect(second.rounds.inChannel('general')).toBeUndefined();
});

test('F10: if the bot loses access to the channel and has no valid interaction token, the round ends after at most four failed requests', async () => {
  const channel = await begun(undefined, 20, false);
  await everybodyAnswers(channel);
  channel.discord.refuse = 'forbidden';
  const before = channel.discord.refused;
  await channel.clock.advance(10 * minute);
  expect(channel.discord.refused - before).toBeLessThanOrEqual(4);
  expect(channel.followUps.filter((line) => line.startsWith('ana: I cannot post'))).toHaveLength(1);
  expect(channel.rounds.inChannel('general')).toBeUndefined();
  seen('four refused requests at most, one message to the host');
});

test('a solo round ends after a week without a button press', async () => {
  const store = memoryStore();
  const channel = await startWithFailingPorts(store);
  await channel.typed('ana', 'quiz solo', { questions: 3 });
  expect(channel.rounds.soloOf('ana', 'guild')).toBeDefined();
  await channel.clock.advance(7 * 86_400_000 + minute);
  expect(channel.rounds.soloOf('ana', 'guild')).toBeUndefined();
  expect(await keysOf(store, 'round/')).toEqual([]);
});

test('if an older round of a channel is archived later than a newer round, the newer round stays the latest round of the channel', async () => {
  const store = memoryStore();
  const channel = await begun(store);
  await channel.answer('ben', true);
  channel.scoresFail = true;
  const older = channel.quiz().id;
  await channel.typed('ana', 'quiz stop');
  await channel.clock.advance(1_000);
  channel.scoresFail = false;
  await channel.typed('cem', 'quiz group', { questions: 3, seconds: 20 });
  await channel.press('cem', 'start');
  await channel.answer('cem', true);
  const newer = channel.quiz().id;
  await channel.typed('cem', 'quiz stop');
  await channel.clock.advance(10 * minute);
  expect(older).not.toBe(newer);
  expect((await store.get(lastRoundKey('general'), quizSchema))?.id).toBe(newer);
});

test('a round ends if its only player deletes their data', async () => {
  const channel = await startWithFailingPorts(memoryStore());
  await channel.typed('ana', 'quiz group', { questions: 3, seconds: 20 });
  await channel.press('ana', 'start');
  await settled();
  await channel.rounds.forget('ana');
  await settled();
  expect(channel.rounds.inChannel('general')).toBeUndefined();
  expect(channel.shown.join('\n')).not.toContain('<@deleted');
});

test('if a member deletes their data, the data is also removed from finished rounds that could not be archived', async () => {
  const store = memoryStore();
  const channel = await begun(store);
  await everybodyAnswers(channel);
  store.fail = { doing: 'writing', code: 'SQLITE_FULL' };
  await channel.typed('ana', 'quiz stop').catch(() => undefined);
  store.fail = undefined;
  await channel.typed('ana', 'quiz stop');
  await channel.rounds.forget('ben');
  await channel.rounds.close();
  const second = await startWithFailingPorts(store, channel.clock, channel.discord);
  await settled();
  await second.clock.advance(minute);
  for (const prefix of ['round/', 'answers/', 'over/'])
    for await (const [, value] of store.range(prefix, z.unknown()))
      expect(JSON.stringify(value)).not.toContain('"ben"');
});

test('if a member deletes their data while a finished round is being archived, the round is not saved again', async () => {
  const store = memoryStore();
  const whileDeleting = { run: async (): Promise<void> => undefined };
  const calls: string[] = [];
  const channel = await begun({
    ...store,
    set(key, value) {
      if (key.startsWith('round/')) calls.push('set');
      return store.set(key, value);
    },
    async delete(key) {
      await store.delete(key);
      if (!key.startsWith('round/')) return;
      calls.push('delete');
      await whileDeleting.run();
    },
  });
  await everybodyAnswers(channel);
  let forgotten: Promise<void> | undefined;
  whileDeleting.run = async () => {
    forgotten = channel.rounds.forget('ben');
    await settled();
  };
  await channel.typed('ana', 'quiz stop');
  await channel.clock.advance(minute);
  expect(forgotten).toBeDefined();
  await forgotten;
  expect(calls.indexOf('delete')).toBe(calls.length - 1);
  expect(await keysOf(store, 'round/')).toEqual([]);
  expect(await keysOf(store, 'over/')).toEqual([lastRoundKey('general')]);
  expect(JSON.stringify(await store.get(lastRoundKey('general'), z.unknown()))).not.toContain('"ben"');
});

test('a saved round that cannot be read is moved to a key under broken/, and the other rounds continue', async () => {
  const inner = memoryStore();
  const store = settingAside(inner, createLog('silent'));
  const first = await begun(store);
  await first.rounds.close();
  await inner.set('round/broken', { v: 99 });
  const second = await startWithFailingPorts(store, first.clock, first.discord);
  await settled();
  expect(second.rounds.inChannel('general')).toBeDefined();
  expect(await inner.get('broken/round/broken', z.unknown())).toEqual({ v: 99 });
});

test('after the host presses "Extend", the question shows the new closing time, even in a round of more than fifty players', async () => {
  const channel = await begun(undefined, 60);
  for (let player = 0; player < 51; player++) await channel.answer(`p-${player}`, true);
  await channel.clock.advance(4_000);
  const closing = /You have (\d+) seconds/.exec(channel.shown.at(-1) ?? '')?.[1];
  await channel.press('ana', 'control:extend:0').catch(() => undefined);
  await channel.clock.advance(4_000);
  const later = /You have (\d+) seconds/.exec(channel.shown.at(-1) ?? '')?.[1];
  expect(Number(later) - Number(closing)).toBe(15);
});

test('with random seeds, rounds with the same settings get different questions', async () => {
  const drawn = new Set<string>();
  for (let round = 0; round < 4; round++) {
    const channel = await startWithFailingPorts(memoryStore(), virtualClock(), undefined, { systemSeed: true });
    await channel.typed('ana', 'quiz group', { questions: 5 });
    drawn.add(
      channel
        .quiz()
        .questions.map(({ id }) => id)
        .join(),
    );
  }
  expect(drawn.size).toBeGreaterThan(1);
});

test('the questions of a round are drawn again when the round starts, but not each time a member joins the lobby', async () => {
  const store: MemoryStore = memoryStore();
  const channel = await startWithFailingPorts(store);
  await channel.typed('ana', 'quiz group', { questions: 3, seconds: 20 });
  const { id } = channel.quiz();
  const reads = store.reads('asked/');
  for (let player = 0; player < 20; player++) await channel.press(`p-${player}`, 'join');
  await settled();
  expect(store.reads('asked/')).toBe(reads);
  await channel.press('ana', 'start');
  await settled();
  expect(store.reads('asked/')).toBe(reads + 21);
  expect((await store.get(`round/${id}`, savedRoundSchema))?.drawing?.seed).toBeTypeOf('number');
});

test('the bot posts only one "Back again" message if it restarts several times within ten minutes', async () => {
  const store = memoryStore();
  let channel = await begun(store, 120);
  for (let restart = 0; restart < 4; restart++) {
    await channel.clock.advance(20_000);
    await channel.rounds.close();
    channel = await startWithFailingPorts(store, channel.clock, channel.discord);
    await settled();
  }
  const notes = channel.discord.messages.filter(({ message }) => JSON.stringify(message).includes('Back again'));
  expect(notes).toHaveLength(1);
});

test('F18: when the bot stops, five running rounds are paused within the given time limit', async () => {
  const channel = await startWithFailingPorts(memoryStore());
  for (const [index, place] of ['one', 'two', 'three', 'four', 'five'].entries()) {
    await channel.typedIn(place, `host-${index}`, 'quiz group', { questions: 3, seconds: 120 });
    await channel.pressIn(place, `host-${index}`, 'start');
  }
  await settled();
  const began = channel.clock.now();
  let ended = 0;
  const stopped = channel.rounds.pause(8_000).then(() => (ended = channel.clock.now()));
  await channel.clock.advance(minute);
  await stopped;
  expect(ended - began).toBeLessThanOrEqual(8_000);
  expect(count(channel.shown, 'Back in a moment, round paused.')).toBe(5);
  seen('five rounds wait within 8 s');
});

test('asked questions are stored only for the 20 packs that were played last', async () => {
  const store = memoryStore();
  const history = createQuestionHistory(store);
  const played = (pack: string) => history.note(onTime({ ...asking(['200']), pack }));
  for (let index = 1; index <= 20; index++) await played(`pack-${index}`);
  // In a JavaScript object, keys that look like integers come first. If the history were an object, the pack "1921"
  // would seem the oldest.
  await played('1921');
  await played('one-more');
  const isKnown = async (pack: string) => (await history.known(['200'], pack)).has('q0');
  expect([await isKnown('1921'), await isKnown('pack-2'), await isKnown('pack-3')]).toEqual([true, false, true]);
});

test('asked questions can still be read if they were stored in the old format, an object with one list per pack', async () => {
  const store = memoryStore();
  await store.set('asked/200', { old: ['q7'], older: ['q8'] });
  const history = createQuestionHistory(store);
  await history.note(onTime({ ...asking(['200']), pack: 'old' }));
  expect(await history.known(['200'], 'old')).toEqual(new Set(['q7', 'q0']));
  expect(await history.known(['200'], 'older')).toEqual(new Set(['q8']));
});

const resultOf = (user: string, round: string, at: number) => ({
  round,
  question: 0,
  questionId: 'q',
  kind: 'who' as const,
  about: [],
  scope: 'guild',
  user,
  name: user,
  right: true,
  points: 15,
  at,
});

test('if the stored value of one of 120 members cannot be read, the error is reported, and the results of the others are scored only once, even if they are applied again', async () => {
  const store = memoryStore();
  const { scores, clock } = await startWithFailingPorts(store);
  const users = Array.from({ length: 120 }, (_, index) => `member-${index}`);
  await store.set('member/guild/member-70', { v: 99 });
  const results = users.map((user) => resultOf(user, 'round', clock.now()));
  for (let time = 0; time < 2; time++)
    await expect(scores.apply(results)).rejects.toMatchObject({ unreadable: 'member/guild/member-70' });
  for (const user of users.filter((one) => one !== 'member-70'))
    expect((await store.get(`member/guild/${user}`, memberSchema))?.windows['all']?.all, user).toEqual([15, 1, 1]);
});

test('a result is scored only once, even if it is applied again after 40 newer rounds', async () => {
  const store = memoryStore();
  const channel = await startWithFailingPorts(store);
  const result = (round: string, at: number) => resultOf('ana', round, at);
  const start = channel.clock.now();
  await channel.scores.apply([result('stuck', start)]);
  for (let round = 0; round < 40; round++)
    await channel.scores.apply([{ ...result(`r${round}`, start + round * minute), questionId: `q${round}` }]);
  const before = await store.get('member/guild/ana', memberSchema);
  await channel.scores.apply([result('stuck', start)]);
  const after = await store.get('member/guild/ana', memberSchema);
  expect(after?.windows['all']?.all).toEqual(before?.windows['all']?.all);
});

test('a round forgets an interaction 15 minutes after its arrival, even if newer interactions have arrived', async () => {
  const clock = virtualClock();
  const runtime = { clock, alarms: createAlarms(clock) };
  const live = newLiveRound({ quiz: opened('solo'), shown: nothingShown, saves: 0 }, clock.now());
  const [editReply, followUp] = [async () => undefined, async () => undefined];
  keepInteraction(runtime, live, { editReply });
  for (let press = 0; press < 4; press++) {
    await clock.advance(5 * minute);
    keepInteraction(runtime, live, { followUp });
  }
  expect(live.interaction).toEqual({ followUp });
  await clock.advance(15 * minute);
  expect(live.interaction).toEqual({});
});
