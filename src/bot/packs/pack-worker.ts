/** The script of the worker thread that `load-in-worker.ts` starts to read a pack. */
import { parentPort, workerData } from 'node:worker_threads';
import { PackError } from '../../core/pack/pack-file.ts';
import { readPack } from './read-pack.ts';
import { splitIntoChunks } from './pack-chunks.ts';
import type { WorkerInput, WorkerResult } from './load-in-worker.ts';

// The cast is safe because only `load-in-worker.ts` starts this worker.
const { folder, chunks } = workerData as WorkerInput;

/**
 * Sends the pack in chunks. If the pack has mistakes, returns the mistakes instead. Any other error ends the worker,
 * and the thread that started the worker gets the error.
 */
async function readInChunks(): Promise<WorkerResult> {
  try {
    for (const chunk of splitIntoChunks(await readPack(new URL(folder)))) chunks.postMessage(chunk);
    return { problems: [] };
  } catch (error) {
    if (!(error instanceof PackError)) throw error;
    return { problems: error.problems };
  }
}

parentPort?.postMessage(await readInChunks());
