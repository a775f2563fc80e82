/**
 * Reads a pack on a worker thread. Parsing ten thousand entries takes seconds and would block replies and heartbeats on
 * the main thread. The main thread only assembles the chunks, one per iteration of the event loop.
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
  /** Port for the chunks. The worker sends all chunks before its result. */
  readonly chunks: MessagePort;
}

/** The worker's last message: the mistakes in the pack, empty if the pack was read. */
export interface WorkerResult {
  readonly problems: readonly string[];
}

/** Like `readPack`, with the same result and errors, but does not block the main thread. */
export async function loadPackInWorker(folder: URL): Promise<LoadedPack> {
  const { port1: mine, port2: chunks } = new MessageChannel();
  const input: WorkerInput = { folder: folder.href, chunks };
  const worker = new Worker(new URL('./pack-worker.js', import.meta.url), {
    workerData: input,
    transferList: [chunks],
  });
  try {
    // The result and the chunks come from our own worker, so their types are known.
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
