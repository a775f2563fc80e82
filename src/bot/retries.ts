/**
 * The one place for work that is tried again: keyed, so that nothing is tried twice at once; with backoff and jitter;
 * with an end; with a log line that carries a reference. Time is the clock's.
 */
import { randomBytes } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';

/** The delay before the second try, in ms; every further one is twice as long, up to the longest. */
const firstDelay = 2_000;
const usualLongestDelay = 5 * 60_000;
/** Delays vary by this share, so that many rounds do not try at the same moment. */
const jitter = 0.2;

export interface Tried {
  /** What failed, for the log: "points could not be written". */
  readonly what: string;
  /** Tries in all, the first included. */
  readonly tries: number;
  /** No delay is longer, in ms; five minutes by default. */
  readonly longestDelay?: number;
}

export interface Work extends Tried {
  readonly run: () => Promise<void>;
  /** Called when the last try failed. */
  readonly giveUp?: (error: unknown) => void;
}

export interface Retries {
  /**
   * Runs `work` under `key`, and again after each failure. While it runs, a second call makes it run once more
   * afterwards; while it waits for its next try, a second call does nothing.
   */
  run(key: string, work: Work): void;
  /** Whether the next try of `key` is still to come. */
  isWaiting(key: string): boolean;
  /**
   * Counts a failed try of `key` and calls `again` after the delay. False when this was the last try; then the count
   * starts anew.
   */
  failed(key: string, error: unknown, tried: Tried, again: () => void): boolean;
  /** Forgets the failed tries of `key`. */
  succeeded(key: string): void;
  /** Resolves when nothing under a key with this beginning runs. */
  idle(prefix: string): Promise<void>;
  /** Cancels the tries to come. Nothing starts any more. */
  close(): void;
}

interface Running {
  ended: Promise<void>;
  /** Asked for again while it runs. */
  again: Work | undefined;
}

interface State {
  readonly clock: Clock;
  readonly log: Log;
  readonly random: () => number;
  readonly running: Map<string, Running>;
  readonly counts: Map<string, number>;
  readonly waiting: Map<string, () => void>;
  isClosed: boolean;
}

export function createRetries(clock: Clock, log: Log, random: () => number = Math.random): Retries {
  const state: State = {
    clock,
    log,
    random,
    running: new Map(),
    counts: new Map(),
    waiting: new Map(),
    isClosed: false,
  };
  return {
    run: (key, work) => run(state, key, work),
    isWaiting: (key) => state.waiting.has(key),
    failed: (key, error, tried, again) => failed(state, key, error, tried, again),
    succeeded: (key) => void state.counts.delete(key),
    idle: (prefix) => idle(state, prefix),
    close() {
      state.isClosed = true;
      for (const cancel of state.waiting.values()) cancel();
      state.waiting.clear();
    },
  };
}

function run(state: State, key: string, work: Work): void {
  if (state.isClosed || state.waiting.has(key)) return;
  const already = state.running.get(key);
  if (already) already.again = work;
  else start(state, key, work);
}

function start(state: State, key: string, work: Work): void {
  const running: Running = { ended: Promise.resolve(), again: undefined };
  state.running.set(key, running);
  running.ended = tryOnce(state, key, work).then((isDone) => {
    state.running.delete(key);
    if (isDone && running.again) run(state, key, running.again);
  });
}

/** Whether it succeeded. Never rejects. */
async function tryOnce(state: State, key: string, work: Work): Promise<boolean> {
  try {
    await work.run();
    state.counts.delete(key);
    return true;
  } catch (error) {
    if (!failed(state, key, error, work, () => run(state, key, work))) work.giveUp?.(error);
    return false;
  }
}

function failed(
  state: State,
  key: string,
  error: unknown,
  { what, tries, longestDelay = usualLongestDelay }: Tried,
  again: () => void,
): boolean {
  // The next try is on its way: a second failure of the same kind brings no second one.
  if (state.waiting.has(key)) return true;
  const count = (state.counts.get(key) ?? 0) + 1;
  const isLast = count >= tries;
  const reference = randomBytes(4).toString('hex');
  state.log.warn({ err: error, key, count, reference }, isLast ? `${what}; given up` : `${what}; tried again later`);
  if (isLast) {
    state.counts.delete(key);
    return false;
  }
  state.counts.set(key, count);
  if (state.isClosed) return true;
  const delay = Math.min(longestDelay, firstDelay * 2 ** (count - 1)) * (1 + jitter * (2 * state.random() - 1));
  const cancel = state.clock.alarm(state.clock.now() + delay, () => {
    state.waiting.delete(key);
    again();
  });
  state.waiting.set(key, cancel);
  return true;
}

async function idle({ running }: State, prefix: string): Promise<void> {
  for (;;) {
    const ended = [...running].flatMap(([key, one]) => (key.startsWith(prefix) ? [one.ended] : []));
    if (ended.length === 0) return;
    await Promise.all(ended);
  }
}
