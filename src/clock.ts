/**
 * The interface for time, used by the bot and the adapters. The core does not use a clock. Tests replace the clock with
 * a fake.
 */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /**
   * Calls `run` once, when the clock has reached `at` (ms since the epoch) or later. The returned function cancels the
   * call.
   */
  alarm(at: number, run: () => void): () => void;
}

/** Maximum delay of setTimeout, 2^31 − 1 ms. With a longer delay, setTimeout would call back immediately. */
const longestWait = 2_147_483_647;

/**
 * Returns the system's time at the start of the process plus the time since then. This clock never jumps, so a
 * correction of the system's clock cannot stop a round.
 */
const monotonicNow = (): number => Math.floor(performance.timeOrigin + performance.now());

export const realClock: Clock = {
  now: monotonicNow,
  alarm(at, run) {
    let timer: NodeJS.Timeout;
    const wait = () => {
      const left = at - monotonicNow();
      timer = left > longestWait ? setTimeout(wait, longestWait) : setTimeout(run, Math.max(0, left));
    };
    wait();
    return () => clearTimeout(timer);
  },
};
