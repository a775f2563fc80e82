/**
 * Measures event loop delays. A timer should fire every millisecond. The delay is the difference between the time when
 * it fires and the time when it should fire.
 */
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

/**
 * A recorded delay. `at` is the time at which the delay ended, in ms on a clock that all processes share. `ms` is the
 * length of the delay.
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

/** Minimum length of a recorded delay, in ms. */
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
      // If the event loop was blocked until now, the timer has not fired yet, so the latest delay is not recorded yet.
      // This call of `look` records the delay.
      look();
      const seen = delays;
      delays = [];
      return seen;
    },
    stop: () => clearInterval(timer),
  };
}

/**
 * Returns how long the main thread has waited for a processor so far, in ms. In Linux, this time is the second number
 * in the file schedstat, in ns.
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
 * Returns the delays that the process itself caused. The time in which the process waited for a processor is subtracted
 * from each delay. `others` are the delays of an idle process that ran at the same time. If these delays cover at least
 * half of a delay of the measured process, that delay is left out, because the machine caused it.
 */
export function ownDelays(delays: readonly Delay[], others: readonly Delay[]): readonly Delay[] {
  const shared = (one: Delay) =>
    others.reduce((sum, { at, ms }) => sum + Math.max(0, Math.min(at, one.at) - Math.max(at - ms, one.at - one.ms)), 0);
  return delays
    .filter((one) => shared(one) < one.ms / 2)
    .map((one) => ({ ...one, ms: Math.max(0, one.ms - one.waited) }));
}
