/**
 * Reads a pack on a worker thread. Parsing ten thousand entries takes seconds. On the main thread, this work would
 * delay replies to members and heartbeats to Discord. The main thread only builds the pack from the received chunks,
 * one chunk per iteration of the event loop.
 */
import { once } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { PackError } from '../../core/pack/pack-file.ts';
import type { LoadedPack } from './read-pack.ts';
import { type Chunk, addChunk } from './pack-chunks.ts';

/** The data that the worker receives when it starts. */
export interface WorkerInput {
  /** URL of the pack's folder. */
  readonly folder: string;
  /** The worker sends the chunks of the pack to this port. It sends all chunks before its result. */
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
 * Does the same as `readPack`, with the same result and the same errors, but does not block the main thread. Also
 * throws {@link PackError} if reading the pack takes more time or memory than the limits allow.
 */
export async function loadPackInWorker(folder: URL, limits: WorkerLimits = packLimits): Promise<LoadedPack> {
  const { port1: mine, port2: chunks } = new MessageChannel();
  const input: WorkerInput = { folder: folder.href, chunks };
  const worker = new Worker(new URL('./pack-worker.js', import.meta.url), {
    workerData: input,
    transferList: [chunks],
    resourceLimits: { maxOldGenerationSizeMb: limits.memory },
  });
  try {
    // The casts are safe because only the bot's own worker sends the result and the chunks.
    const [{ problems }] = (await once(worker, 'message', { signal: AbortSignal.timeout(limits.time) }).catch(
      (error: unknown) => {
        throw overLimit(error, limits) ?? error;
      },
    )) as [WorkerResult];
    if (problems.length > 0) throw new PackError(problems);
    let pack: LoadedPack | undefined;
    for (let next = receiveMessageOnPort(mine); next; next = receiveMessageOnPort(mine)) {
      pack = addChunk(pack, next.message as Chunk);
      await nextTurn();
    }
    if (!pack) throw new Error('the reading thread sent nothing');
    return pack;
  } finally {
    mine.close();
    await worker.terminate();
  }
}

/** Converts the error of a worker that reached a limit to a PackError. Returns undefined for any other error. */
function overLimit(error: unknown, { time, memory }: WorkerLimits): PackError | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ERR_WORKER_OUT_OF_MEMORY')
    return new PackError([`pack.yaml: reading the pack takes more than ${memory} MiB of memory; split the pack`]);
  if (code === 'ABORT_ERR')
    return new PackError([`pack.yaml: reading the pack takes longer than ${time / 1_000} seconds; split the pack`]);
  return undefined;
}
