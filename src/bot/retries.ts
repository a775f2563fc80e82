/**
 * Runs work that may fail and must be retried. All retries of the bot go through this module. Each piece of work has a
 * key. Two pieces of work with the same key never run concurrently. Retries use exponential backoff with jitter and a
 * maximum number of tries. Every failure is logged.
 */
import type { Clock } from '../clock.ts';
import { type Log, outsideLogContext } from '../log.ts';

/**
 * The delay between the first and the second try, in ms. The delay doubles after each further failure, up to the
 * longest delay.
 */
const firstDelay = 2_000;
const usualLongestDelay = 5 * 60_000;
/** Each delay is randomly up to 20 % longer or shorter, so that many rounds do not retry at the same time. */
const jitter = 0.2;

export interface Tried {
  /** The text that is logged after a failure, such as "points could not be written". */
  readonly what: string;
  /** Fields that are added to the log line about a failure. */
  readonly about?: object;
  /** Maximum number of tries, including the first. */
  readonly tries: number;
  /** Maximum delay between two tries before jitter, in ms. Five minutes by default. */
  readonly longestDelay?: number;
}

export interface Work extends Tried {
  readonly run: () => Promise<void>;
  /** Called after the last try has failed. */
  readonly giveUp?: (error: unknown) => void;
}

export interface Retries {
  /**
   * Runs `work` under `key` and retries it after each failure. If other work with this key is running, `work` runs
   * afterwards. If a retry with this key is scheduled, the call does nothing.
   */
  run(key: string, work: Work): void;
  /** Whether a retry of `key` is scheduled. */
  isWaiting(key: string): boolean;
  /**
   * Counts a failed try of `key`, schedules a call of `again` and returns true. If this was the last allowed try,
   * resets the count, schedules nothing and returns false.
   */
  failed(key: string, error: unknown, tried: Tried, again: () => void): boolean;
  /** Resets the count of failed tries of `key`. */
  succeeded(key: string): void;
  /** Resolves when no work whose key starts with `prefix` is running. Does not wait for scheduled retries. */
  idle(prefix: string): Promise<void>;
  /** Cancels all scheduled retries. Later calls of `run` do nothing. */
  close(): void;
}

interface Running {
  ended: Promise<void>;
  /**
   * The work that runs next, because `run` was called with the same key while this work was running. If there were
   * several such calls, only the work of the latest call is stored.
   */
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

/** Runs the work once. Resolves to true if the work succeeded. Never rejects. */
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
  { what, tries, longestDelay = usualLongestDelay, about }: Tried,
  again: () => void,
): boolean {
  // A retry with this key is already scheduled, so this failure does not schedule another.
  if (state.waiting.has(key)) return true;
  const count = (state.counts.get(key) ?? 0) + 1;
  const isLast = count >= tries;
  state.log.warn({ ...about, err: error, key, count }, isLast ? `${what}; given up` : `${what}; tried again later`);
  if (isLast) {
    state.counts.delete(key);
    return false;
  }
  state.counts.set(key, count);
  if (state.isClosed) return true;
  const delay = Math.min(longestDelay, firstDelay * 2 ** (count - 1)) * (1 + jitter * (2 * state.random() - 1));
  const cancel = state.clock.alarm(state.clock.now() + delay, () => {
    state.waiting.delete(key);
    outsideLogContext(again);
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
