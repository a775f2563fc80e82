/** Tests rounds during which posting messages, writing scores or saving the round fails. */
import { expect, test } from 'vitest';
import { z } from 'zod';
import type { Store } from '../../src/store/store.ts';
import { memoryStore } from '../support/memory-store.ts';
import { settled } from '../../src/loopback/virtual-clock.ts';
import { startWithFailingPorts } from './failing-ports.ts';
import { seen } from '../support/seen.ts';

const started = async (store: Store = memoryStore(), offersEdits = true) => {
  const channel = await startWithFailingPorts(store);
  channel.discord.offersEdits = offersEdits;
  await channel.typed('ana', 'quiz group', { questions: 3, seconds: 20 });
  await channel.press('ben', 'join');
  return channel;
};
const begun = async (store: Store = memoryStore()) => {
  const channel = await started(store);
  await channel.press('ana', 'start');
  await settled();
  return channel;
};
const last = (lines: readonly string[]) => lines.at(-1) ?? '';

test('F10: a round pauses while the bot has no permission to post and no valid interaction token, and the host is notified once', async () => {
  const channel = await started(undefined, false);
  channel.discord.refuse = 'forbidden';
  await channel.press('ana', 'start');
  await settled();
  expect(channel.quiz().phase.name).toBe('paused');
  expect(channel.followUps).toEqual([
    expect.stringMatching(/^ana: I cannot post in this channel: I lack .*Send Messages/),
  ]);
  await channel.clock.advance(65_000);
  expect(channel.quiz().phase.name).toBe('paused');
  expect(channel.followUps).toHaveLength(1);
  expect(await channel.typed('ben', 'quiz status')).toContain('Waiting until the bot can post');
  channel.discord.refuse = undefined;
  await channel.clock.advance(20_000);
  expect(channel.quiz().phase).toMatchObject({ name: 'asking', question: 0 });
  expect(channel.shown.filter((text) => text.includes('Question 1 of 3'))).toHaveLength(1);
  expect(await channel.answer('ben', true)).toMatch(/^Locked/);
  seen('the round waits, the host is told once');
});

test('a round ends after five minutes without permission to post, and the answers that were given before are scored', async () => {
  const channel = await begun();
  await channel.answer('ben', true);
  await channel.answer('ana', false);
  await channel.clock.advance(7_000);
  expect(channel.quiz().phase.name).toBe('reveal');
  channel.discord.refuse = 'forbidden';
  await channel.clock.advance(5 * 60_000 + 30_000);
  expect(channel.rounds.inChannel('general')).toBeUndefined();
  expect(channel.paid.map(({ user, question, right }) => [user, question, right])).toEqual([
    ['ben', 0, true],
    ['ana', 0, false],
  ]);
  expect(await channel.typed('ana', 'leaderboard')).toMatch(/1\\?\. \*\*ben\*\*/);
  channel.discord.refuse = undefined;
  expect(await channel.typed('ben', 'quiz group')).toContain('invites you');
});

test('if a round is paused a second time, the host is notified again', async () => {
  const channel = await started(undefined, false);
  channel.discord.refuse = 'forbidden';
  await channel.press('ana', 'start');
  await channel.clock.advance(1_000);
  channel.discord.refuse = undefined;
  await channel.clock.advance(25_000);
  channel.discord.refuse = 'forbidden';
  await channel.answer('ana', true);
  await channel.answer('ben', true);
  await channel.clock.advance(30_000);
  expect(channel.quiz().phase).toMatchObject({ name: 'paused', question: 1 });
  expect(channel.followUps).toHaveLength(2);
});

test('if writing scores fails, the write is retried, and each answer is scored only once', async () => {
  const channel = await begun();
  channel.scoresFail = true;
  await channel.answer('ben', true);
  await channel.answer('ana', true);
  await channel.clock.advance(14_000);
  expect(channel.paid).toEqual([]);
  expect(channel.quiz().settled).toBe(0);
  expect(last(channel.shown)).toContain('Question 2 of 3');
  channel.scoresFail = false;
  // The delay between retries grows, so the next retry can be several seconds away.
  await channel.clock.advance(10_000);
  expect(channel.quiz().settled).toBe(1);
  await channel.clock.advance(10 * 60_000);
  for (const user of ['ana', 'ben'])
    expect((await channel.scores.member('guild', user))?.windows['all']?.all[2], user).toBe(1);
});

test('scores that were not written before the process ended are written after the restart', async () => {
  const store = memoryStore();
  const first = await begun(store);
  first.scoresFail = true;
  await first.answer('ben', true);
  await first.answer('ana', false);
  await first.clock.advance(8_000);
  await first.rounds.close();
  expect(await first.scores.member('guild', 'ben')).toBeUndefined();
  const second = await startWithFailingPorts(store, first.clock);
  await settled();
  expect(second.paid.map(({ user }) => user).toSorted()).toEqual(['ana', 'ben']);
  expect(second.quiz().settled).toBe(1);
});

test('a finished round stays in the store until its scores are written', async () => {
  const store = memoryStore();
  const first = await begun(store);
  first.scoresFail = true;
  await first.answer('ben', true);
  await first.clock.advance(30_000);
  await first.typed('ana', 'quiz stop');
  await settled();
  expect(first.rounds.inChannel('general')).toBeUndefined();
  await first.rounds.close();
  const second = await startWithFailingPorts(store, first.clock);
  await settled();
  expect(second.paid.map(({ user }) => user)).toEqual(['ben']);
  expect(await second.typed('ben', 'quiz status')).toContain('No round is running');
  const keys: string[] = [];
  for await (const [key] of store.range('round/', z.unknown())) keys.push(key);
  expect(keys).toEqual([]);
});

test('if an answer cannot be saved, the answer is discarded and the member can answer again', async () => {
  const store = memoryStore();
  const channel = await begun(store);
  store.fail = { doing: 'writing', code: 'SQLITE_FULL' };
  expect(await channel.answer('ben', true)).toContain('could not be saved just now, so it does not count');
  expect(channel.quiz().answers[0]).toEqual({});
  store.fail = undefined;
  expect(await channel.answer('ben', false)).toMatch(/^Locked/);
  expect(Object.keys(channel.quiz().answers[0] ?? {})).toEqual(['ben']);
});

test('the bot acknowledges an answer only after saving the answer', async () => {
  const kept = memoryStore();
  let release = () => {};
  let gate = Promise.resolve();
  const store: Store = {
    ...kept,
    async set(key, value) {
      await gate;
      return kept.set(key, value);
    },
  };
  const channel = await begun(store);
  await channel.clock.advance(4_000);
  gate = new Promise((resolve) => (release = resolve));
  const shownBefore = channel.shown.length;
  let told: string | undefined;
  const pressed = channel.answer('ben', true).then((words) => (told = words));
  await channel.clock.advance(4_000);
  expect([told, channel.shown.length, channel.quiz().answers[0]]).toEqual([undefined, shownBefore, {}]);
  release();
  expect(await pressed).toMatch(/^Locked/);
  await channel.clock.advance(4_000);
  expect(channel.shown.length).toBeGreaterThan(shownBefore);
});

test('while the bot cannot save a round, the question of the round stays open', async () => {
  const store = memoryStore();
  const channel = await begun(store);
  await channel.answer('ben', true);
  store.fail = { doing: 'writing', code: 'SQLITE_FULL' };
  await channel.clock.advance(60_000);
  expect(channel.quiz().phase.name).toBe('asking');
  store.fail = undefined;
  await channel.clock.advance(4_000);
  expect(channel.quiz().phase.name).toBe('reveal');
  await channel.clock.advance(7_000);
  expect(channel.quiz().phase).toMatchObject({ name: 'asking', question: 1 });
});

test('no lobby is opened if the round cannot be saved', async () => {
  const store = memoryStore();
  const channel = await startWithFailingPorts(store);
  store.fail = { doing: 'writing', code: 'SQLITE_FULL' };
  expect(await channel.typed('ana', 'quiz group')).toContain('could not be saved');
  expect(channel.rounds.inChannel('general')).toBeUndefined();
  store.fail = undefined;
  expect(await channel.typed('ana', 'quiz group')).toContain('invites you');
});

test('if reading scores fails, /leaderboard and /profile report the failure instead of showing no scores', async () => {
  const store = memoryStore();
  const channel = await startWithFailingPorts(store);
  store.fail = { doing: 'reading', code: 'SQLITE_IOERR' };
  expect(await channel.typed('ana', 'leaderboard')).toContain('could not be read just now');
  expect(await channel.typed('ana', 'profile')).toContain('could not be read just now');
});

test('two members who press a button at the same time both get a reply', async () => {
  const channel = await begun();
  await channel.answer('ben', true);
  const [again, first] = await Promise.all([channel.answer('ben', true), channel.answer('ana', true)]);
  expect([again, first]).toEqual([expect.stringMatching(/^Still/), expect.stringMatching(/^Locked/)]);
});

test('even if writing scores has to be retried, every reveal and the podium are posted only once', async () => {
  const store = memoryStore();
  const channel = await begun(store);
  for (let question = 0; question < 3; question++) {
    channel.scoresFail = true;
    await channel.answer('ben', true);
    await channel.answer('ana', false);
    await channel.clock.advance(7_000);
    channel.scoresFail = false;
    await channel.clock.advance(7_000);
  }
  await channel.clock.advance(60_000);
  const count = (words: string) => channel.shown.filter((text) => text.includes(words)).length;
  expect(['✔', 'Podium', 'The round has begun'].map(count)).toEqual([3, 1, 1]);
  const posted = channel.shown.filter((text) =>
    text.endsWith('You have 20 seconds · answers are private · the first answer is final'),
  );
  expect(posted).toHaveLength(3);
  expect(channel.paid).toHaveLength(6);
  for await (const [key] of store.range('round/', z.unknown())) expect.unreachable(`${key} is still kept`);
});

test('after a restart during a question, the bot edits the lobby message to "The round has begun" at most once', async () => {
  const store = memoryStore();
  const first = await begun(store);
  await first.answer('ben', true);
  await first.rounds.close();
  const second = await startWithFailingPorts(store, first.clock, first.discord);
  await second.clock.advance(1_000);
  for (const name of ['cem', 'dora', 'emre']) await second.answer(name, true);
  await settled();
  expect(second.shown.filter((text) => text.includes('The round has begun')).length).toBeLessThanOrEqual(1);
});

test('the number of answers on an open question is updated at most every three seconds', async () => {
  const channel = await begun();
  const counts = () => channel.shown.filter((text) => text.includes(' answered'));
  for (let player = 0; player < 12; player++) {
    await channel.answer(`p-${player}`, true);
    await channel.clock.advance(100);
  }
  expect(counts()).toEqual([]);
  await channel.clock.advance(3_000);
  expect(counts()).toEqual([expect.stringContaining('12 answered')]);
  for (let player = 0; player < 12; player++) {
    await channel.answer(`q-${player}`, true);
    await channel.clock.advance(500);
  }
  expect(counts()).toHaveLength(3);
});

test('with more than fifty players, an open question does not show the number of answers', async () => {
  const channel = await begun();
  for (let player = 0; player < 51; player++) await channel.answer(`p-${player}`, true);
  await channel.clock.advance(10_000);
  expect(channel.shown.filter((text) => text.includes(' answered'))).toEqual([]);
});
