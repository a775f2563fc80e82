/** How long the event loop of this process stands still: a timer that should fire every millisecond, and how late it is. */
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

/** A delay worth noting: when it ended, by a clock that processes share, and how long it was; both in ms. */
export interface Delay {
  readonly at: number;
  readonly ms: number;
  /** Of these the ms in which the thread could run and other programs had the processors; 0 where no Linux tells. */
  readonly waited: number;
}

export interface Watch {
  /** Delays of more than {@link NOTED} ms since the last call, and begins anew. */
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
      // What has just ended is seen here, before the timer comes round to it.
      look();
      const seen = delays;
      delays = [];
      return seen;
    },
    stop: () => clearInterval(timer),
  };
}

/** Second figure of schedstat: ns for which the main thread, whose id is the process's, waited for a processor. */
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
 * Delays less what was waited for a processor, without those during which `others`, of a process beside it with nothing
 * to do, stood still for half as long: then the machine did.
 */
export function ownDelays(delays: readonly Delay[], others: readonly Delay[]): readonly Delay[] {
  const shared = (one: Delay) =>
    others.reduce((sum, { at, ms }) => sum + Math.max(0, Math.min(at, one.at) - Math.max(at - ms, one.at - one.ms)), 0);
  return delays
    .filter((one) => shared(one) < one.ms / 2)
    .map((one) => ({ ...one, ms: Math.max(0, one.ms - one.waited) }));
}
