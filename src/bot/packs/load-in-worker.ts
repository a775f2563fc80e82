/**
 * Reads a pack on a worker thread. Parsing ten thousand entries takes seconds. On the main thread this would delay
 * replies to members and heartbeats to Discord. The main thread only puts the chunks of the pack together, one chunk
 * per iteration of the event loop.
 */
import { once } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { PackError } from '../../core/pack/pack-file.ts';
import type { LoadedPack } from './read-pack.ts';
import { type Chunk, addChunk } from './pack-chunks.ts';

/** The data that the worker is started with. */
export interface WorkerInput {
  /** URL of the pack's folder. */
  readonly folder: string;
  /** Port to which the worker sends the chunks of the pack. The worker sends all chunks before its result. */
  readonly chunks: MessagePort;
}

/** The last message of the worker: the mistakes in the pack. The list is empty if the pack has no mistakes. */
export interface WorkerResult {
  readonly problems: readonly string[];
}

/** Like `readPack`, with the same result and the same errors, but without blocking the main thread. */
export async function loadPackInWorker(folder: URL): Promise<LoadedPack> {
  const { port1: mine, port2: chunks } = new MessageChannel();
  const input: WorkerInput = { folder: folder.href, chunks };
  const worker = new Worker(new URL('./pack-worker.js', import.meta.url), {
    workerData: input,
    transferList: [chunks],
  });
  try {
    // The casts are safe because the result and the chunks come from our own worker.
    const [{ problems }] = (await once(worker, 'message')) as [WorkerResult];
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
