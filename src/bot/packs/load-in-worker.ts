/**
 * Reads packs on a worker thread. Parsing ten thousand entries takes seconds. On the main thread, this work would delay
 * replies to members and heartbeats to Discord. The main thread only builds the result from the received chunks, one
 * chunk per iteration of the event loop.
 */
import { once } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { PackError } from '../../core/pack/pack-file.ts';
import { readPlaceNames } from '../../core/search/state-names.ts';
import type { PackReader } from './pack-reader.ts';
import type { LoadedPack } from './read-pack.ts';
import { type Chunk, addChunk } from './pack-chunks.ts';
import type { JobInput, JobKind, JobResult } from './worker-jobs.ts';

/** The data that the worker receives when it starts. */
export interface WorkerInput<K extends JobKind> {
  readonly kind: K;
  readonly input: JobInput<K>;
  /** The worker sends the chunks of its result to this port. It sends all chunks before its last message. */
  readonly chunks: MessagePort;
}

/** The last message of the worker, with the mistakes in the pack. The list is empty if the pack has no mistakes. */
export interface WorkerResult {
  readonly problems: readonly string[];
}

interface WorkerLimits {
  /** Maximum time for reading a pack, in ms. */
  readonly time: number;
  /** Maximum memory of the worker, in MiB. */
  readonly memory: number;
}

/** A pack of 10,000 entries takes seconds and a few hundred MiB, so real packs stay far below these limits. */
const packLimits: WorkerLimits = { time: 180_000, memory: 2_048 };

/**
 * The limits for packs of servers are lower than `packLimits`, because the author of such a pack is a stranger. An
 * imported file has at most 8 MiB.
 */
const importLimits: WorkerLimits = { time: 60_000, memory: 1_024 };

/**
 * Reads the pack in each folder on a worker thread, so that the main thread is not blocked. The results and errors are
 * the same as those of `readPack`. One worker thread reads all packs, one after another, because starting a thread
 * takes about as long as reading a small pack. Also throws {@link PackError} if reading takes more time or memory than
 * `limits` allow.
 */
export async function loadPacksInWorker<Name extends string>(
  folders: Readonly<Record<Name, URL>>,
  limits: WorkerLimits = packLimits,
): Promise<Readonly<Record<Name, LoadedPack>>> {
  const input = Object.fromEntries(Object.entries<URL>(folders).map(([name, { href }]) => [name, href]));
  const reading = runInWorker('folders', input, limits, 'pack.yaml: reading the pack');
  // Reads the place names while the worker is busy. Without this call, the first search would have to read them.
  readPlaceNames();
  return await reading;
}

/** Reads packs of servers on worker threads. Each call of a method starts a new thread. */
export const readInWorker = (limits: WorkerLimits = importLimits): PackReader => ({
  stored: (request) => runInWorker('stored', request, limits, `${request.name}: reading the pack`),
  material: (request) => runInWorker('material', request, limits, `${request.fileName ?? 'the text'}: reading it`),
  changes: (before, after) => runInWorker('changes', { before, after }, limits, 'the pack: comparing it'),
  exported: (request, format) =>
    runInWorker('exported', { request, format }, limits, `${request.name}: writing the pack`),
});

/** Runs a job on a new worker thread. If the job exceeds a limit, the error message begins with the text `what`. */
async function runInWorker<K extends JobKind>(
  kind: K,
  input: JobInput<K>,
  limits: WorkerLimits,
  what: string,
): Promise<JobResult<K>> {
  const { port1: mine, port2: chunks } = new MessageChannel();
  const workerData: WorkerInput<K> = { kind, input, chunks };
  const worker = new Worker(new URL('./pack-worker.js', import.meta.url), {
    workerData,
    transferList: [chunks],
    resourceLimits: { maxOldGenerationSizeMb: limits.memory },
  });
  try {
    // The casts are safe because only the bot's own worker sends the result and the chunks.
    const [{ problems }] = (await once(worker, 'message', { signal: AbortSignal.timeout(limits.time) }).catch(
      (error: unknown) => {
        throw overLimit(error, limits, what) ?? error;
      },
    )) as [WorkerResult];
    if (problems.length > 0) throw new PackError(problems);
    let whole: JobResult<K> | undefined;
    for (let next = receiveMessageOnPort(mine); next; next = receiveMessageOnPort(mine)) {
      whole = addChunk(whole, next.message as Chunk<JobResult<K>>);
      await nextTurn();
    }
    if (!whole) throw new Error('the reading thread sent nothing');
    return whole;
  } finally {
    mine.close();
    await worker.terminate();
  }
}

/** If the error says that the worker has reached a limit, returns a PackError. Undefined for any other error. */
function overLimit(error: unknown, { time, memory }: WorkerLimits, what: string): PackError | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ERR_WORKER_OUT_OF_MEMORY')
    return new PackError([`${what} takes more than ${memory} MiB of memory; split the pack`]);
  if (code === 'ABORT_ERR') return new PackError([`${what} takes longer than ${time / 1_000} seconds; split the pack`]);
  return undefined;
}
