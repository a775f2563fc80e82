/**
 * Measures event loop delays. A timer should fire every millisecond, and the delay is the time by which it fires too
 * late.
 */
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

/**
 * A recorded delay. `at` is the time at which it ended, in ms on a clock that all processes share. `ms` is its length.
 */
export interface Delay {
  readonly at: number;
  readonly ms: number;
  /**
   * How long the thread waited for a processor during the delay, in ms. This is always 0 on systems other than Linux.
   */
  readonly waited: number;
}

export interface Watch {
  /** Returns all delays of more than {@link MIN_DELAY} ms since the previous call. */
  take(): readonly Delay[];
  stop(): void;
}

/** Shorter delays are not recorded, in ms. */
const MIN_DELAY = 5;

export function watchDelays(): Watch {
  let delays: Delay[] = [];
  let last = performance.now();
  let waitedBefore = waitedSoFar();
  const look = () => {
    const now = performance.now();
    const ms = now - last - 1;
    const waited = waitedSoFar();
    if (ms > MIN_DELAY) delays.push({ at: performance.timeOrigin + now, ms, waited: waited - waitedBefore });
    waitedBefore = waited;
    last = now;
  };
  const timer = setInterval(look, 1);
  return {
    take() {
      // A delay may have just ended, but its timer has not fired yet. This delay is also recorded.
      look();
      const seen = delays;
      delays = [];
      return seen;
    },
    stop: () => clearInterval(timer),
  };
}

/**
 * Returns how long the main thread has waited for a processor so far, in ms. In Linux, the second number in this file
 * is this time in ns.
 */
function waitedSoFar(): number {
  try {
    const [, waited] = readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ');
    return Number(waited) / 1e6;
  } catch {
    return 0;
  }
}

/** Returns the length of the longest delay in ms, or 0 if there are no delays. */
export function longest(delays: readonly Delay[]): number {
  return Math.max(0, ...delays.map(({ ms }) => ms));
}

/**
 * Returns the delays that the process itself caused. The time in which the process waited for a processor is
 * subtracted. If an idle process had delays (`others`) during at least half of a delay, the machine caused this delay,
 * and it is omitted.
 */
export function ownDelays(delays: readonly Delay[], others: readonly Delay[]): readonly Delay[] {
  const shared = (one: Delay) =>
    others.reduce((sum, { at, ms }) => sum + Math.max(0, Math.min(at, one.at) - Math.max(at - ms, one.at - one.ms)), 0);
  return delays
    .filter((one) => shared(one) < one.ms / 2)
    .map((one) => ({ ...one, ms: Math.max(0, one.ms - one.waited) }));
}
