/** Time as a port, for the bot and the adapters. The core uses no clock. Tests use a fake clock. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /** Calls `run` once, at or after the time `at` (ms since the epoch). The returned function cancels the call. */
  alarm(at: number, run: () => void): () => void;
}

/** Maximum delay of setTimeout, 2^31 − 1 ms. With a longer delay, setTimeout would call back immediately. */
const longestWait = 2_147_483_647;

/** The system's time when the process started, then a clock that never jumps: a wrong clock must not stop a round. */
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
