/**
 * Reads a pack on a thread of its own: parsing ten thousand entries takes seconds, in which a bot would answer nobody
 * and miss its heartbeats. Here only the parcels are taken in, one a turn of the event loop.
 */
import { once } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { PackError } from '../../core/pack/pack-file.ts';
import type { LoadedPack } from './read-pack.ts';
import { type Chunk, addChunk } from './pack-chunks.ts';

/** What the thread is told. */
export interface WorkerInput {
  /** Address of the pack's folder. */
  readonly folder: string;
  /** Where the parcels are to be sent; all of them are, before the outcome. */
  readonly chunks: MessagePort;
}

/** What the thread says at its end: what is wrong with the pack, if anything is. */
export interface WorkerResult {
  readonly problems: readonly string[];
}

/** As `readPack`, with the same errors, beside whatever else goes on. */
export async function loadPackInWorker(folder: URL): Promise<LoadedPack> {
  const { port1: mine, port2: chunks } = new MessageChannel();
  const order: WorkerInput = { folder: folder.href, chunks };
  const thread = new Worker(new URL('./pack-worker.js', import.meta.url), {
    workerData: order,
    transferList: [chunks],
  });
  try {
    // Sent by worker.ts, which is ours, and so are the parcels.
    const [{ problems }] = (await once(thread, 'message')) as [WorkerResult];
    if (problems.length > 0) throw new PackError(problems);
    let library: LoadedPack | undefined;
    for (let next = receiveMessageOnPort(mine); next; next = receiveMessageOnPort(mine)) {
      library = addChunk(library, next.message as Chunk);
      await nextTurn();
    }
    if (!library) throw new Error('the reading thread sent nothing');
    return library;
  } finally {
    mine.close();
    await thread.terminate();
  }
}
