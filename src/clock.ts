/** The clock of the bot and its adapters. Code in `core` does not read a clock. Tests use a fake clock. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /**
   * Calls `run` once, as soon as the clock has reached `at` (ms since the epoch). The returned function cancels the
   * call.
   */
  alarm(at: number, run: () => void): () => void;
}

/** Maximum delay of setTimeout, 2^31 − 1 ms. If the delay is longer, setTimeout calls back immediately. */
const longestWait = 2_147_483_647;

/**
 * Returns the system time at which the process started, plus the time that has passed since then. Later corrections of
 * the system clock do not change this sum. Therefore they do not affect rounds.
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
