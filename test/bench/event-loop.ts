/**
 * Child process of a benchmark (`node event-loop.js folder`). Loads the pack in the folder as the bot does, and
 * searches the pack as members do. Meanwhile, measures event loop delays. Sends the results to the parent process.
 */
import { performance } from 'node:perf_hooks';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { createFacts, searchEntry } from '../../src/core/pack/facts.ts';
import { loadPacksInWorker } from '../../src/bot/packs/load-in-worker.ts';
import { realText, shuffled, dice } from './corpus.ts';
import { type Delay, watchDelays } from './delays.ts';
import { generated, hostile } from './queries.ts';

export interface Watched {
  readonly entries: number;
  readonly loads: readonly { readonly ms: number; readonly delays: readonly Delay[] }[];
  readonly searches: {
    readonly count: number;
    /** The duration of each search, in ms. */
    readonly ms: readonly number[];
    readonly delays: readonly Delay[];
  };
}

const LOADS = 3;
const SEARCHES = 2000;
/** Out of this many searches, one uses hostile text. */
const HOSTILE_OF = 20;
const SEEDS = [21, 22, 23, 24, 25, 26, 27];

const folder = new URL(process.argv[2] ?? '');
const load = async () => {
  const { loaded } = await loadPacksInWorker({ loaded: folder });
  const { pack, vocabulary } = loaded;
  return createFacts(pack, vocabulary);
};

const watch = watchDelays();
let facts = await load();
const loads: Watched['loads'][number][] = [];
for (let count = 0; count < LOADS; count++) {
  // The worker thread of the previous load may still be freeing its memory, which would disturb this load.
  await sleep(500);
  watch.take();
  const from = performance.now();
  facts = await load();
  await nextTurn();
  loads.push({ ms: performance.now() - from, delays: watch.take() });
}

const byId = new Map(facts.pack.entries.map((entry) => [entry.id, entry]));
const entries = shuffled(
  facts.pack.entries.map((entry) => searchEntry(entry, byId)),
  dice(1),
);
const corpus = { entries, absent: (await realText()).absent };
const queries = SEEDS.flatMap((seed) => generated(corpus, entries.length, seed)).map(({ query }) => query);
const search = [
  (query: string) => facts.find(query, ['event']),
  (query: string) => facts.find(query, ['dispute']),
  (query: string) => facts.find(query),
  (query: string) => facts.suggest(query, ['event']),
  (query: string) => facts.suggest(query.slice(0, Math.ceil(query.length / 2))),
];
const mixed = Array.from({ length: SEARCHES }, (_, number) =>
  number % HOSTILE_OF === 0 ? hostile[(number / HOSTILE_OF) % hostile.length] : queries[number % queries.length],
);
const ms: number[] = [];
await nextTurn();
watch.take();
for (const [number, query] of mixed.entries()) {
  const from = performance.now();
  await search[number % search.length]?.(query ?? '');
  ms.push(performance.now() - from);
  await nextTurn();
}
const watched: Watched = {
  entries: entries.length,
  loads,
  searches: { count: ms.length, ms, delays: watch.take() },
};
process.send?.(watched);
watch.stop();
