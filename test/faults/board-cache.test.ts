/** Tests the leaderboard cache: score changes while a leaderboard is being read, failed reads, and a full cache. */
import { expect, test } from 'vitest';
import { createBoardCache, type BoardSource } from '../../src/bot/scores/board-cache.ts';
import type { ScopeBoard } from '../../src/core/scores/board.ts';
import { type Member } from '../../src/core/scores/member.ts';
import { applyResult } from '../../src/core/scores/apply-result.ts';
import type { RankingEntry } from '../../src/core/scores/entry-table.ts';
import type { Ranking } from '../../src/core/scores/ranking.ts';
import { createLog } from '../../src/log.ts';
import { createScoreStore } from '../../src/bot/scores/score-store.ts';
import { createSettingsStore } from '../../src/bot/settings-store.ts';
import { memoryStore } from '../support/memory-store.ts';

const board: ScopeBoard = { by: 'points', window: 'all' };
const entry = (user: string, value: number): RankingEntry => ({ user, name: user, value, right: 1, answered: 1 });
const valueOf = (user: string, points: number): Member =>
  applyResult(
    undefined,
    {
      round: 'r',
      question: 0,
      questionId: 'q',
      kind: 'who',
      about: [],
      scope: 'g',
      user,
      name: user,
      right: true,
      points,
      at: 0,
    },
    { day: 1, topics: [] },
  );
const shown = (ranking: Ranking | undefined) =>
  (ranking?.slice(0, 10) ?? []).map(({ place, user, value }) => `${place} ${user} ${value}`);

/** A source of leaderboard entries that waits before each page until the test calls `turn`. */
function gatedSource(pages: readonly (readonly RankingEntry[])[]) {
  const gate: { open?: () => void } = {};
  let readings = 0;
  const source: BoardSource = {
    async *entriesOf(_, boards) {
      readings++;
      for (const page of pages) {
        await new Promise<void>((resolve) => (gate.open = resolve));
        yield page.map((one) => [one.user, boards.map(() => one)] as const);
      }
    },
    async *entriesOfRound() {},
  };
  const turn = async () => {
    // Waits until the cache asks for the next page. Before that, the cache may let other events run.
    do await new Promise((resolve) => setImmediate(resolve));
    while (!gate.open);
    gate.open();
    delete gate.open;
  };
  return { source, turn, readings: () => readings };
}

test('if a score changes while a leaderboard is being read, the leaderboard shows the new score', async () => {
  const { source, turn } = gatedSource([
    [entry('ana', 10), entry('ben', 20)],
    [entry('cem', 30), entry('dora', 40)],
  ]);
  const boards = createBoardCache(source, createLog('silent'));
  const filled = boards.get('g', [board]);
  await turn();
  boards.changed('g', 'ben', valueOf('ben', 25));
  boards.changed('g', 'cem', valueOf('cem', 35));
  boards.changed('g', 'dora', undefined);
  boards.changed('other', 'ana', undefined);
  await turn();
  const [ranking] = await filled;
  expect(shown(ranking)).toEqual(['1 cem 35', '2 ben 25', '3 ana 10']);
  boards.changed('g', 'ana', valueOf('ana', 50));
  expect(shown((await boards.get('g', [board]))[0])).toEqual(['1 ana 50', '2 cem 35', '3 ben 25']);
  expect(shown(ranking)).toEqual(['1 ana 50', '2 cem 35', '3 ben 25']);
});

test('a changed score is added to the leaderboard even if nobody requests the leaderboard again', async () => {
  const { source, turn } = gatedSource([[entry('ana', 10), entry('ben', 20)]]);
  const boards = createBoardCache(source, createLog('silent'));
  const filled = boards.get('g', [board]);
  await turn();
  const [ranking] = await filled;
  for (let points = 1; points <= 30; points++) boards.changed('g', 'ana', valueOf('ana', points));
  boards.changed('g', 'ben', undefined);
  await expect.poll(() => shown(ranking)).toEqual(['1 ana 30']);
});

test('if a changed score cannot be added, the error is logged and the leaderboard is read again', async () => {
  const { source, turn, readings } = gatedSource([[entry('ana', 10)]]);
  const lines: string[] = [];
  const boards = createBoardCache(source, createLog('error', { write: (line) => void lines.push(line) }));
  const filled = boards.get('g', [board]);
  await turn();
  const [ranking] = await filled;
  if (!ranking) throw new Error('there is no leaderboard');
  Object.assign(ranking, {
    put() {
      throw new RangeError('pretended');
    },
  });
  boards.changed('g', 'ana', valueOf('ana', 50));
  await expect.poll(() => lines.join('')).toContain('pretended');
  const again = boards.get('g', [board]);
  await turn();
  expect(shown((await again)[0])).toEqual(['1 ana 10']);
  expect(readings()).toBe(2);
});

test('concurrent requests for uncached leaderboards of a server read the scores only once', async () => {
  const { source, turn, readings } = gatedSource([[entry('ana', 10)]]);
  const boards = createBoardCache(source, createLog('silent'));
  const [first, second] = [boards.get('g', [board, { by: 'points', window: '2026-W48' }]), boards.get('g', [board])];
  await turn();
  const [one] = await first;
  const [two] = await second;
  expect(shown(one)).toEqual(['1 ana 10']);
  expect(two).toBe(one);
  expect(readings()).toBe(1);
});

test('if reading a leaderboard failed, the next request reads the leaderboard again', async () => {
  let broken = true;
  const boards = createBoardCache(
    {
      async *entriesOf() {
        if (broken) throw new Error('pretended');
        yield [['ana', [entry('ana', 10)]]];
      },
      async *entriesOfRound() {},
    },
    createLog('silent'),
  );
  const both = await Promise.allSettled([boards.get('g', [board]), boards.get('g', [board])]);
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  broken = false;
  expect(shown((await boards.get('g', [board]))[0])).toEqual(['1 ana 10']);
});

test('if the cache is full, the least recently used leaderboards are removed from the cache', async () => {
  const read: string[] = [];
  const boards = createBoardCache(
    {
      async *entriesOf(scope) {
        read.push(scope);
        yield Array.from({ length: 100 }, (_, user) => [`${user}`, [entry(`${user}`, user)]] as const);
      },
      async *entriesOfRound() {},
    },
    createLog('silent'),
    { most: 400 },
  );
  for (const scope of ['a', 'b', 'c', 'a', 'd', 'a', 'c', 'b']) await boards.get(scope, [board]);
  expect(read).toEqual(['a', 'b', 'c', 'd', 'b']);
  // A leaderboard that is larger than the cache is kept until another leaderboard is requested.
  const large = createBoardCache(
    {
      async *entriesOf(scope) {
        read.push(scope);
        yield Array.from({ length: 100 }, (_, user) => [`${user}`, [entry(`${user}`, user)]] as const);
      },
      async *entriesOfRound() {},
    },
    createLog('silent'),
    { most: 50 },
  );
  read.length = 0;
  for (const scope of ['a', 'a', 'b', 'a']) await large.get(scope, [board]);
  expect(read).toEqual(['a', 'b', 'a']);
});

test('leaderboards contain members stored in the old format and members stored in the new format', async () => {
  const store = memoryStore();
  const old = {
    v: 1,
    name: 'Ana',
    windows: { all: { points: 30, right: 2, answered: 3 } },
    applied: [],
    practised: { week: '2026-W48', questions: [] },
  };
  await store.set('member/g/ana', old);
  await store.set('member/g/ben', valueOf('ben', 20));
  const settings = createSettingsStore(store);
  const membership = { isMember: async () => true };
  const packs = { at: async () => ({ facts: { entry: () => undefined, pack: { id: 'p' } } }) };
  const scores = createScoreStore({ store, settings, packs, membership, log: createLog('silent') });
  expect(shown((await scores.boards('g', [board]))[0])).toEqual(['1 ana 30', '2 ben 20']);
  await store.set('member/g/cem', { v: 2, name: 'Cem' });
  await expect(scores.boards('g', [{ by: 'points', window: '2026-11' }])).resolves.toHaveLength(1);
  await store.set('member/g/dora', { ...valueOf('dora', 20), windows: { all: { all: 'broken', topics: {} } } });
  await expect(scores.boards('g', [{ by: 'accuracy', window: 'all' }])).rejects.toThrow('"member/g/dora"');
});

test('a leaderboard is removed from the cache after a day without requests', async () => {
  let reads = 0;
  let now = 0;
  const boards = createBoardCache(
    {
      async *entriesOf() {
        reads++;
        yield [['ana', [entry('ana', 10)]]];
      },
      async *entriesOfRound() {},
    },
    createLog('silent'),
    { now: () => now },
  );
  await boards.get('g', [board]);
  now += 23 * 3_600_000;
  await boards.get('g', [board]);
  expect(reads).toBe(1);
  now += 25 * 3_600_000;
  await boards.get('g', [board]);
  expect(reads).toBe(2);
});

test('while a large page of a leaderboard is read, other events are handled', async () => {
  const users = Array.from({ length: 100_000 }, (_, index) => String(index));
  let turns = 0;
  let turnsOfPage = 0;
  const source: BoardSource = {
    async *entriesOf() {
      const counting = setInterval(() => turns++, 0);
      yield users.map((user) => [user, [entry(user, Number(user))]] as const);
      turnsOfPage = turns;
      clearInterval(counting);
    },
    async *entriesOfRound() {},
  };
  const [ranking] = await createBoardCache(source, createLog('silent')).get('g', [board]);
  expect(turnsOfPage).toBeGreaterThan(1);
  expect(ranking?.size).toBe(users.length);
});
