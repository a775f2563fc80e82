/** The worker that reads a pack for `load-in-worker.ts`. */
import { parentPort, workerData } from 'node:worker_threads';
import { PackError } from '../../core/pack/pack-file.ts';
import { readPack } from './read-pack.ts';
import { splitIntoChunks } from './pack-chunks.ts';
import type { WorkerInput, WorkerResult } from './load-in-worker.ts';

// `load-in-worker.ts` starts this worker, so the type is known.
const { folder, chunks } = workerData as WorkerInput;

/** Returns the problems of the pack. Any other error ends the worker and is thrown in `load-in-worker.ts`. */
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
