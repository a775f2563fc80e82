/** Tests that /me delete removes all stored data of a member, even while scores of the member are being written. */
import { expect, test } from 'vitest';
import { z } from 'zod';
import type { AnswerResult } from '../../src/core/scores/scoring.ts';
import { createLog } from '../../src/log.ts';
import { createScoreStore } from '../../src/bot/scores/score-store.ts';
import { createSettingsStore } from '../../src/bot/settings-store.ts';
import type { Store } from '../../src/store/store.ts';
import { conversation } from '../support/conversation/conversation.ts';
import { newMember } from '../../src/core/scores/member.ts';
import { memoryStore } from '../support/memory-store.ts';

const packs = { at: async () => ({ facts: { entry: () => undefined, pack: { id: 'p' } } }) };

test('/me delete deletes nothing if the member does not tick the checkbox in the modal', () => conversation`
  … ana has 2 of 2 right
  ana: /me delete
  ana sends:
  bot to ana: Nothing was deleted: the box was not ticked. To delete everything, type /me delete again and tick the box.
  ana: /leaderboard
  bot: 1. ana
`);

test('/me show says what /me delete keeps', () => conversation`
  … ana has 2 of 2 right
  ana: /me show
  bot to ana: /me delete deletes it everywhere. If a server has left you out of its leaderboards, that stays so. Messages in channels belong to Discord and stay.
`);

test('/me delete deletes the scores, settings and seen facts of the member', () => conversation`
  … ana has 2 of 2 right
  … ben has 1 of 1 right
  ana: /me settings
  ana: (2 × time to answer)
  ana: /leaderboard
  ana: /fact
  ana ticks in (/me delete): Yes, delete it for good
  bot to ana: Deleted: your scores in 1 place (servers and private conversations), which facts and questions you were shown, your reports, your name on packs that you added, and your settings.
  ben: /leaderboard
  bot: 1 member / 1. ben
  ben: /leaderboard window:month
  bot: 1 member / 1. ben
  ana: /profile
  bot to ana: You have not answered a question here yet.
  ana: /me settings
  bot to ana: Usual time to answer
  … restart
  ben: /leaderboard by:streak
  bot: 1 member / 1. ben
  ana ticks in (/me delete): Yes, delete it for good
  bot to ana: Deleted: there were no scores of yours
  … ana has 1 of 1 right
  ana: /leaderboard
  bot: 1. ana · 10 points · 1 of 1 answer right
`);

test('/me delete keeps only one thing about the member: that a server has excluded the member from its leaderboards', () => conversation`
  … ana has 2 of 2 right
  … ben has 1 of 1 right
  manager: /setup board exclude:ana
  ana ticks in (/me delete): Yes, delete it for good
  bot to ana: Deleted: your scores in 1 place
  bot to ana: 1 server left you out of the leaderboards: that alone is kept, as it is the server’s decision.
  … restart
  … ana has 3 of 3 right
  ben: /leaderboard
  bot: 1 member / 1. ben
  ana ticks in (/me delete): Yes, delete it for good
  manager: /setup board include:ana
  ben: /leaderboard
  bot: 1 member / 1. ben
  ana ticks in (/me delete): Yes, delete it for good
  … ana has 3 of 3 right
  ben: /leaderboard
  bot: 2 members / 1. ana
`);

test('after an excluded member has deleted their data, the value that is still stored has neither a name nor scores', async () => {
  const store = memoryStore();
  const settings = createSettingsStore(store);
  const membership = { isMember: async () => true };
  const scores = createScoreStore({ store, settings, packs, membership, log: createLog('silent') });
  for (const scope of ['g', 'h']) await scores.apply([result('ana', { scope })]);
  await scores.exclude('g', { id: 'ana', name: 'Ana' }, true);
  expect(await scores.forget('ana')).toEqual({ places: 2, exclusions: 1 });
  expect(await scores.forget('ana')).toEqual({ places: 0, exclusions: 1 });
  expect(await keysWith(store, 'ana')).toEqual(['member/g/ana']);
  expect(await scores.member('g', 'ana')).toEqual({ ...newMember(''), excluded: true });
});

test('F27: a player who uses /me delete during a round appears without a name and gets no scores', () => conversation`
  ana: /quiz group questions:3 seconds:10
  ben: (Join)
  cem: (Join)
  ana: (Start now)
  ana: (the right answer)
  ben: (the right answer)
  cem: (a wrong answer)
  ben ticks in (/me delete): Yes, delete it for good
  bot to ben: Deleted: there were no scores of yours
  … 15s
  bot: deleted player
  ana: /quiz stop
  … 5s
  ana: /leaderboard
  bot: 2 members / 1. ana
  ana: /leaderboard window:round
  bot: 2 members / 1. ana
  … restart
  ana: /leaderboard window:all
  bot: 2 members / 1. ana
`);

test('if the disk fails during /me delete, the reply asks the member to use the command again', () => conversation`
  … ana has 2 of 2 right
  … disk full
  ana ticks in (/me delete): Yes, delete it for good
  bot to ana: Not everything could be deleted just now. Please type /me delete again in a moment.
  … disk free
  ana ticks in (/me delete): Yes, delete it for good
  bot to ana: Deleted: your scores in 1 place
  ana: /leaderboard
  bot: Nobody has answered a question in the chosen time.
`);

const result = (user: string, changes: Partial<AnswerResult> = {}): AnswerResult => ({
  round: 'r',
  question: 0,
  questionId: 'q',
  kind: 'who',
  about: [],
  scope: 'g',
  channel: 'c',
  user,
  name: user,
  right: true,
  points: 10,
  at: Date.UTC(2026, 10, 23),
  ...changes,
});

async function keysWith(store: Store, user: string): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const [key, value] of store.range('', z.unknown()))
    if (key.includes(user) || JSON.stringify(value).includes(user)) found.push(key);
  return found;
}

test('if a member deletes their data while their scores are being written, all data of the member are removed', async () => {
  // The deletion starts `turns` microtasks after the write starts. In the last iterations, the write is finished before
  // the deletion starts.
  for (let turns = 0; turns < 60; turns++) {
    const store = memoryStore();
    const settings = createSettingsStore(store);
    const membership = { isMember: async () => true };
    const scores = createScoreStore({ store, settings, packs, membership, log: createLog('silent') });
    await scores.boards('g', [{ by: 'points', window: 'all' }]);
    const paid = scores.apply([result('ana'), result('ben')]);
    for (let turn = 0; turn < turns; turn++) await Promise.resolve();
    await scores.forget('ana');
    await paid;
    const [board] = await scores.boards('g', [{ by: 'points', window: 'all' }]);
    expect(
      board?.slice(0, 9).map(({ user }) => user),
      `after ${turns} turns`,
    ).toEqual(['ben']);
    expect(await keysWith(store, 'ana'), `after ${turns} turns`).toEqual([]);
    await scores.apply([result('ana', { round: 's' })]);
    const [again] = await scores.boards('g', [{ by: 'points', window: 'all' }]);
    expect(again?.size).toBe(2);
  }
});

test('if a member deletes their data, their scores in all servers and in direct messages are removed', async () => {
  const store = memoryStore();
  const settings = createSettingsStore(store);
  const membership = { isMember: async () => true };
  const scores = createScoreStore({ store, settings, packs, membership, log: createLog('silent') });
  for (const scope of ['g', 'h', 'dm:17']) await scores.apply([result('17', { scope }), result('117', { scope })]);
  expect(await scores.forget('17')).toEqual({ places: 3, exclusions: 0 });
  expect(await scores.forget('17')).toEqual({ places: 0, exclusions: 0 });
  expect(await scores.member('dm:17', '17')).toBeUndefined();
  for (const scope of ['g', 'h', 'dm:17']) expect(await scores.member(scope, '117')).toBeDefined();
});

test('a member who deletes their data is removed from the leaderboard of the latest round in a channel', async () => {
  const store = memoryStore();
  const settings = createSettingsStore(store);
  const membership = { isMember: async () => true };
  const scores = createScoreStore({ store, settings, packs, membership, log: createLog('silent') });
  const day = 86_400_000;
  await scores.apply([result('ana'), result('ben')]);
  await scores.apply([result('cem', { round: 's', at: Date.UTC(2026, 10, 24) })]);
  // The scores of an older round are written last, but that round must not become the latest round.
  await scores.apply([result('dora', { at: Date.UTC(2026, 10, 24) - day })]);
  expect(await scores.lastRound('g', 'c')).toBe('s');
  expect(await scores.lastRound('g', 'other')).toBeUndefined();
  const [board] = await scores.boards('g', [{ by: 'points', round: 's' }]);
  expect(board?.slice(0, 9).map(({ user }) => user)).toEqual(['cem']);
  await scores.forget('cem');
  expect(board?.size).toBe(0);
  expect(await keysWith(store, 'cem')).toEqual([]);
});
