/**
 * Measures the score store with increasing numbers of players, and compares it with a simple approach. The simple
 * approach stores one document per player. For each leaderboard, it reads and sorts the documents of all players,
 * either key by key or with the iterator of keyv.
 */
import { fork } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { digits, quantile } from './report.ts';
import type { Repeats, ScoresMeasured } from './measure-scores.ts';

/** Each pair contains the number of players per server and the number of servers. */
const sizes = [
  [1_000, 1],
  [10_000, 1],
  [100_000, 1],
  [100, 10_000],
  [1_000_000, 1],
] as const;
/**
 * Prints progress to stderr, writes the results to a JSON file in dist/bench, and returns Markdown. The option
 * `--most=N` leaves out servers with more than N players.
 */
export async function benchScores(options: readonly string[] = []): Promise<string> {
  const started = performance.now();
  const all: ScoresMeasured[] = [];
  const file = new URL('../../bench/scores.json', import.meta.url);
  await mkdir(new URL('.', file), { recursive: true });
  const most = Number(options.find((option) => option.startsWith('--most='))?.slice('--most='.length) ?? Infinity);
  const onPostgres: ScoresMeasured[] = [];
  for (const [players, servers] of sizes.filter(([each]) => each <= most)) {
    all.push(await measured(players, servers, 'sqlite'));
    if (process.env['TEST_DATABASE_URL']) onPostgres.push(await measured(players, servers, 'postgres'));
    // The file is written after each size, so that an interrupted run keeps its results.
    await writeFile(file, `${JSON.stringify([...all, ...onPostgres].map(figuresOf), undefined, 2)}\n`);
  }
  return [
    '## Scores',
    `One SQLite file; each size is measured in its own process. Top ten, own rank and far page: the whole answer of
/leaderboard with its card, for the best player, for a random player, and for a random page. Settle: the results of one
question that 200 players have answered. Cold board: a leaderboard that is not in memory. Each measurement is repeated five
times (a cold board of a million players twice). The tables show the best repeat, because other programs disturb some
repeats; the targets use the worst. Slice: the longest event loop delay. "Own" slices do not include the time for which
the process waited for a processor. For comparison: one document {name, points} for each player; all documents are read
one by one, or with the iterator of keyv, and then sorted (not for a million players, because one answer takes minutes).
\u00d7 is the time of this approach divided by the bot's. Node ${process.version}; ${((performance.now() - started) / 60_000).toFixed(1)} minutes.`,
    sizeTable(all),
    `### On PostgreSQL\n\n${onPostgres.length > 0 ? sizeTable(onPostgres) : 'Not measured: TEST_DATABASE_URL is not set.'}`,
    naiveTable(all),
    `### Targets on SQLite\n\n${targetTable(all)}`,
    ...(onPostgres.length > 0 ? [`### Targets on PostgreSQL\n\n${targetTable(onPostgres)}`] : []),
    `JSON: ${fileURLToPath(file)}`,
  ].join('\n\n');
}

function measured(players: number, servers: number, store: ScoresMeasured['store']): Promise<ScoresMeasured> {
  const started = performance.now();
  process.stderr.write(`${servers} \u00d7 ${players} players, ${store}: `);
  return new Promise((resolve, reject) => {
    const child = fork(new URL('./measure-scores.js', import.meta.url), [String(players), String(servers), store], {
      execArgv: ['--expose-gc'],
    });
    let result: ScoresMeasured | undefined;
    // The cast is safe because measure-scores.ts sends only this message.
    child.on('message', (message) => (result = message as ScoresMeasured));
    child.on('error', reject);
    child.on('exit', (code) => {
      process.stderr.write(`${((performance.now() - started) / 1_000).toFixed(0)} s\n`);
      return result
        ? resolve(result)
        : reject(new Error(`${servers} \u00d7 ${players} ended with ${code} and no result`));
    });
  });
}

const p50 = (times: readonly number[]) => quantile(times, 0.5);
const p99 = (times: readonly number[]) => quantile(times, 0.99);
/** Sorts the repeats by their 99th percentile, lowest first. */
const inOrder = (repeats: Repeats) => repeats.toSorted((a, b) => p99(a) - p99(b));
const best = (repeats: Repeats) => inOrder(repeats)[0] ?? [];
const worst = (repeats: Repeats) => inOrder(repeats).at(-1) ?? [];

/** Summarises the results for one size. Times are medians and 99th percentiles in ms. */
function figuresOf(one: ScoresMeasured) {
  const both = (times: readonly number[]) => ({ p50: p50(times), p99: p99(times) });
  const all = (repeats: Repeats) => ({ best: both(best(repeats)), worst: both(worst(repeats)) });
  const { players, servers, valueBytes, settleCpu, coldCpu, coldSlice, memoryMb, bytesPerEntry, naive } = one;
  return {
    store: one.store,
    players,
    servers,
    valueBytes,
    settle: all(one.settle),
    topTen: all(one.topTen),
    ownRank: all(one.ownRank),
    farPage: all(one.farPage),
    cold: all(one.cold),
    settleCpu,
    coldCpu,
    coldSlice: all(coldSlice),
    coldOwnSlice: all(one.coldOwnSlice),
    memoryMb,
    bytesPerEntry,
    naive: naive && {
      settle: both(naive.settle),
      topTen: both(naive.topTen),
      iterator: naive.iteratorFailed ?? both(naive.iterator),
    },
  };
}

const sizeName = ({ players, servers }: ScoresMeasured) =>
  servers === 1 ? players.toLocaleString('en') : `${servers.toLocaleString('en')} \u00d7 ${players}`;
const table = (head: string, rows: readonly string[]) =>
  [
    head,
    head
      .split('|')
      .map((_, column) => (column === 0 ? '---' : '--:'))
      .join(' | '),
    ...rows,
  ]
    .map((line) => `| ${line} |`)
    .join('\n');
const ms = (value: number) => (value < 10 ? value.toFixed(2) : value.toFixed(0));

function sizeTable(all: readonly ScoresMeasured[]): string {
  const rows = all.map((one) =>
    [
      sizeName(one),
      ...[one.topTen, one.ownRank, one.farPage, one.settle, one.cold].flatMap((times) =>
        [p50(best(times)), p99(best(times))].map(ms),
      ),
      ms(p99(best(one.coldSlice))),
      ms(p99(best(one.coldOwnSlice))),
      ms(one.settleCpu),
      ms(one.coldCpu),
      one.memoryMb.toFixed(1),
      one.bytesPerEntry.toFixed(0),
      one.valueBytes.toFixed(0),
    ].join(' | '),
  );
  return table(
    'players | top ten ms | p99 | own rank ms | p99 | far page ms | p99 | settle 200 ms | p99 | cold board ms | p99 | longest slice ms | own slice ms | settle CPU ms | cold CPU ms | board MB | bytes a player | stored bytes',
    rows,
  );
}

function naiveTable(all: readonly ScoresMeasured[]): string {
  const slower = (theirs: readonly number[], ours: Repeats) => digits(p50(theirs) / p50(best(ours)), 2);
  const rows = all.flatMap((one) => {
    const { naive } = one;
    if (!naive) return [];
    return [
      sizeName(one),
      ms(p50(naive.topTen)),
      slower(naive.topTen, one.ownRank),
      ...(naive.iteratorFailed === undefined
        ? [ms(p50(naive.iterator)), slower(naive.iterator, one.ownRank)]
        : [naive.iteratorFailed, '\u2013']),
      ms(p50(naive.settle)),
      slower(naive.settle, one.settle),
    ].join(' | ');
  });
  return `### The simple approach\n\n${table('players | read and sort ms | \u00d7 | keyv\u2019s iterator ms | \u00d7 | settle 200 ms | \u00d7', rows)}`;
}

function targetTable(all: readonly ScoresMeasured[]): string {
  const of = (players: number) => all.filter((one) => one.players === players);
  const most = (what: (one: ScoresMeasured) => Repeats, among = all): readonly [number, number] => [
    Math.max(...among.map((one) => p99(best(what(one))))),
    Math.max(...among.map((one) => p99(worst(what(one))))),
  ];
  const [small] = of(1_000);
  const growth = (what: 'topTen' | 'ownRank'): readonly [number, number] => {
    const times = Math.max(...of(100_000).map((one) => p50(best(one[what])) / p50(best(small?.[what] ?? []))));
    return [times, times];
  };
  const rows: readonly (readonly [string, readonly [number, number], number])[] = [
    ['top ten, p99 ms', most(({ topTen }) => topTen), 5],
    ['own rank, p99 ms', most(({ ownRank }) => ownRank), 5],
    ['top ten, 100,000 beside 1,000', growth('topTen'), Math.log(100_000) / Math.log(1_000)],
    ['own rank, 100,000 beside 1,000', growth('ownRank'), Math.log(100_000) / Math.log(1_000)],
    ['settling 200 answers at 100,000, p99 ms', most(({ settle }) => settle, of(100_000)), 50],
    ['cold board of 100, p99 ms', most(({ cold }) => cold, of(100)), 20],
    ['cold board of 100,000, ms', most(({ cold }) => cold, of(100_000)), 1_500],
    ['cold board of 1,000,000, ms', most(({ cold }) => cold, of(1_000_000)), 6_000],
    ['longest slice of a cold board, ms', most(({ coldSlice }) => coldSlice), 20],
    ['longest own slice of a cold board, ms', most(({ coldOwnSlice }) => coldOwnSlice), 20],
  ];
  return table(
    'target | best repeat | worst | at most | met',
    rows
      .filter(([, [, value]]) => Number.isFinite(value))
      .map(([name, [value, worst], limit]) =>
        [name, digits(value), digits(worst), digits(limit), worst <= limit ? 'yes' : '**no**'].join(' | '),
      ),
  );
}
