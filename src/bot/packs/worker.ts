/** The program of the thread on which `load-in-worker.ts` has a pack read. */
import { parentPort, workerData } from 'node:worker_threads';
import { PackError } from '../../core/pack/pack-file.ts';
import { readPack } from './read-pack.ts';
import { parcelsOf } from './chunks.ts';
import type { Order, Outcome } from './load-in-worker.ts';

// Given by load-in-worker.ts, which is ours.
const { folder, parcels } = workerData as Order;

/** Mistakes in the pack are told in words; anything else ends the thread, and the other side hears of it as thrown. */
async function outcome(): Promise<Outcome> {
  try {
    for (const parcel of parcelsOf(await readPack(new URL(folder)))) parcels.postMessage(parcel);
    return { problems: [] };
  } catch (error) {
    if (!(error instanceof PackError)) throw error;
    return { problems: error.problems };
  }
}

parentPort?.postMessage(await outcome());
