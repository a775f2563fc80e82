/**
 * Stops the process gracefully. On SIGTERM or SIGINT, all parts of the process are stopped in reverse order of their
 * start.
 */
import type { Log } from '../log.ts';
import { exitCodes } from './exit-codes.ts';

/** Time between two checks of whether the parent process (npm's shell) is still running, in ms. */
const parentCheck = 250;

export interface Shutdown {
  /** Registers a function that stops a part of the process. Must be called directly after the part has started. */
  add(stop: () => Promise<void>): void;
  /**
   * Stops all parts. If a part fails to stop, the other parts are still stopped, and the promise rejects with the first
   * error. Idempotent: later calls return the same promise.
   */
  stopAll(): Promise<void>;
  isStopping(): boolean;
  /**
   * Stops all parts. Then ends the process with the exit code `code`, or with 1 if a part failed to stop. Never
   * rejects.
   */
  end(log: Log, code?: number): Promise<void>;
  /** After this call, SIGTERM and SIGINT stop all parts and end the process. */
  onSignals(log: Log): void;
  /**
   * Logs errors that no other code has caught. The process continues after an unhandled rejection. After an uncaught
   * exception, the state of the process is unknown. Therefore all parts are stopped and the process ends with exit code
   * 70 (EX_SOFTWARE).
   */
  onErrors(log: Log): void;
}

/** The functions of `process` that are used here. */
export type ProcessPort = Pick<NodeJS.Process, 'on' | 'exit' | 'ppid' | 'env'>;

export function createShutdown(process: ProcessPort = globalThis.process): Shutdown {
  const stops: (() => Promise<void>)[] = [];
  let stopping: Promise<void> | undefined;
  const stopAll = (): Promise<void> => (stopping ??= stopEach(stops));
  const end = async (log: Log, code?: number): Promise<void> => {
    const errors = await stopAll().then(
      () => [],
      (error: unknown) => [error],
    );
    for (const error of errors) log.error({ err: error }, 'stopping failed');
    process.exit(errors.length > 0 ? exitCodes.failed : code);
  };
  return {
    add: (stop) => void stops.unshift(stop),
    stopAll,
    isStopping: () => stopping !== undefined,
    end,
    onSignals: (log) => listen(process, () => void end(log)),
    onErrors: (log) => listenForErrors(process, log, (code) => void end(log, code)),
  };
}

async function stopEach(stops: (() => Promise<void>)[]): Promise<void> {
  const errors: unknown[] = [];
  for (const stop of stops.splice(0))
    try {
      await stop();
    } catch (error) {
      errors.push(error);
    }
  if (errors.length > 0) throw errors[0];
}

function listenForErrors(process: ProcessPort, log: Log, end: (code: number) => void): void {
  let rejections = 0;
  process.on('unhandledRejection', (error) => {
    rejections += 1;
    log.error({ err: error, rejections }, 'a promise was rejected unnoticed');
  });
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'an exception was not caught; stopping');
    end(exitCodes.software);
  });
}

function listen(process: ProcessPort, stop: () => void): void {
  // The listeners are added with `on`, so that they also handle a second signal. Without a listener, a second signal
  // would kill the process before everything is saved. A single Ctrl+C can cause two signals: one from the terminal and
  // one that npm forwards.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop);
  // npm sends SIGTERM only to the shell that started this process, and the shell does not forward the signal. Therefore
  // the end of the parent process is treated like a signal.
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && stop(), parentCheck).unref();
}
