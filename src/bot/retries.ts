/**
 * Runs work that may fail and must be retried. All retries of the bot go through this module. Each piece of work has a
 * key. Two pieces of work with the same key never run concurrently.
 *
 * Retries use exponential backoff with jitter and a maximum number of tries. Every failure is logged.
 */
import type { Clock } from '../clock.ts';
import { type Log, outsideLogContext } from '../log.ts';
import type { Repeat } from '../store/store.ts';
import type { Metrics } from './ports/metrics.ts';

/**
 * The delay between the first and the second try, in ms. The delay doubles after each further failure, up to the
 * maximum delay.
 */
const usualFirstDelay = 2_000;
const usualLongestDelay = 5 * 60_000;
/**
 * An operation of the store is tried ten times within about 15 s. The second try follows the first without a delay. The
 * delay before the third try is 0.1 s, and each further delay is twice as long, but at most 4 s. If the last try fails,
 * a member who waits for a reply gets an error message.
 */
const storeDelays = { firstDelay: 100, longestDelay: 4_000, tries: 10, isFirstAtOnce: true, level: 'debug' } as const;
/** Each delay is randomly up to 20 % longer or shorter, so that many rounds do not retry at the same time. */
const jitter = 0.2;

export interface Tried {
  /** The text that is logged after a failure, such as "points could not be written". */
  readonly what: string;
  /** Fields that are added to the log line about a failure. */
  readonly about?: object;
  /** Maximum number of tries, including the first. */
  readonly tries: number;
  /** The delay before the second try, in ms. Two seconds by default. */
  readonly firstDelay?: number;
  /** Maximum delay between two tries before jitter, in ms. Five minutes by default. */
  readonly longestDelay?: number;
  /** If true, the second try follows without delay, and `firstDelay` is the delay before the third try. */
  readonly isFirstAtOnce?: boolean;
  /** The level at which failures are logged. "warn" by default. */
  readonly level?: 'debug' | 'warn';
}

export interface Work extends Tried {
  readonly run: () => Promise<void>;
  /** Called after the last try has failed. */
  readonly giveUp?: (error: unknown) => void;
}

export interface Retries {
  /**
   * Runs `work` under `key` and retries it after each failure. If other work with this key is running, `work` runs
   * after the running work has succeeded. If the running work fails, `work` is dropped. If a retry with this key is
   * scheduled, the call does nothing.
   */
  run(key: string, work: Work): void;
  /**
   * Calls `attempt` until it succeeds. Rejects with the error of a failed attempt if `isTemporary` returns false for
   * the error, or if the attempt was the last allowed try. Rejects immediately if the retries are closed.
   */
  until<T>(tried: Tried, attempt: () => Promise<T>, isTemporary: (error: unknown) => boolean): Promise<T>;
  /** Repeats an operation of the store (see Repeat in store.ts). */
  readonly repeat: Repeat;
  /**
   * Call this when the process stops. From then on, each call of `until` may take at most `patience` ms. This limit
   * applies to running calls and to later calls. As soon as one call takes longer, all running calls of `until` reject
   * with their last errors, and later calls reject immediately. Therefore the process stops within a few seconds even
   * if the database cannot be reached.
   */
  hurry(patience: number): void;
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
  /** Cancels all scheduled retries and rejects all calls of `until`. Later calls of `run` do nothing. */
  close(): void;
}

interface Running {
  ended: Promise<void>;
  /**
   * If `run` is called with the same key while this work is running, the new work is kept here. It starts when the
   * running work has succeeded. After several such calls, only the work of the latest call is kept.
   */
  again: Work | undefined;
}

interface State {
  readonly clock: Clock;
  readonly log: Log;
  readonly random: () => number;
  readonly metrics: Pick<Metrics, 'retried'> | undefined;
  readonly running: Map<string, Running>;
  readonly counts: Map<string, number>;
  readonly waiting: Map<string, () => void>;
  /**
   * The calls of `until` that have not ended, by key. Each value is a function that rejects the promise of the call. If
   * the function is called without an argument, it rejects the promise with the last error of the call.
   */
  readonly untils: Map<string, (error?: Error) => void>;
  /** Maximum time that a call of `until` may still take, in ms. Undefined if the process is not stopping. */
  patience: number | undefined;
  /** Number of calls of `until` so far. */
  calls: number;
  isClosed: boolean;
}

interface RetryOptions {
  /** Returns a number from 0 to 1, from which the jitter is calculated. */
  readonly random?: () => number;
  readonly metrics?: Pick<Metrics, 'retried'> | undefined;
}

export function createRetries(clock: Clock, log: Log, options: RetryOptions = {}): Retries {
  const { random = Math.random, metrics } = options;
  const state: State = {
    clock,
    log,
    random,
    metrics,
    running: new Map(),
    counts: new Map(),
    waiting: new Map(),
    untils: new Map(),
    patience: undefined,
    calls: 0,
    isClosed: false,
  };
  return {
    run: (key, work) => run(state, key, work),
    until: (tried, attempt, isTemporary) => until(state, tried, attempt, isTemporary),
    repeat: (what, attempt, isTemporary) => until(state, { ...storeDelays, what }, attempt, isTemporary, 'store'),
    hurry(patience) {
      state.patience = patience;
      if (state.untils.size > 0) clock.alarm(clock.now() + patience, rejectsAll(state, [...state.untils.keys()]));
    },
    isWaiting: (key) => state.waiting.has(key),
    failed: (key, error, tried, again) => failed(state, key, error, tried, again),
    succeeded: (key) => void state.counts.delete(key),
    idle: (prefix) => idle(state, prefix),
    close() {
      state.isClosed = true;
      for (const cancel of state.waiting.values()) cancel();
      state.waiting.clear();
      for (const reject of state.untils.values()) reject(stopped());
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
  {
    what,
    tries,
    firstDelay = usualFirstDelay,
    longestDelay = usualLongestDelay,
    isFirstAtOnce = false,
    level = 'warn',
    about,
  }: Tried,
  again: () => void,
): boolean {
  // A retry with this key is already scheduled, so this failure does not schedule another.
  if (state.waiting.has(key)) return true;
  const count = (state.counts.get(key) ?? 0) + 1;
  const isLast = count >= tries;
  // Only the first part of the key, which is the kind of the work, is passed to the metrics. The other parts are ids,
  // and metrics must not contain ids.
  state.metrics?.retried(key.split('/', 1)[0] ?? '', isLast);
  state.log[level]({ ...about, err: error, key, count }, isLast ? `${what}; given up` : `${what}; tried again later`);
  if (isLast) {
    state.counts.delete(key);
    return false;
  }
  state.counts.set(key, count);
  if (state.isClosed) return true;
  const doublings = count - (isFirstAtOnce ? 2 : 1);
  const delay =
    doublings < 0 ? 0 : Math.min(longestDelay, firstDelay * 2 ** doublings) * (1 + jitter * (2 * state.random() - 1));
  const cancel = state.clock.alarm(state.clock.now() + delay, () => {
    state.waiting.delete(key);
    outsideLogContext(again);
  });
  state.waiting.set(key, cancel);
  return true;
}

function until<T>(
  state: State,
  tried: Tried,
  attempt: () => Promise<T>,
  isTemporary: (error: unknown) => boolean,
  kind = 'until',
): Promise<T> {
  const key = `${kind}/${++state.calls}`;
  let cancel = () => {};
  const ended = new Promise<T>((resolve, reject) => {
    let last: unknown;
    const tryAgain = () => void attempt().then(resolve, onError);
    const onError = (error: unknown) => {
      last = error;
      if (!isTemporary(error) || !failed(state, key, error, tried, tryAgain)) reject(error);
    };
    if (state.isClosed || state.patience === 0) return reject(stopped());
    state.untils.set(key, (error) => reject(error ?? last ?? stopped()));
    if (state.patience !== undefined)
      cancel = state.clock.alarm(state.clock.now() + state.patience, rejectsAll(state, [key]));
    tryAgain();
  });
  return ended.finally(() => {
    cancel();
    state.untils.delete(key);
    state.waiting.get(key)?.();
    state.waiting.delete(key);
    state.counts.delete(key);
  });
}

const stopped = (): Error => new Error('the bot was stopped');

/**
 * Returns a function. If a call of `until` with one of these keys is still running, the function rejects all running
 * calls of `until`. Later calls then reject immediately.
 */
const rejectsAll = (state: State, keys: readonly string[]) => (): void => {
  if (!keys.some((key) => state.untils.has(key))) return;
  state.patience = 0;
  for (const reject of state.untils.values()) reject();
};

async function idle({ running }: State, prefix: string): Promise<void> {
  for (;;) {
    const ended = [...running].flatMap(([key, one]) => (key.startsWith(prefix) ? [one.ended] : []));
    if (ended.length === 0) return;
    await Promise.all(ended);
  }
}
