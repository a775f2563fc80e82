/** Graceful shutdown: on SIGTERM or SIGINT, all started parts are stopped in reverse order of their start. */
import { randomBytes } from 'node:crypto';
import type { Log } from '../log.ts';

/** Interval for checking whether the parent process (npm's shell) is still running, in ms. */
const parentCheck = 250;

export interface Shutdown {
  /** Registers the function that stops a part that has just started. */
  add(stop: () => Promise<void>): void;
  /** Stops all parts. Idempotent: later calls return the same promise. */
  stopAll(): Promise<void>;
  /** From now on, SIGTERM and SIGINT stop all parts and end the process. */
  onSignals(log: Log): void;
  /**
   * Logs errors that nothing else caught. After an unhandled rejection the process goes on. After an uncaught exception
   * its state is unknown, so all parts are stopped and the process ends with 70 (EX_SOFTWARE).
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
  // `on`, not `once`: with `once`, a second signal would kill the process before everything is saved. npm forwards
  // signals, so a single Ctrl+C can arrive twice.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop);
  // npm sends SIGTERM to the shell that started this process. The shell exits without forwarding the signal, so the
  // exit of the parent process is treated as the signal.
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && stop(), parentCheck).unref();
}
