/** Time as a port, for the bot and the adapters; the core has no clock. Tests advance a virtual one. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /** Calls `run` once, at or after `at` (ms since the epoch); the returned function cancels it. */
  alarm(at: number, run: () => void): () => void;
}

/** setTimeout takes at most 2^31 − 1 ms; a longer wait would fire at once. */
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
