/**
 * Summarises the results of one engine with one index size, compares them with the results of the bot's own engine, and
 * prints tables.
 */
import { longest, ownDelays, type Delay } from './delays.ts';
import type { Watched } from './event-loop.ts';
import type { QueryResult, Measured } from './measure-search.ts';

export interface Summary {
  readonly engine: string;
  readonly size: number;
  readonly entries: number;
  /** Whether the engine was measured with only some of the queries. */
  readonly part: boolean;
  readonly queries: number;
  readonly first: number;
  readonly amongThree: number;
  readonly meanReciprocal: number;
  readonly noAnswer: number;
  readonly wronglySure: number;
  readonly p50: number;
  readonly p99: number;
  readonly buildMs: number;
  readonly memoryMb: number;
  readonly hostileP99?: number;
  /**
   * Each result of the bot's own engine divided by the corresponding result of this engine. Only queries that both
   * engines got are compared.
   */
  readonly ours: {
    readonly errors: number;
    readonly p50: number;
    readonly p99: number;
    readonly build: number;
    readonly memory: number;
  };
}

export function summaryOf(measured: Measured, ours: Measured): Summary {
  const { engine, size, entries, asked, keys, buildMs, memoryMb, hostile } = measured;
  const [queriesAsked, keysTyped] = [new Set(asked.map(({ number }) => number)), new Set(keys.map(([key]) => key))];
  const mine = ours.asked.filter(({ number }) => queriesAsked.has(number));
  const myKeys = ours.keys.filter(([key]) => keysTyped.has(key));
  const time = (list: Measured['keys'], at: number) =>
    quantile(
      list.map(([, ms]) => ms),
      at,
    );
  return {
    engine,
    size,
    entries,
    part: asked.length < ours.asked.length,
    queries: asked.length,
    first: firstOf(asked),
    amongThree: share(answerable(asked), ({ place }) => place >= 0 && place < 3),
    meanReciprocal: mean(answerable(asked).map(({ place }) => (place < 0 ? 0 : 1 / (place + 1)))),
    noAnswer: noAnswerOf(asked),
    wronglySure: asked.filter((one) => one.answerable && one.wronglySure).length,
    p50: time(keys, 0.5),
    p99: time(keys, 0.99),
    buildMs,
    memoryMb,
    ...(hostile.length > 0 && { hostileP99: quantile(hostile, 0.99) }),
    ours: {
      errors: (1 - firstOf(mine)) / (1 - firstOf(asked)),
      p50: time(myKeys, 0.5) / time(keys, 0.5),
      p99: time(myKeys, 0.99) / time(keys, 0.99),
      build: ours.buildMs / buildMs,
      memory: ours.memoryMb / memoryMb,
    },
  };
}

export function resultTable(summaries: readonly Summary[]): string {
  const [ours] = summaries;
  if (!ours) return '';
  const rows = summaries.map(
    ({ engine, part, queries, first, amongThree, meanReciprocal, noAnswer, p50, p99, buildMs, memoryMb, ours }) =>
      [
        part ? `${engine} *${queries}` : engine,
        ...[first, amongThree, meanReciprocal, noAnswer].map((value) => value.toFixed(3)),
        ...[p50, p99].map((value) => value.toFixed(2)),
        buildMs.toFixed(0),
        memoryMb.toFixed(1),
        ...[ours.errors, ours.p50, ours.p99, ours.build, ours.memory].map(ratio),
      ].join(' | '),
  );
  return [
    `### ${ours.size === 0 ? 'This pack: ' : ''}${ours.entries.toLocaleString('en')} entries, ${ours.queries} queries`,
    [
      'engine | hit@1 | hit@3 | MRR | no answer | key p50 ms | p99 | build ms | MB | errors × ours | p50 × | p99 × | build × | MB ×',
      ['---', ...Array.from({ length: 13 }, () => '--:')].join(' | '),
      ...rows,
    ]
      .map((row) => `| ${row} |`)
      .join('\n'),
    `Ours: ${ours.wronglySure} wrong among the one answers to answerable queries; hostile input p99 ${(ours.hostileP99 ?? 0).toFixed(1)} ms.`,
  ].join('\n\n');
}

/** Event loop delays of a bot with the largest allowed pack, in ms. */
export interface EventLoop {
  readonly entries: number;
  readonly loads: readonly { readonly ms: number; readonly longest: number; readonly own: number }[];
  readonly searches: {
    readonly count: number;
    readonly p99: number;
    readonly most: number;
    readonly longest: number;
    readonly own: number;
  };
}

/** @param idle the delays that an idle process measured at the same time */
export function eventLoopOf({ entries, loads, searches }: Watched, idle: readonly Delay[]): EventLoop {
  const both = (delays: readonly Delay[]) => ({ longest: longest(delays), own: longest(ownDelays(delays, idle)) });
  return {
    entries,
    loads: loads.map(({ ms, delays }) => ({ ms, ...both(delays) })),
    searches: {
      count: searches.count,
      p99: quantile(searches.ms, 0.99),
      most: Math.max(...searches.ms),
      ...both(searches.delays),
    },
  };
}

export function eventLoopTable({ entries, loads, searches }: EventLoop): string {
  const rows = [
    'step | took ms | longest delay ms | of its own ms',
    '--- | --: | --: | --:',
    ...loads.map(({ ms, ...delay }, number) =>
      [`loading, ${number + 1}.`, ms.toFixed(0), ...delays(delay)].join(' | '),
    ),
    [
      `${searches.count} searches`,
      `p99 ${searches.p99.toFixed(1)}, most ${searches.most.toFixed(1)}`,
      ...delays(searches),
    ].join(' | '),
  ];
  return [
    `### Event loop, ${entries.toLocaleString('en')} entries`,
    `First, a pack in a folder is loaded as the bot loads it. Then the pack is searched with complete queries, beginnings
of queries and hostile text. A delay is the time by which a timer of 1 ms fires too late. The delays of its own do not
include the time for which the process waited for a processor, nor delays in which an idle process was delayed, too.`,
    rows.map((row) => `| ${row} |`).join('\n'),
  ].join('\n\n');
}

const delays = (delay: { readonly longest: number; readonly own: number }) =>
  [delay.longest, delay.own].map((ms) => (ms === 0 ? 'under 5' : ms.toFixed(1)));

/**
 * Creates a table of targets and results. Some targets compare the bot's own engine with Fuse, with MiniSearch or with
 * the best of the other engines. If such an engine was not measured with the size that a target needs, the table says
 * "not measured" instead of a result.
 */
export function targetTable(all: readonly Summary[], { loads, searches }: EventLoop): string {
  const of = (size: number, start: string) =>
    all.find((summary) => summary.size === size && summary.engine.startsWith(start));
  const [pack, packFuse] = [of(0, 'Caspian'), of(0, 'Fuse, defaults')];
  const [large, largeFuse, mini] = [of(100_000, 'Caspian'), of(100_000, 'Fuse, defaults'), of(100_000, 'MiniSearch')];
  const rivals = all.filter(({ engine, size }) => size === 100_000 && engine !== large?.engine);
  const worst = rivals.length > 0 ? Math.max(...rivals.map(({ ours }) => ours.errors)) : undefined;
  const hostile = Math.max(...all.map(({ hostileP99 = 0 }) => hostileP99));
  return [
    '### Targets',
    [
      'target | measured | wanted | met',
      '--- | --: | --: | ---',
      least('this pack: hit@1', pack?.first, 0.97),
      most('this pack: errors, of those of Fuse defaults', packFuse?.ours.errors, 1 / 6),
      least('this pack: no answer, balanced', pack?.noAnswer, 0.94),
      most('this pack: wrong in the band that answers outright', pack?.wronglySure, 0),
      most('100,000: errors, of those of the best rival', worst, 0.4),
      most('100,000: key p50, of that of Fuse defaults', largeFuse?.ours.p50, 1 / 1000),
      most('100,000: key p99, of that of MiniSearch', mini?.ours.p99, 1 / 30),
      most('100,000: key p99, ms', large?.p99, 10),
      most('100,000: memory, of that of MiniSearch', mini?.ours.memory, 1),
      most('100,000: build, of that of MiniSearch', mini?.ours.build, 1.25),
      most('hostile input at the worst size: p99, ms', hostile, 15),
      most('10,000: longest delay of the event loop while loading, ms', Math.max(...loads.map(({ own }) => own)), 50),
      most('10,000: longest delay of the event loop while searched, ms', searches.own, 50),
    ]
      .map((row) => `| ${row} |`)
      .join('\n'),
  ].join('\n\n');
}

const most = (name: string, value: number | undefined, limit: number): string =>
  targetRow(name, value, `at most ${digits(limit)}`, (measured) => measured <= limit);

const least = (name: string, value: number | undefined, limit: number): string =>
  targetRow(name, value, `at least ${digits(limit)}`, (measured) => measured >= limit);

function targetRow(name: string, value: number | undefined, wanted: string, isMet: (value: number) => boolean): string {
  if (value === undefined) return [name, 'not measured', wanted, 'only with --full'].join(' | ');
  return [name, digits(value), wanted, isMet(value) ? 'yes' : '**no**'].join(' | ');
}

const answerable = (asked: readonly QueryResult[]) => asked.filter((one) => one.answerable);
const firstOf = (asked: readonly QueryResult[]) => share(answerable(asked), ({ place }) => place === 0);

/**
 * Measures how well an engine recognises queries that have no answer. If the results contain `told`, the engine itself
 * has decided which queries have no answer. Otherwise the best entry counts as an answer if its score reaches a limit.
 * Every score is tried as the limit, and the best result is returned.
 */
function noAnswerOf(asked: readonly QueryResult[]): number {
  const others = asked.filter((one) => !one.answerable);
  const balance = (offers: (one: QueryResult) => boolean) =>
    (share(answerable(asked), offers) + share(others, (one) => !offers(one))) / 2;
  if (asked.some(({ told }) => told !== undefined)) return balance(({ told }) => told !== 'none');
  const limits = new Set(asked.map(({ score }) => score));
  return Math.max(...Array.from(limits, (limit) => balance(({ score }) => score >= limit)));
}

function share<T>(items: readonly T[], test: (item: T) => boolean): number {
  return items.length === 0 ? 0 : items.filter(test).length / items.length;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function quantile(values: readonly number[], at: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(at * sorted.length))] ?? 0;
}

function ratio(value: number): string {
  return Number.isFinite(value) && value >= 0 ? digits(value, 2) : '–';
}

/** Returns a number with `count` significant digits, without an exponent and without zeros at the end: 0.001, 6000. */
export function digits(value: number, count = 3): string {
  return String(Number(value.toPrecision(count)));
}
