/**
 * Limits how often the bot asks Discord for a new gateway session with an identify request (IDENTIFY). If a bot sends
 * more than 1,000 identify requests in 24 hours, Discord resets the token of this bot. discord.js would send an
 * identify request every six seconds for as long as Discord answers "invalid session". Therefore the delay between two
 * identify requests grows. The bot ends after five identify requests without a lasting session.
 *
 * The times of the identify requests are stored. Therefore the limit also applies to a bot that is restarted
 * repeatedly, and to a process that takes over the shards of another process.
 *
 * Processes with the same token send their identify requests one after the other. Source: Discord documentation,
 * events/gateway#identifying.
 */
import type { IIdentifyThrottler } from 'discord.js';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { IdentifyTurns } from './identify-turns.ts';
import { ConnectionEnded } from './login-errors.ts';

/** For each shard, stores the times of the identify requests since its last session, in ms since the epoch. */
export interface IdentifyTimes {
  load(shard: number): Promise<readonly number[]>;
  save(shard: number, times: readonly number[]): Promise<void>;
}

/** Only the identify requests of the last ten minutes are counted. */
const countedMs = 10 * 60_000;
/** When a session has lasted for this time (ms), the identify requests before it are no longer counted. */
const lastingMs = 60_000;
/**
 * The minimum delay after the first, second, third and fourth counted identify request, in ms. Discord itself demands
 * five seconds. No delay follows the fifth identify request, because the bot then ends instead of sending a sixth one.
 */
const delays = [5_000, 10_000, 20_000, 40_000] as const;
const maxIdentifies = delays.length + 1;
/**
 * Expected maximum time until an identify request reaches Discord, in ms. Before another process may send an
 * identify request for the same rate limit bucket, Discord's five seconds plus this time must pass.
 */
const maxTravelTime = 500;

interface SessionsLeft {
  readonly remaining: number;
  /** Time until Discord allows new sessions, in ms. */
  readonly reset_after: number;
}

interface Gateway {
  readonly maxConcurrency: number;
  /** Asks Discord how many sessions all processes together may still begin. */
  left(): Promise<SessionsLeft>;
}

interface ShardState {
  times: readonly number[];
  /** When the current session began, in ms since the epoch. Undefined while the shard has no session. */
  readyAt: number | undefined;
}

interface Budget {
  readonly clock: Clock;
  readonly times: IdentifyTimes;
  readonly log: Log;
  readonly onUsedUp: (error: ConnectionEnded) => void;
  /**
   * Ensures that the processes with the same token send their identify requests one after the other. Undefined if only
   * this process uses the token.
   */
  readonly turns: IdentifyTurns | undefined;
  readonly gateway: Gateway;
  readonly shards: Map<number, ShardState>;
  /**
   * For each rate limit bucket (see `max_concurrency`): when the next identify request is allowed, in ms since the
   * epoch.
   */
  readonly free: Map<number, number>;
}

type Ports = Pick<Budget, 'clock' | 'times' | 'log' | 'onUsedUp' | 'turns'>;

export interface IdentifyBudget {
  readonly throttler: (gateway: Gateway) => IIdentifyThrottler;
  /** Must be called when the session of a shard has begun. */
  ready(shard: number): void;
}

/**
 * @param ports `onUsedUp` is called when the bot must not send another identify request. The throttler then waits until
 * its signal is aborted.
 */
export function identifyBudget(ports: Ports): IdentifyBudget {
  const shards = new Map<number, ShardState>();
  return {
    throttler(gateway) {
      const budget: Budget = { ...ports, gateway, shards, free: new Map() };
      return { waitForIdentify: (shard, signal) => waitForIdentify(budget, shard, signal) };
    },
    ready(shard) {
      const state = shards.get(shard);
      if (state) state.readyAt = ports.clock.now();
      void save(ports, shard, []);
    },
  };
}

async function waitForIdentify(budget: Budget, shard: number, signal: AbortSignal): Promise<void> {
  const { clock, log, onUsedUp } = budget;
  const state = budget.shards.get(shard) ?? { times: await load(budget, shard), readyAt: undefined };
  budget.shards.set(shard, state);
  const now = clock.now();
  const lasted = state.readyAt !== undefined && now - state.readyAt >= lastingMs;
  const times = lasted ? [] : state.times.filter((at) => at > now - countedMs && at <= now);
  const [first = now] = times;
  if (times.length >= maxIdentifies) {
    onUsedUp(usedUp(first + countedMs - now));
    return closed(signal);
  }
  const bucket = shard % budget.gateway.maxConcurrency;
  const last = times.at(-1);
  const at = Math.max(
    now,
    budget.free.get(bucket) ?? 0,
    last === undefined ? 0 : last + (delays[times.length - 1] ?? 0),
  );
  budget.free.set(bucket, at + delays[0]);
  if (times.length > 0)
    log.warn(
      { shard, identifies: times.length, seconds: Math.ceil((at - now) / 1_000) },
      'waiting before a new session',
    );
  await until(clock, at, signal);
  await takeTurn(budget, bucket, signal);
  log.info({ shard, identifies: times.length + 1 }, 'asking Discord for a new gateway session (identify)');
  Object.assign(state, { times: [...times, clock.now()], readyAt: undefined });
  await save(budget, shard, state.times);
}

/**
 * Waits until no other process blocks this bucket. Then blocks the bucket for other processes for five seconds plus
 * `maxTravelTime`. Finally checks that Discord's limit for all processes is not used up.
 */
async function takeTurn({ turns, clock, gateway, log, onUsedUp }: Budget, bucket: number, signal: AbortSignal) {
  if (!turns) return;
  const end = await turns.take(bucket, signal);
  clock.alarm(clock.now() + delays[0] + maxTravelTime, end);
  const left = await gateway.left().catch((error: unknown) => {
    log.warn({ err: error }, 'Discord did not say how many sessions are left');
  });
  if (!left || left.remaining > 0) return;
  const minutes = Math.ceil(left.reset_after / 60_000);
  onUsedUp(new ConnectionEnded('later', `Discord allows this bot no new session for ${minutes} minutes`));
  await closed(signal);
}

/** Rejects when the signal is aborted. */
const closed = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('the shard closed'))));

const usedUp = (left: number): ConnectionEnded =>
  new ConnectionEnded(
    'later',
    `none of ${maxIdentifies} sessions lasted, and Discord resets the token of a bot that asks for too many. Start it again in ${Math.ceil(left / 60_000)} minutes`,
  );

/** Waits until the time `at`. Rejects if the signal is aborted earlier. */
function until(clock: Clock, at: number, signal: AbortSignal): Promise<void> {
  if (at <= clock.now()) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const cancel = clock.alarm(at, resolve);
    signal.addEventListener('abort', () => {
      cancel();
      reject(new Error('the shard closed'));
    });
  });
}

/** If the stored times cannot be read, only the identify requests of this process are counted. */
async function load({ times, log }: Ports, shard: number): Promise<readonly number[]> {
  try {
    return await times.load(shard);
  } catch (error) {
    log.error({ err: error, shard }, 'the times of earlier identifies could not be read');
    return [];
  }
}

async function save({ times, log }: Ports, shard: number, kept: readonly number[]): Promise<void> {
  try {
    await times.save(shard, kept);
  } catch (error) {
    log.error({ err: error, shard }, 'the times of identifies could not be saved');
  }
}
