/** The end of the process: on SIGTERM or SIGINT every started part is stopped, the last one first. */
import { randomBytes } from 'node:crypto';
import type { Log } from '../log.ts';

/** How often to look whether npm's shell is still there, in ms. */
const parentCheck = 250;

export interface Shutdown {
  /** Adds how to stop a part that was just started. */
  add(stop: () => Promise<void>): void;
  /** Stops everything once; later calls wait for the same stop. */
  stopAll(): Promise<void>;
  /** Stops everything and ends the process on a signal. */
  onSignals(log: Log): void;
  /**
   * Logs what no edge caught. A rejected promise has failed one thing, and the process goes on; after an uncaught
   * exception its state is in doubt, so everything is stopped and the process ends with 70 (EX_SOFTWARE).
   */
  onErrors(log: Log): void;
}

export function createShutdown(): Shutdown {
  const stops: (() => Promise<void>)[] = [];
  let stopping: Promise<void> | undefined;
  const stopAll = (): Promise<void> => (stopping ??= stopEach(stops));
  return {
    add: (stop) => void stops.unshift(stop),
    stopAll,
    onSignals: (log) => listen(() => void endProcess(stopAll, log)),
    onErrors: (log) => listenForErrors(stopAll, log),
  };
}

async function stopEach(stops: (() => Promise<void>)[]): Promise<void> {
  for (const stop of stops.splice(0)) await stop();
}

/** sysexits.h: an internal error. */
const softwareExit = 70;

function listenForErrors(stopAll: () => Promise<void>, log: Log): void {
  let rejections = 0;
  process.on('unhandledRejection', (error) => {
    rejections += 1;
    log.error(
      { err: error, reference: randomBytes(4).toString('hex'), rejections },
      'a promise was rejected unnoticed',
    );
  });
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error, reference: randomBytes(4).toString('hex') }, 'an exception was not caught; stopping');
    void endProcess(stopAll, log, softwareExit);
  });
}

async function endProcess(stopAll: () => Promise<void>, log: Log, code?: number): Promise<void> {
  try {
    await stopAll();
    process.exit(code);
  } catch (error) {
    log.error({ err: error }, 'stopping failed');
    process.exit(1);
  }
}

function listen(stop: () => void): void {
  // Not `once`: a second Ctrl+C, or npm passing on the same one, must not cut the saving short.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop);
  // npm gives SIGTERM to the shell between it and this process, and the shell ends without passing it on. So the end
  // of the parent process counts as the signal.
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && stop(), parentCheck).unref();
}
