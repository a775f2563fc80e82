/**
 * Child process of a benchmark (`node --expose-gc measure-scores.js players servers [sqlite|postgres]`). Measures the
 * score store with this number of players and servers. For comparison, also measures a simple approach that stores one
 * document per player (see scores-bench.ts). Sends the results to the parent process.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { KeyvSqlite } from '@keyv/sqlite';
import { Keyv } from 'keyv';
import type { BoardView } from '../../src/chat/boards/board-view.ts';
import { showBoard } from '../../src/chat/boards/board-views.ts';
import type { CommandContext } from '../../src/chat/command-context.ts';
import type { Board } from '../../src/core/scores/board.ts';
import { dice } from '../../src/core/dice.ts';
import { monthId, weekId, dayNumber } from '../../src/core/scores/time-windows.ts';
import { createLog } from '../../src/log.ts';
import { createScoreStore } from '../../src/bot/scores/score-store.ts';
import { createSettingsStore } from '../../src/bot/settings-store.ts';
import { createFacts } from '../../src/core/pack/facts.ts';
import { readPack } from '../../src/bot/packs/read-pack.ts';
import { createRetries } from '../../src/bot/retries.ts';
import { realClock } from '../../src/clock.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import { withSummary } from '../../src/store/summary.ts';
import { memberSummary } from '../../src/core/scores/member-summary.ts';
import { openSqlite, type SqliteStore } from '../../src/store/sqlite.ts';
import { dropSchema } from '../support/temporary-store.ts';
import { longest, watchDelays } from './delays.ts';
import { homeOf, nameOf, now, resultOf, userOf, valuesOfPlayers } from './scores-players.ts';

export interface ScoresMeasured {
  readonly store: 'sqlite' | 'postgres';
  /** Number of players per server. */
  readonly players: number;
  readonly servers: number;
  readonly valueBytes: number;
  /**
   * Times in ms. Each measurement is repeated several times, because other programs on the machine disturb some
   * repeats.
   */
  readonly settle: Repeats;
  readonly topTen: Repeats;
  readonly ownRank: Repeats;
  readonly farPage: Repeats;
  readonly cold: Repeats;
  /**
   * Processor time per call in ms, including SQLite's threads. On a busy machine, processor time varies less than
   * elapsed time.
   */
  readonly settleCpu: number;
  readonly coldCpu: number;
  /** The longest event loop delay in ms while the bot read a leaderboard that was not in memory. */
  readonly coldSlice: Repeats;
  /** Like `coldSlice`, but without the time for which the process waited for a processor. */
  readonly coldOwnSlice: Repeats;
  /** Memory for each entry of a leaderboard, in bytes. */
  readonly bytesPerEntry: number;
  readonly memoryMb: number;
  /**
   * Results of the simple approach. Absent for PostgreSQL, and if measuring this number of players would take minutes.
   */
  readonly naive?: {
    readonly settle: readonly number[];
    readonly topTen: readonly number[];
    /** Times with the iterator of keyv. Empty if the measurement failed or was skipped. */
    readonly iterator: readonly number[];
    readonly iteratorFailed?: string;
  };
}
export type Repeats = readonly (readonly number[])[];

const [, , playersText = '1000', serversText = '1', storeText = 'sqlite'] = process.argv;
const kind = storeText === 'postgres' ? 'postgres' : 'sqlite';
const [players, servers] = [Number(playersText), Number(serversText)];
const answersEach = Math.min(200, players);
const repeats = 5;
const settlements = 25;
const looks = 2_000;
/** Number of requests for leaderboards that are not in memory, in each of the `coldRepeats` repeats. */
const coldLooks = servers > 1 ? 40 : 1;
const coldRepeats = players > 100_000 ? 2 : repeats;
const batch = 2_000;

/** Processor time that the process has used so far, in ms. */
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

async function repeated(count: number, work: (repeat: number) => Promise<unknown>): Promise<number[][]> {
  const all: number[][] = [];
  for (let repeat = 0; repeat < repeats; repeat++)
    all.push(await timed(count, (index) => work(repeat * count + index)));
  return all;
}

const memory = () => {
  global.gc?.();
  global.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 2 ** 20;
};

const folder = await mkdtemp(join(tmpdir(), 'caspian-bench-'));
const { store, fillStore, filled, remove } = await (kind === 'postgres' ? onPostgres() : onSqlite());
const chance = dice(7);
const log = createLog('silent');
const settings = createSettingsStore(store);
const facts = createFacts((await readPack(new URL('.', import.meta.resolve('#data/russia-iran/pack.yaml')))).pack);
const membership = { isMember: async () => true };
const newScores = () => createScoreStore({ store, settings, packs: { at: async () => ({ facts }) }, membership, log });

// ---- Filling the database

const valueOf = valuesOfPlayers();
let valueBytes = 0;
for (let server = 0; server < servers; server++)
  for (let first = 0; first < players; first += batch) {
    const rows = Array.from({ length: Math.min(batch, players - first) }, (_, index) => {
      const value = valueOf(first + index + server);
      const text = withSummary(JSON.stringify({ value }), memberSummary(value));
      valueBytes += text.length;
      return [`member/${homeOf(server)}/${userOf(first + index)}`, text] as const;
    });
    await fillStore(rows);
  }
await filled();

// ---- The bot's own score store

const contextOf = (scores: CommandContext['scores'], scope: string, player: number) =>
  // Leaderboards use only these fields of a command context.
  ({
    scores,
    settings,
    pack: async () => ({ facts }),
    who: { id: userOf(player), name: nameOf(player), roles: [], moderator: false, manager: false },
    where: { channel: 'c', guild: scope, scope, shard: 0, missingPermissions: [] },
    at: now,
  }) as unknown as CommandContext;
const today = dayNumber(now, 'UTC');
const windows = [weekId(today), weekId(today - 7), monthId(today), 'all'];
const points = (window: string): Board => ({ by: 'points', window });
const view = (from: BoardView['from']): BoardView => ({ by: 'points', window: 'all', from, ephemeral: true });
const somePlayer = () => chance.below(players);

const before = memory();
let coldCpu = 0;
const cold: number[][] = [];
let scores = newScores();
const coldSlice: number[][] = [];
const coldOwnSlice: number[][] = [];
const watch = watchDelays();
for (let repeat = 0; repeat < coldRepeats; repeat++) {
  cold.push([]);
  coldSlice.push([]);
  coldOwnSlice.push([]);
  for (let look = 0; look < coldLooks; look++) {
    scores = newScores();
    watch.take();
    const from = performance.now();
    const cpuBefore = cpu();
    await scores.boards(homeOf((repeat * coldLooks + look) % servers), [points('all')]);
    cold.at(-1)?.push(performance.now() - from);
    coldCpu += (cpu() - cpuBefore) / (coldRepeats * coldLooks);
    const delays = watch.take();
    coldSlice.at(-1)?.push(longest(delays));
    coldOwnSlice.at(-1)?.push(longest(delays.map((one) => ({ ...one, ms: one.ms - one.waited }))));
  }
}
watch.stop();
const scope = homeOf(0);
if (servers > 1) {
  scores = newScores();
  await scores.boards(scope, [points('all')]);
}
const memoryMb = memory() - before;
// Loads the leaderboards of this week, last week, this month and all time. From now on, every result updates them.
await scores.boards(scope, windows.map(points));

const look = (from: BoardView['from'], player: () => number) => () =>
  showBoard(view(from), contextOf(scores, scope, player()));
const best = scores.boards(scope, [points('all')]).then(([board]) => board?.slice(0, 1)[0]?.user);
const bestPlayer = Number((BigInt((await best) ?? '0') - 100_000_000_000_000_000n) / 7_919n);
await timed(looks, look(0, somePlayer));
const topTen = await repeated(
  looks,
  look(0, () => bestPlayer),
);
const ownRank = await repeated(looks, look(0, somePlayer));
const farPage = await repeated(looks, () => look(Math.floor(chance.below(players) / 10) * 10, somePlayer)());

const answerers = () => {
  const chosen = new Set<number>();
  while (chosen.size < answersEach) chosen.add(somePlayer());
  return [...chosen];
};
const settleOne = (round: number) =>
  scores.apply(answerers().map((player) => resultOf(scope, player, `bench-${round}`, round % 10, now)));
await timed(10, (round) => settleOne(-1 - round));
const cpuBefore = cpu();
const settle = await repeated(settlements, settleOne);
const settleCpu = (cpu() - cpuBefore) / (settlements * repeats);

// ---- The simple approach: one document per player

const allPlayers = servers * players;
interface Naive {
  readonly name: string;
  readonly points: number;
}
const ranked = (all: readonly (readonly [string, Naive])[], me: string) => {
  const sorted = all.toSorted(([, a], [, b]) => b.points - a.points);
  return { top: sorted.slice(0, 10), mine: sorted.findIndex(([id]) => id === me) + 1 };
};

async function measureNaive(): Promise<NonNullable<ScoresMeasured['naive']>> {
  const naiveStore = new KeyvSqlite({ uri: `sqlite://${join(folder, 'naive.sqlite')}` });
  await naiveStore.query('PRAGMA journal_mode = WAL');
  await naiveStore.query('PRAGMA synchronous = NORMAL');
  const naive = new Keyv({ store: naiveStore, namespace: 'player' });
  for (let first = 0; first < allPlayers; first += batch) {
    const rows = Array.from({ length: Math.min(batch, allPlayers - first) }, (_, index) => {
      const player = (first + index) % players;
      const value = { name: nameOf(player), points: valueOf(player).windows['all']?.all[0] };
      const server = homeOf(Math.floor((first + index) / players));
      return [`player:${server}:${userOf(player)}`, JSON.stringify({ value })] as const;
    });
    await fill(naiveStore, rows);
  }
  const naiveLooks = players > 10_000 ? 1 : 5;
  const ids = Array.from({ length: players }, (_, player) => `${scope}:${userOf(player)}`);
  const topTen = await timed(naiveLooks, async () => {
    const all: (readonly [string, Naive])[] = [];
    for (const id of ids) {
      const value = await naive.get<Naive>(id);
      if (value) all.push([id, value]);
    }
    return ranked(all, ids[somePlayer()] ?? '');
  });
  let iteratorFailed: string | undefined = allPlayers > 100_000 ? 'not tried' : undefined;
  const read = async () => {
    const all: (readonly [string, Naive])[] = [];
    for await (const [id, value] of naive.iterator?.({}) ?? []) if (String(id).startsWith(scope)) all.push([id, value]);
    return ranked(all, ids[somePlayer()] ?? '');
  };
  const iterator = await timed(iteratorFailed ? 0 : naiveLooks, read).catch((error: unknown) => {
    iteratorFailed = error instanceof Error ? error.message : String(error);
    return [];
  });
  const settle = await timed(10, async () => {
    for (const player of answerers()) {
      const id = ids[player] ?? '';
      const old = await naive.get<Naive>(id);
      await naive.set(id, { name: nameOf(player), points: (old?.points ?? 0) + 10 });
    }
  });
  await naiveStore.close();
  return { settle, topTen, iterator, ...(iteratorFailed && { iteratorFailed }) };
}

const measured: ScoresMeasured = {
  store: kind,
  players,
  servers,
  valueBytes: valueBytes / allPlayers,
  settle,
  topTen,
  ownRank,
  farPage,
  cold,
  settleCpu,
  coldCpu,
  coldSlice,
  coldOwnSlice,
  bytesPerEntry: (memoryMb * 2 ** 20) / players,
  memoryMb,
  ...(kind === 'sqlite' && players <= 100_000 && { naive: await measureNaive() }),
};
process.send?.(measured);
await store.close();
await remove();
await rm(folder, { recursive: true });

// ---- The stores

type Rows = readonly (readonly [key: string, text: string])[];

function fill(store: Pick<SqliteStore, 'query'>, rows: Rows): Promise<unknown> {
  return store.query(`INSERT INTO keyv (key, value) VALUES ${rows.map(() => '(?, ?)').join(', ')}`, ...rows.flat());
}

async function onSqlite() {
  const store = await openSqlite(join(folder, 'store.sqlite'));
  await store.query('BEGIN');
  return {
    store,
    fillStore: (rows: Rows) => fill(store, rows),
    async filled() {
      await store.query('COMMIT');
      await store.query('PRAGMA wal_checkpoint(TRUNCATE)');
    },
    remove: async () => undefined,
  };
}

async function onPostgres() {
  const address = process.env['TEST_DATABASE_URL'] ?? '';
  const schema = `caspian_bench_${process.pid}`;
  const silent = createLog('silent');
  const store = await openPostgres({ address, schema, repeat: createRetries(realClock, silent).repeat, log: silent });
  return {
    store,
    fillStore: (rows: Rows) =>
      store.query('INSERT INTO keyv (key, value) SELECT * FROM unnest($1::text[], $2::text[])', [
        rows.map(([key]) => key),
        rows.map(([, text]) => text),
      ]),
    filled: async () => void (await store.query('ANALYZE keyv')),
    remove: () => dropSchema(address, schema),
  };
}
