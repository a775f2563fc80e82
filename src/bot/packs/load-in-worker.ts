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

/** Does the same as `readPack`, with the same result and the same errors, but does not block the main thread. */
export async function loadPackInWorker(folder: URL): Promise<LoadedPack> {
  const { port1: mine, port2: chunks } = new MessageChannel();
  const input: WorkerInput = { folder: folder.href, chunks };
  const worker = new Worker(new URL('./pack-worker.js', import.meta.url), {
    workerData: input,
    transferList: [chunks],
  });
  try {
    // The casts are safe because only the bot's own worker sends the result and the chunks.
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
