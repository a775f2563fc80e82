/** The script of the worker thread that `load-in-worker.ts` starts. It runs one job and ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { PackError } from '../../core/pack/pack-file.ts';
import type { WorkerInput, WorkerResult } from './load-in-worker.ts';
import { splitIntoChunks } from './pack-chunks.ts';
import { type JobInput, type JobKind, jobs } from './worker-jobs.ts';

// The cast is safe because only `load-in-worker.ts` starts this worker.
const { kind, input, chunks } = workerData as WorkerInput<JobKind>;

/**
 * Runs the job and sends its result in chunks to the port `chunks`. If the job succeeds, `problems` in the returned
 * object is empty. If the job throws PackError, `problems` contains the mistakes in the pack. Any other error ends the
 * worker, and the thread that started the worker receives the error.
 */
async function runInChunks(): Promise<WorkerResult> {
  try {
    const run = jobs[kind] as (given: JobInput<JobKind>) => Promise<object>;
    for (const chunk of splitIntoChunks(await run(input))) chunks.postMessage(chunk);
    return { problems: [] };
  } catch (error) {
    if (!(error instanceof PackError)) throw error;
    return { problems: error.problems };
  }
}

parentPort?.postMessage(await runInChunks());
