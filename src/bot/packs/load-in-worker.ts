/**
 * Reads a pack on a worker thread. Parsing ten thousand entries takes seconds, in which the bot could not answer anybody
 * and would miss heartbeats. The main thread only takes in the chunks, one per turn of the event loop.
 */
import { once } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { PackError } from '../../core/pack/pack-file.ts';
import type { LoadedPack } from './read-pack.ts';
import { type Chunk, addChunk } from './pack-chunks.ts';

/** Data for the worker. */
export interface WorkerInput {
  /** URL of the pack's folder. */
  readonly folder: string;
  /** Port for the chunks. All of them are sent before the result. */
  readonly chunks: MessagePort;
}

/** The worker's last message: the problems of the pack. */
export interface WorkerResult {
  readonly problems: readonly string[];
}

/** Does the same as `readPack`, with the same errors, without blocking the main thread. */
export async function loadPackInWorker(folder: URL): Promise<LoadedPack> {
  const { port1: mine, port2: chunks } = new MessageChannel();
  const input: WorkerInput = { folder: folder.href, chunks };
  const worker = new Worker(new URL('./pack-worker.js', import.meta.url), {
    workerData: input,
    transferList: [chunks],
  });
  try {
    // Our own worker sends the result and the chunks, so their types are known.
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
