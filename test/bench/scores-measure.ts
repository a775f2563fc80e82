/**
 * Scores on the default store at one size, in a process of its own (`node --expose-gc scores-measure.js players servers`),
 * and beside it what people would write first. Sends what it measured to the process that started it.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { KeyvSqlite } from '@keyv/sqlite';
import { Keyv } from 'keyv';
import { type View, showBoard } from '../../src/chat/board-views.ts';
import type { Call } from '../../src/chat/command.ts';
import type { Board } from '../../src/core/board.ts';
import { dice } from '../../src/core/dice.ts';
import { monthOf, weekOf, dayOf } from '../../src/core/weeks.ts';
import { createLog } from '../../src/log.ts';
import { createScores } from '../../src/scores.ts';
import { createSettings } from '../../src/settings.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { homeOf, nameOf, now, resultOf, userOf, valuesOfPlayers } from './scores-players.ts';

export interface ScoresMeasured {
  /** Players in each server, and servers. */
  readonly players: number;
  readonly servers: number;
  readonly valueBytes: number;
  /** All times in milliseconds, one for each repeat. */
  readonly settle: readonly number[];
  readonly topTen: readonly number[];
  readonly ownRank: readonly number[];
  readonly farPage: readonly number[];
  readonly cold: readonly number[];
  /** Processor time of one, in ms, SQLite's threads included: steadier than the clock on a machine that others use too. */
  readonly settleCpu: number;
  readonly coldCpu: number;
  /** The longest the event loop stood still while a cold board was filled. */
  readonly coldSlice: number;
  /** Bytes in memory for one more player on one more board. */
  readonly bytesPerEntry: number;
  readonly memoryMb: number;
  readonly naive: {
    readonly settle: readonly number[];
    /** Empty where it did not end. */
    readonly topTen: readonly number[];
    readonly iterator: readonly number[];
    readonly iteratorFailed?: string;
  };
}

const [, , playersText = '1000', serversText = '1'] = process.argv;
const [players, servers] = [Number(playersText), Number(serversText)];
const answersEach = Math.min(200, players);
const settlements = 40;
const looks = 5_000;
const coldLooks = servers > 1 ? 200 : players > 10_000 ? 3 : 10;
const batch = 2_000;

/** Processor time of the whole process so far, in ms. */
const cpu = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};

async function timed(repeats: number, work: (repeat: number) => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let repeat = 0; repeat < repeats; repeat++) {
    const from = performance.now();
    await work(repeat);
    times.push(performance.now() - from);
  }
  return times;
}

const memory = () => {
  global.gc?.();
  global.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 2 ** 20;
};

const folder = await mkdtemp(join(tmpdir(), 'caspian-bench-'));
const book = await openSqlite(join(folder, 'book.sqlite'));
const chance = dice(7);
const log = createLog('silent');
const settings = createSettings(book);
const facts = { entry: () => undefined, pack: { topics: [] } } as unknown as Call['facts'];
const people = { isMember: async () => true };
const newScores = () => createScores({ book, settings, studies: { at: () => ({ facts }) }, people, log });

// ---- Filling the file

const valueOf = valuesOfPlayers();
let valueBytes = 0;
for (let server = 0; server < servers; server++)
  for (let first = 0; first < players; first += batch) {
    const rows = Array.from({ length: Math.min(batch, players - first) }, (_, index) => {
      const text = JSON.stringify({ value: valueOf(first + index + server) });
      valueBytes += text.length;
      return [`member/${homeOf(server)}/${userOf(first + index)}`, text];
    });
    await book.query(
      'INSERT INTO keyv (key, value) SELECT value ->> 0, value ->> 1 FROM json_each(?)',
      JSON.stringify(rows),
    );
  }
await book.query('PRAGMA wal_checkpoint(TRUNCATE)');

// ---- Ours

const call = (scores: Call['scores'], home: string, player: number) =>
  // What a board asks of a call; nothing else is looked at.
  ({
    scores,
    settings,
    facts,
    who: { id: userOf(player), name: nameOf(player), roles: [], moderator: false, manager: false },
    where: { channel: 'c', guild: home, home, lacks: [] },
    at: now,
  }) as unknown as Call;
const today = dayOf(now, 'UTC');
const windows = [weekOf(today), weekOf(today - 7), monthOf(today), 'all'];
const points = (window: string): Board => ({ by: 'points', window });
const view = (from: View['from']): View => ({ by: 'points', scope: 'all', from, hidden: true });
const somePlayer = () => chance.below(players);

const before = memory();
let slice = 0;
let coldCpu = 0;
const cold: number[] = [];
for (let repeat = 0; repeat < coldLooks; repeat++) {
  const fresh = newScores();
  const lag = monitorEventLoopDelay({ resolution: 1 });
  lag.enable();
  const from = performance.now();
  const cpuBefore = cpu();
  await fresh.boards(homeOf(repeat % servers), [points('all')]);
  cold.push(performance.now() - from);
  coldCpu += (cpu() - cpuBefore) / coldLooks;
  // One more turn of the loop, so that what held the last one up is counted.
  await new Promise((resolve) => setTimeout(resolve, 2));
  lag.disable();
  // The meter waits one millisecond of its own each time.
  slice = Math.max(slice, lag.max / 1e6 - 1);
}
const home = homeOf(0);
const scores = newScores();
await scores.boards(home, [points('all')]);
const memoryMb = memory() - before;
// Boards that play keeps up: this week, last week, this month and all time.
await scores.boards(home, windows.map(points));

const look = (from: View['from'], player: () => number) => () => showBoard(view(from), call(scores, home, player()));
const best = scores.boards(home, [points('all')]).then(([board]) => board?.slice(0, 1)[0]?.user);
const bestPlayer = Number((BigInt((await best) ?? '0') - 100_000_000_000_000_000n) / 7_919n);
await timed(looks, look(0, somePlayer));
const topTen = await timed(
  looks,
  look(0, () => bestPlayer),
);
const ownRank = await timed(looks, look(0, somePlayer));
const farPage = await timed(looks, () => look(Math.floor(chance.below(players) / 10) * 10, somePlayer)());

const answerers = () => {
  const chosen = new Set<number>();
  while (chosen.size < answersEach) chosen.add(somePlayer());
  return [...chosen];
};
const cpuBefore = cpu();
const settle = await timed(settlements + 3, (round) =>
  scores.apply(answerers().map((player) => resultOf(home, player, `bench-${round}`, round % 10, now))),
);

const settleCpu = (cpu() - cpuBefore) / (settlements + 3);

// ---- What people would write first

const naiveStore = new KeyvSqlite({ uri: `sqlite://${join(folder, 'naive.sqlite')}` });
await naiveStore.query('PRAGMA journal_mode = WAL');
await naiveStore.query('PRAGMA synchronous = NORMAL');
const naive = new Keyv({ store: naiveStore, namespace: 'player' });
const inAll = servers * players;
for (let first = 0; first < inAll; first += batch) {
  const rows = Array.from({ length: Math.min(batch, inAll - first) }, (_, index) => {
    const player = (first + index) % players;
    const value = { name: nameOf(player), points: valueOf(player).windows['all']?.all[0] };
    const server = homeOf(Math.floor((first + index) / players));
    return [`player:${server}:${userOf(player)}`, JSON.stringify({ value })];
  });
  await naiveStore.query(
    'INSERT INTO keyv (key, value) SELECT value ->> 0, value ->> 1 FROM json_each(?)',
    JSON.stringify(rows),
  );
}
interface Naive {
  readonly name: string;
  readonly points: number;
}
const naiveLooks = players > 100_000 ? 1 : players > 10_000 ? 2 : 10;
const ranked = (all: readonly (readonly [string, Naive])[], me: string) => {
  const sorted = all.toSorted(([, a], [, b]) => b.points - a.points);
  return { top: sorted.slice(0, 10), mine: sorted.findIndex(([id]) => id === me) + 1 };
};
const ids = Array.from({ length: players }, (_, player) => `${home}:${userOf(player)}`);
const naiveTop = await timed(naiveLooks, async () => {
  const all: (readonly [string, Naive])[] = [];
  for (const id of ids) {
    const value = await naive.get<Naive>(id);
    if (value) all.push([id, value]);
  }
  return ranked(all, ids[somePlayer()] ?? '');
});
let iteratorFailed: string | undefined;
const iterated = await timed(players > 100_000 || servers > 1 ? 1 : naiveLooks, async () => {
  const all: (readonly [string, Naive])[] = [];
  for await (const [id, value] of naive.iterator?.({}) ?? []) if (String(id).startsWith(home)) all.push([id, value]);
  return ranked(all, ids[somePlayer()] ?? '');
}).catch((error: unknown) => {
  iteratorFailed = error instanceof Error ? error.message : String(error);
  return [];
});
const naiveSettle = await timed(10, async () => {
  for (const player of answerers()) {
    const id = ids[player] ?? '';
    const old = await naive.get<Naive>(id);
    await naive.set(id, { name: nameOf(player), points: (old?.points ?? 0) + 10 });
  }
});

const measured: ScoresMeasured = {
  players,
  servers,
  valueBytes: valueBytes / inAll,
  // The first ones warm up.
  settle: settle.slice(3),
  topTen,
  ownRank,
  farPage,
  cold,
  settleCpu,
  coldCpu,
  coldSlice: Math.max(0, slice),
  bytesPerEntry: (memoryMb * 2 ** 20) / players,
  memoryMb,
  naive: { settle: naiveSettle, topTen: naiveTop, iterator: iterated, ...(iteratorFailed && { iteratorFailed }) },
};
process.send?.(measured);
await book.close();
await naiveStore.close();
await rm(folder, { recursive: true });
