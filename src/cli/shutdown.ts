/**
 * Graceful shutdown. On SIGTERM or SIGINT, all parts of the process are stopped. The part that was started last is
 * stopped first.
 */
import { randomBytes } from 'node:crypto';
import type { Log } from '../log.ts';

/** Interval for checking whether the parent process (npm's shell) is still running, in ms. */
const parentCheck = 250;

export interface Shutdown {
  /** Registers a function that stops a part of the process. Must be called right after this part has started. */
  add(stop: () => Promise<void>): void;
  /** Stops all parts. Idempotent: later calls return the same promise. */
  stopAll(): Promise<void>;
  /** From now on, SIGTERM and SIGINT stop all parts and end the process. */
  onSignals(log: Log): void;
  /**
   * Logs errors that no other code has caught. After an unhandled rejection the process continues. After an uncaught
   * exception the state of the process is unknown, so all parts are stopped and the process ends with exit code 70
   * (EX_SOFTWARE).
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

/** The exit code for an internal error, from sysexits.h. */
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
  // `on` is used instead of `once`, because after `once` a second signal would kill the process before everything is
  // saved. A single Ctrl+C can arrive twice, because npm forwards signals.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop);
  // npm sends SIGTERM only to the shell that started this process, and the shell does not forward the signal. Therefore
  // the end of the parent process is treated like a signal.
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && stop(), parentCheck).unref();
}
