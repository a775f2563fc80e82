/** The program of the thread on which `load-in-worker.ts` has a pack read. */
import { parentPort, workerData } from 'node:worker_threads';
import { PackError } from '../../core/pack/pack-file.ts';
import { readPack } from './read-pack.ts';
import { splitIntoChunks } from './pack-chunks.ts';
import type { WorkerInput, WorkerResult } from './load-in-worker.ts';

// Given by load-in-worker.ts, which is ours.
const { folder, chunks } = workerData as WorkerInput;

/** Mistakes in the pack are told in words; anything else ends the thread, and the other side hears of it as thrown. */
async function outcome(): Promise<WorkerResult> {
  try {
    for (const parcel of splitIntoChunks(await readPack(new URL(folder)))) chunks.postMessage(parcel);
    return { problems: [] };
  } catch (error) {
    if (!(error instanceof PackError)) throw error;
    return { problems: error.problems };
  }
}

parentPort?.postMessage(await outcome());
