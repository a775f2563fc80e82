/**
 * The search against fuse.js as it comes, on the same entries, in the same run: quality on the golden list, time per
 * key pressed, time to build. Only the ratios mean something on another machine.
 */
import Fuse from 'fuse.js';
import { buildIndex, type SearchEntry } from '../../src/core/search/search.ts';
import { searchEntries } from '../golden/entries.ts';
import { goldenList, outcomeOf, type GoldenQuery } from '../golden/golden.ts';

/** Each way is built this often, for a median; every query is typed through once, which is thousands of keys. */
const BUILDS = 3;

interface Way {
  readonly name: string;
  readonly firstHits: number;
  readonly firstHitsHeldOut: number;
  readonly p50: number;
  readonly p99: number;
  readonly build: number;
}

export async function benchSearch(): Promise<string> {
  const [entries, list] = await Promise.all([searchEntries(), goldenList('russia-iran.yaml')]);
  const ways = [measure('Caspian', list, () => ours(entries)), measure('fuse.js, defaults', list, () => fuse(entries))];
  const [mine, other] = ways;
  if (!mine || !other) return '';
  const rows = ways.map(
    ({ name, firstHits, firstHitsHeldOut, p50, p99, build }) =>
      `| ${name} | ${share(firstHits)} | ${share(firstHitsHeldOut)} | ${p50.toFixed(2)} | ${p99.toFixed(2)} | ${build.toFixed(1)} |`,
  );
  return [
    `## Search: ${entries.length} entries, ${list.length} golden queries typed key by key`,
    '',
    '| | hit@1, tuned on | hit@1, held out | ms per key, p50 | p99 | ms to build |',
    '|---|---|---|---|---|---|',
    ...rows,
    `| ratio | errors × ${ratio(1 - mine.firstHits, 1 - other.firstHits)} | | × ${ratio(mine.p50, other.p50)} | × ${ratio(mine.p99, other.p99)} | × ${ratio(mine.build, other.build)} |`,
  ].join('\n');
}

interface Engine {
  readonly rank: (asked: GoldenQuery) => readonly string[];
  readonly type: (typed: string) => unknown;
}

function ours(entries: readonly SearchEntry[]): Engine {
  const index = buildIndex(entries);
  return {
    rank: ({ query, prefer }) => index.rank(query, 10, prefer).map(({ id }) => id),
    type: (typed) => index.suggest(typed),
  };
}

function fuse(entries: readonly SearchEntry[]): Engine {
  const index = new Fuse(entries, { keys: ['title', 'aliases', 'names', 'text', 'dates'] });
  const kindOf = new Map(entries.map(({ id, kind }) => [id, kind]));
  return {
    // Preferred kinds first, as a bot would do that has no ranking of its own.
    rank: ({ query, prefer }) => {
      const ids = index.search(query).map(({ item }) => item.id);
      const preferred = ids.filter((id) => prefer.includes(kindOf.get(id) ?? ''));
      return [...preferred, ...ids.filter((id) => !preferred.includes(id))];
    },
    type: (typed) => index.search(typed, { limit: 25 }),
  };
}

function measure(name: string, list: readonly GoldenQuery[], build: () => Engine): Way {
  const builds: number[] = [];
  const keys: number[] = [];
  for (let round = 0; round < BUILDS; round++) builds.push(timed(build)[1]);
  const engine = build();
  for (const { query } of list)
    for (let end = 1; end <= query.length; end++) keys.push(timed(() => engine.type(query.slice(0, end)))[1]);
  const firstHits = (heldOut: boolean) =>
    outcomeOf(
      list.filter((asked) => asked.heldOut === heldOut),
      (asked) => ({ ranked: engine.rank(asked), found: { kind: 'none' } }),
    ).first;
  return {
    name,
    firstHits: firstHits(false),
    firstHitsHeldOut: firstHits(true),
    p50: quantile(keys, 0.5),
    p99: quantile(keys, 0.99),
    build: quantile(builds, 0.5),
  };
}

function timed<T>(work: () => T): readonly [T, number] {
  const from = performance.now();
  const result = work();
  return [result, performance.now() - from];
}

function quantile(values: readonly number[], at: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(at * sorted.length))] ?? 0;
}

function share(value: number): string {
  return `${(100 * value).toFixed(1)} %`;
}

function ratio(mine: number, other: number): string {
  return (mine / other).toFixed(2);
}
