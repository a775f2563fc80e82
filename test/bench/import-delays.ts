/**
 * Child process of a benchmark. Imports, installs, loads and searches a pack of 10,000 cards as the bot does.
 * Meanwhile, measures event loop delays. Then gives each of 1,000 servers its own pack, and measures the memory. Sends
 * the results to the parent process.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { defaultPackLimits } from '../../src/bot/packs/library-state.ts';
import { loadPacksInWorker, readInWorker } from '../../src/bot/packs/load-in-worker.ts';
import { createPackByGuild } from '../../src/bot/packs/pack-by-guild.ts';
import type { PackReader } from '../../src/bot/packs/pack-reader.ts';
import { createPackRuntime, type PackRuntime } from '../../src/bot/packs/pack-runtime.ts';
import { readHere } from '../../src/bot/packs/read-added.ts';
import { readPieces, writePieces } from '../../src/bot/packs/stored-packs.ts';
import { createRetries } from '../../src/bot/retries.ts';
import { realClock } from '../../src/clock.ts';
import { createLog } from '../../src/log.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { type Delay, watchDelays } from './delays.ts';

/** A step of the benchmark: its duration in ms, and the event loop delays during the step. */
export interface TimedStep {
  readonly what: string;
  readonly ms: number;
  readonly delays: readonly Delay[];
}

export interface ServerPacksMeasured {
  readonly entries: number;
  readonly steps: readonly TimedStep[];
  /** `heap` is the used heap in MiB. `loaded` is the number of loaded packs. */
  readonly memory: readonly { readonly what: string; readonly heap: number; readonly loaded: number }[];
}

const CARDS = 10_000;
const SERVERS = 1_000;
/** Number of cards in the pack of a server. Each of the `SERVERS` servers has its own pack. */
const SMALL = 500;
/**
 * Number of servers whose packs are loaded to measure the memory. This number is greater than the maximum number of
 * packs that the bot keeps in memory.
 */
const USED = 120;
const by = { id: '1', name: 'bench' };

const cards = (count: number): string =>
  [
    'front,back,source',
    ...Array.from(
      { length: count },
      (_, index) =>
        `term ${index} of the list,"the meaning of number ${index}, which is explained in a few more words",book page ${index}`,
    ),
  ].join('\n');

const folder = await mkdtemp(join(tmpdir(), 'caspian-bench-'));
const store = await openSqlite(join(folder, 'bench.sqlite'));
const log = createLog('silent');
const { shipped } = await loadPacksInWorker({ shipped: new URL('.', import.meta.resolve('#pack/pack.yaml')) });
const runtimeWith = (reader: PackReader): PackRuntime =>
  createPackRuntime({
    defaults: createPackByGuild(shipped),
    store,
    clock: realClock,
    reader,
    downloads: { fetch: async () => new Uint8Array() },
    limits: defaultPackLimits,
    retries: createRetries(realClock, log),
    log,
  });

const watch = watchDelays();
const steps: TimedStep[] = [];
async function timed<T>(what: string, run: () => Promise<T>): Promise<T> {
  await sleep(300);
  watch.take();
  const from = performance.now();
  const result = await run();
  await sleep(5);
  steps.push({ what, ms: performance.now() - from, delays: watch.take() });
  return result;
}

const large = runtimeWith(readInWorker());
const packs = large.library.at('large');
const previewed = await timed('preview', () => packs.preview({ text: cards(CARDS), name: 'Large' }, by.id));
const id = previewed.is === 'preview' ? previewed.preview.id : '';
await timed('install', () => packs.install(id, by, 0));
await packs.use('large');
const served = await timed('load and index', () => large.packs.at('large'));
await timed('first search', () => served.facts.find('the meaning of number 77'));
await timed('export', () => packs.exportPack('large', 'yaml'));
const entries = served.facts.pack.entries.length;
large.close();

const many = runtimeWith(readHere);
const memory: ServerPacksMeasured['memory'][number][] = [];
const measureMemory = (what: string) => {
  globalThis.gc?.();
  memory.push({ what, heap: process.memoryUsage().heapUsed / 2 ** 20, loaded: many.packs.loadedPacks() });
};
measureMemory('no pack of a server in memory');
const first = many.library.at('0');
const one = await first.preview({ text: cards(SMALL), name: 'Small' }, by.id);
if (one.is === 'preview') await first.install(one.preview.id, by, 0);
await first.use('small');
// Only the first server has imported the pack. The other servers get copies of the stored pack, because importing the
// pack for each server would take minutes.
const list = await many.packs.list('0');
const [added] = list.packs;
const pieces = (added && (await readPieces(store, '0', added))) ?? [];
for (let server = 1; server < SERVERS; server++) {
  await writePieces(store, String(server), added?.edition ?? '', pieces);
  await many.packs.changeList(String(server), () => list);
}
measureMemory(`${SERVERS} servers chose packs of ${SMALL} cards, none of them is used`);
for (let server = 0; server < USED; server++) await many.packs.at(String(server));
measureMemory(`${USED} of these servers have used their packs, so that memory holds as many as it may`);
many.close();
watch.stop();
await store.close();
await rm(folder, { recursive: true });
const measured: ServerPacksMeasured = { entries, steps, memory };
process.send?.(measured);
process.disconnect?.();
