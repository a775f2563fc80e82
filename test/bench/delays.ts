/** Measures event loop delays: how late a timer fires that should fire every millisecond. */
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

/** A noted delay: its end, on a clock shared between processes, and its length; both in ms. */
export interface Delay {
  readonly at: number;
  readonly ms: number;
  /** How much of it the thread waited for a processor, in ms; 0 outside Linux. */
  readonly waited: number;
}

export interface Watch {
  /** The delays of more than {@link NOTED} ms since the last call. */
  taken(): readonly Delay[];
  stop(): void;
}

const NOTED = 5;

export function watchDelays(): Watch {
  let delays: Delay[] = [];
  let last = performance.now();
  let waitedBefore = waitedSoFar();
  const look = () => {
    const now = performance.now();
    const ms = now - last - 1;
    const waited = waitedSoFar();
    if (ms > NOTED) delays.push({ at: performance.timeOrigin + now, ms, waited: waited - waitedBefore });
    waitedBefore = waited;
    last = now;
  };
  const timer = setInterval(look, 1);
  return {
    taken() {
      // This includes a delay that has just ended, before the timer fires.
      look();
      const seen = delays;
      delays = [];
      return seen;
    },
    stop: () => clearInterval(timer),
  };
}

/** How long the main thread waited for a processor, in ns: the second figure of schedstat. */
function waitedSoFar(): number {
  try {
    const [, waited] = readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ');
    return Number(waited) / 1e6;
  } catch {
    return 0;
  }
}

/** The longest delay; 0 if none was noted. */
export function longest(delays: readonly Delay[]): number {
  return Math.max(0, ...delays.map(({ ms }) => ms));
}

/**
 * The delays that the process itself caused: without the time it waited for a processor, and without delays during which
 * an idle process (`others`) was delayed at least half as long, because then the machine was.
 */
export function ownDelays(delays: readonly Delay[], others: readonly Delay[]): readonly Delay[] {
  const shared = (one: Delay) =>
    others.reduce((sum, { at, ms }) => sum + Math.max(0, Math.min(at, one.at) - Math.max(at - ms, one.at - one.ms)), 0);
  return delays
    .filter((one) => shared(one) < one.ms / 2)
    .map((one) => ({ ...one, ms: Math.max(0, one.ms - one.waited) }));
}
