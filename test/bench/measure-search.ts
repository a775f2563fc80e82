/**
 * Child process of a benchmark (`node --expose-gc measure-search.js engine size seconds`). Measures one engine with an
 * index of one size. The measurement has its own process, so that other engines do not affect memory and speed. Sends
 * the results to the parent process.
 */
import { performance } from 'node:perf_hooks';
import type { SearchEntry } from '../../src/core/search/search-entry.ts';
import { searchEntries } from '../golden/entries.ts';
import { goldenList } from '../golden/golden.ts';
import { realText } from './corpus.ts';
import { engines } from './engines.ts';
import { generated, hostile, type Query } from './queries.ts';

export interface Measured {
  readonly engine: string;
  /**
   * Number of corpus entries. 0 stands for the shipped pack with the golden list, which is a list of queries and their
   * right answers.
   */
  readonly size: number;
  readonly entries: number;
  readonly buildMs: number;
  readonly memoryMb: number;
  /** The result of each query. A slow engine gets only some of the queries. */
  readonly asked: readonly QueryResult[];
  /** For each measured key press: its index among all key presses, and the time of its autocomplete search in ms. */
  readonly keys: readonly (readonly [key: number, ms: number])[];
  /** Times for hostile input in ms, after a warm-up. Empty for engines other than the bot's own engine. */
  readonly hostile: readonly number[];
}

export interface QueryResult {
  readonly number: number;
  readonly sort: string;
  readonly query: string;
  readonly answerable: boolean;
  /** Index (from 0) of the first right entry among the ten best entries. -1 if none of these entries is right. */
  readonly place: number;
  /** Score of the best entry. -1 if no entry was found. */
  readonly score: number;
  readonly told?: 'one' | 'some' | 'none';
  /** Whether the engine gave a single answer and that answer was wrong. */
  readonly wronglySure: boolean;
}

/**
 * Minimum number of queries for each engine. The report divides the number of errors of one engine by that of another.
 * With fewer queries, a single error would change this ratio too much. An engine that can answer more queries in about
 * `seconds` seconds gets more queries. The same minimum applies to the number of typed keys.
 */
const FEWEST = 60;
/** Number of queries that are also typed key by key, to measure autocomplete. */
const TYPED = 60;
const HOSTILE_ROUNDS = 20;

const [, , engineName = '', sizeText = '0', seconds = '0'] = process.argv;
const size = Number(sizeText);

type Synonyms = readonly (readonly string[])[];

async function loadInput(): Promise<readonly [readonly SearchEntry[], readonly Query[], Synonyms]> {
  if (size > 0) {
    const corpus = await realText();
    return [corpus.entries.slice(0, size), generated(corpus, size), []];
  }
  const [{ entries, synonyms }, list] = await Promise.all([searchEntries(), goldenList('russia-iran.yaml')]);
  return [entries, list.map((asked) => ({ ...asked, expect: new Set(asked.expect) })), synonyms];
}

const timed = <T>(work: () => T): readonly [T, number] => {
  const from = performance.now();
  return [work(), performance.now() - from];
};

/** Picks `count` items at equal distances. */
function sampleOf<T>(items: readonly T[], count: number): readonly T[] {
  if (items.length <= count) return items;
  return Array.from({ length: count }, (_, index) => items[Math.floor((index * items.length) / count)]).flatMap(
    (item) => (item === undefined ? [] : [item]),
  );
}

const memory = () => {
  global.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 2 ** 20;
};

const build = engines[engineName];
if (!build) throw new Error(`There is no engine "${engineName}"`);
const [entries, queries, synonyms] = await loadInput();
const before = memory();
const [engine, buildMs] = timed(() => build(entries, synonyms));
const memoryMb = memory() - before;

const numbered = queries.map((query, number) => ({ ...query, number }));
const probe = () =>
  sampleOf(numbered, 5)
    .map(({ query, prefer }) => timed(() => engine.rank(query, prefer))[1])
    .toSorted((a, b) => a - b)[2] ?? 0;
// `usual` is the time of one query in ms, or 0 if the engine is fast. The first call of `probe` warms up the engine. If
// this call returns more than 1 ms, a second call measures the time again. Otherwise the engine is fast and gets all
// queries.
const usual = probe() > 1 ? probe() : 0;
const most = Math.max(FEWEST, Math.floor((1000 * Number(seconds)) / usual));

const asked = sampleOf(numbered, most).map(({ number, sort, query, prefer, expect }): QueryResult => {
  const hits = engine.rank(query, prefer);
  const told = engine.answer?.(query, prefer);
  return {
    number,
    sort,
    query,
    answerable: expect.size > 0,
    place: hits.findIndex(({ id }) => expect.has(id)),
    score: hits[0]?.score ?? -1,
    ...(told && { told: told.kind }),
    wronglySure: told?.kind === 'one' && !expect.has(told.id ?? ''),
  };
});

const typed = sampleOf(numbered, TYPED)
  .flatMap(({ query }) => Array.from(query.slice(0, 100), (_, end) => query.slice(0, end + 1)))
  .map((text, key) => ({ text, key }));
const keys = sampleOf(typed, most).map(({ text, key }): readonly [number, number] => [
  key,
  timed(() => engine.type(text))[1],
]);

const hostileTimes: number[] = [];
if (engine.answer)
  for (let round = 0; round <= HOSTILE_ROUNDS; round++)
    for (const text of hostile) {
      const times = [timed(() => engine.answer?.(text, []))[1], timed(() => engine.type(text))[1]];
      // The first round only warms up the engine, so its times are omitted.
      if (round > 0) hostileTimes.push(...times);
    }

const measured: Measured = {
  engine: engineName,
  size,
  entries: entries.length,
  buildMs,
  memoryMb,
  asked,
  keys,
  hostile: hostileTimes,
};
process.send?.(measured);
