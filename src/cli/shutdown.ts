/** Graceful shutdown: on SIGTERM or SIGINT, all started parts are stopped in reverse order of their start. */
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
}

export function createShutdown(): Shutdown {
  const stops: (() => Promise<void>)[] = [];
  let stopping: Promise<void> | undefined;
  const stopAll = (): Promise<void> => (stopping ??= stopEach(stops));
  return {
    add: (stop) => void stops.unshift(stop),
    stopAll,
    onSignals: (log) => listen(() => void endProcess(stopAll, log)),
  };
}

async function stopEach(stops: (() => Promise<void>)[]): Promise<void> {
  for (const stop of stops.splice(0)) await stop();
}

async function endProcess(stopAll: () => Promise<void>, log: Log): Promise<void> {
  try {
    await stopAll();
    process.exit();
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
