/** Time as a port: the shell and the adapters ask it, the core never does. Tests bring one they can advance. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /** Calls `run` once, at or after `at` (ms since the epoch); the answer takes it back. */
  alarm(at: number, run: () => void): () => void;
}

/** setTimeout holds at most 2^31 − 1 ms; a longer wait would fire at once. */
const longestWait = 2_147_483_647;

export const realClock: Clock = {
  now: () => Date.now(),
  alarm(at, run) {
    let timer: NodeJS.Timeout;
    const wait = () => {
      const left = at - Date.now();
      timer = left > longestWait ? setTimeout(wait, longestWait) : setTimeout(run, Math.max(0, left));
    };
    wait();
    return () => clearTimeout(timer);
  },
};
