/** Measures event loop delays by a timer that should fire every millisecond and records how late it fires. */
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

/** A recorded delay. `at` is its end in ms on a clock that all processes share; `ms` is its length. */
export interface Delay {
  readonly at: number;
  readonly ms: number;
  /** How long the thread waited for a processor during the delay, in ms. Always 0 on systems other than Linux. */
  readonly waited: number;
}

export interface Watch {
  /** Returns all delays of more than {@link NOTED} ms since the previous call. */
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
      // Also records a delay that has just ended, for which the timer has not fired yet.
      look();
      const seen = delays;
      delays = [];
      return seen;
    },
    stop: () => clearInterval(timer),
  };
}

/** How long the main thread has waited for a processor so far, in ms. Linux gives this in ns as the second figure. */
function waitedSoFar(): number {
  try {
    const [, waited] = readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ');
    return Number(waited) / 1e6;
  } catch {
    return 0;
  }
}

/** The length of the longest delay in ms, or 0 if there is no delay. */
export function longest(delays: readonly Delay[]): number {
  return Math.max(0, ...delays.map(({ ms }) => ms));
}

/**
 * The delays that the process itself caused. The time it waited for a processor is subtracted. A delay is left out if
 * an idle process (`others`) was delayed for at least half of the same time, because then the machine was the cause.
 */
export function ownDelays(delays: readonly Delay[], others: readonly Delay[]): readonly Delay[] {
  const shared = (one: Delay) =>
    others.reduce((sum, { at, ms }) => sum + Math.max(0, Math.min(at, one.at) - Math.max(at - ms, one.at - one.ms)), 0);
  return delays
    .filter((one) => shared(one) < one.ms / 2)
    .map((one) => ({ ...one, ms: Math.max(0, one.ms - one.waited) }));
}
