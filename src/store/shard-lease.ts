/**
 * The ownership of shards. A process takes the lease of its shards before it connects to Discord. This ensures that no
 * two processes have the same shard.
 *
 * A lease is a row with a fence. The fence is a number that is greater than the fences of all earlier leases. Each
 * write of a process contains the fence of its lease. If another process has taken the lease, the database refuses the
 * write.
 *
 * Each lease has its own connection, which is used for nothing else. A lease is renewed regularly, and it expires if it
 * is not renewed.
 *
 * The bot does not divide the shards among the processes. Each process reads its range of shards from its settings.
 */
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { type ShardRange, shardRangeName } from '../core/shard-range.ts';
import {
  claim,
  endLease,
  type LeaseTable,
  notifyOthers,
  openLeaseTable,
  otherRanges,
  regain,
  renew,
} from './lease-rows.ts';
import { pause } from './pause.ts';
import { ConnectionLost, DatabaseTaken, LeaseLost, ShardsTaken } from './postgres-errors.ts';

export interface LeaseTimes {
  /** How long a lease lasts without a renewal, in ms. */
  readonly lifetime: number;
  /** Time in ms between the moment when a process stops using its lease and the moment when the lease expires. */
  readonly margin: number;
  /** Time between two renewals, in ms. */
  readonly renewal: number;
  /**
   * After the connection of the owner has ended, other processes wait this long (ms) before they take the lease. If
   * only the connection failed, the owner can connect again during this time.
   */
  readonly grace: number;
  /** Time between two tries to take a lease or to connect again, in ms. */
  readonly retry: number;
  /**
   * Maximum time (ms) that {@link takeLease} waits for the lease of another process to expire. It waits because the
   * other process may just have ended. With `standby: wait` there is no maximum if the other lease is for the same
   * shards.
   */
  readonly patience: number;
  /** Maximum time to wait for a reply of the server, in ms. */
  readonly reply: number;
}

const usualTimes: LeaseTimes = {
  lifetime: 20_000,
  margin: 4_000,
  renewal: 5_000,
  grace: 2_000,
  retry: 500,
  patience: 4_000,
  reply: 10_000,
};

export interface LeaseOptions {
  readonly address: string;
  readonly schema: string | undefined;
  /** The shards of this process. Undefined if it has all shards. */
  readonly shards?: ShardRange | undefined;
  /** What to do while another process owns the same shards. `refuse` by default. */
  readonly standby?: 'refuse' | 'wait';
  readonly clock: Clock;
  readonly log: Log;
  readonly times?: Partial<LeaseTimes>;
  /** Aborts the wait for the lease. {@link takeLease} then throws the signal's reason. */
  readonly signal?: AbortSignal;
  /** Called at most once, when this process has lost its lease. */
  readonly onLost: (error: LeaseLost) => void;
}

export interface Lease {
  /** The fence of this lease, a number in decimal digits. Each write contains it. Later leases have greater fences. */
  readonly fence: string;
  /** Whether this process may still act for its shards. Does not access the database. */
  isHeld(): boolean;
  /** The names of all other ranges of shards, including ranges whose process is not running. Throws ConnectionLost. */
  others(): Promise<readonly string[]>;
  /** Notifies the other processes. Throws ConnectionLost. */
  notify(): Promise<void>;
  /** Calls `run` when another process has called `notify`, and when such a call may have been missed. */
  onNotified(run: () => void): void;
  /** Must be called if the database has refused a write because of the fence. */
  refused(error: LeaseLost): void;
  /** Ends the lease, so that the next process can take it immediately. Never rejects. */
  release(): Promise<void>;
}

interface State extends LeaseOptions {
  readonly name: string;
  readonly timing: LeaseTimes;
  readonly fence: string;
  /**
   * Whether this process has all shards and `standby` is not `wait`. If so, no other process is expected to take the
   * lease, and this process keeps the lease while the database cannot be reached.
   */
  readonly isAlone: boolean;
  table: LeaseTable;
  /**
   * If the lease is not renewed, this process must stop using it at this time, in ms on the clock of this process.
   */
  until: number;
  /** `lost` and `released` are final. */
  status: 'held' | 'lost' | 'released';
  onNotified: () => void;
  cancelRenewal: () => void;
  cancelEnd: () => void;
}

/**
 * Takes the lease of these shards. Throws DatabaseTaken if another process owns the same shards and `standby` is not
 * `wait`. Throws ShardsTaken if another process owns a range that conflicts with this one. Throws ConnectionLost.
 */
export async function takeLease(options: LeaseOptions): Promise<Lease> {
  const timing = { ...usualTimes, ...options.times };
  const table = await openLeaseTable(options, timing.reply);
  try {
    const until = () => options.clock.now() + timing.lifetime - timing.margin;
    const { fence, at } = await takeWhenFree(options, timing, table, until);
    const state: State = {
      ...options,
      name: shardRangeName(options.shards),
      timing,
      table,
      fence,
      isAlone: !options.shards && options.standby !== 'wait',
      until: at,
      status: 'held',
      onNotified: () => undefined,
      cancelRenewal: () => undefined,
      cancelEnd: () => undefined,
    };
    await maintain(state);
    return {
      fence,
      others: async () => (await otherRanges(state.table, fence)).map(shardRangeName),
      notify: () => notifyOthers(state.table),
      onNotified: (run) => void (state.onNotified = run),
      isHeld: () => state.status === 'held' && (state.isAlone || options.clock.now() < state.until),
      refused: (error) => loseLease(state, error),
      release: () => release(state),
    };
  } catch (error) {
    await table.close();
    throw error;
  }
}

/**
 * Tries to take the lease until this succeeds. Throws after {@link LeaseTimes.patience}, unless `standby` is `wait` and
 * the owner has the same shards.
 */
async function takeWhenFree(
  { address, shards, standby, clock, log, signal }: LeaseOptions,
  timing: LeaseTimes,
  table: LeaseTable,
  until: () => number,
): Promise<{ readonly fence: string; readonly at: number }> {
  const began = clock.now();
  /**
   * The owners whose connection has ended. The key is the fence of the owner. The value is the time when this process
   * first noticed the end of the connection.
   */
  const closed = new Map<string, number>();
  let isWaiting = false;
  for (;;) {
    signal?.throwIfAborted();
    const at = until();
    const result = await claim(table, shards, timing.lifetime, ({ fence, isConnected }) => {
      if (isConnected) {
        closed.delete(fence);
        return false;
      }
      const since = closed.get(fence) ?? clock.now();
      closed.set(fence, since);
      return clock.now() - since >= timing.grace;
    });
    if (result.is === 'taken') return { fence: result.fence, at };
    const mayWait = result.is === 'busy' && standby === 'wait';
    if (!mayWait && clock.now() - began >= timing.patience)
      throw result.is === 'busy'
        ? new DatabaseTaken(address, shards && shardRangeName(shards))
        : new ShardsTaken(address, shardRangeName(shards), shardRangeName(result.by));
    if (mayWait && !isWaiting)
      log.warn({ shards: shardRangeName(shards) }, 'another process owns these shards; waiting until it ends');
    isWaiting ||= mayWait;
    await pause(clock, timing.retry, signal);
  }
}

/** Renews the lease regularly, watches its connection, and gives the lease up if a renewal does not succeed in time. */
async function maintain(state: State): Promise<void> {
  const { table } = state;
  await table.listen(() => state.onNotified());
  void table.ended.then(() => {
    if (state.table === table && state.status === 'held') void connectAgain(state);
  });
  watchEnd(state);
  scheduleRenewal(state);
}

function watchEnd(state: State): void {
  const { clock, isAlone, name } = state;
  state.cancelEnd();
  if (isAlone) return;
  state.cancelEnd = clock.alarm(state.until, () =>
    loseLease(state, new LeaseLost(`the database did not confirm the ownership of the shards ${name} in time`)),
  );
}

function scheduleRenewal(state: State): void {
  const { clock, timing } = state;
  state.cancelRenewal();
  state.cancelRenewal = clock.alarm(clock.now() + timing.renewal, () => void renewNow(state));
}

async function renewNow(state: State): Promise<void> {
  const { clock, timing, table, fence } = state;
  const until = clock.now() + timing.lifetime - timing.margin;
  try {
    const isOurs = await renew(table, fence, timing.lifetime);
    if (state.status !== 'held' || state.table !== table) return;
    if (!isOurs) return loseLease(state, takenByOther(state));
    state.until = until;
    watchEnd(state);
    scheduleRenewal(state);
  } catch {
    // After the connection has ended, this process connects again (see `maintain`).
    await table.close();
  }
}

/** Connects again and continues with the same fence, unless another process has taken the lease. */
async function connectAgain(state: State): Promise<void> {
  const { clock, timing, name, log } = state;
  state.cancelRenewal();
  log.warn('the connection that holds the lease is lost; connecting again');
  while (state.status === 'held')
    try {
      if (await isRegained(state)) return;
      return loseLease(state, takenByOther(state));
    } catch (error) {
      if (!(error instanceof ConnectionLost))
        return loseLease(
          state,
          new LeaseLost(`the ownership of the shards ${name} could not be renewed: ${String(error)}`),
        );
      await pause(clock, timing.retry);
    }
}

/** False if another process has taken the lease. Throws ConnectionLost. */
async function isRegained(state: State): Promise<boolean> {
  const { clock, timing, fence } = state;
  const until = clock.now() + timing.lifetime - timing.margin;
  const table = await openLeaseTable(state, timing.reply);
  try {
    if (!(await regain(table, fence, timing.lifetime))) return false;
    if (state.status !== 'held') return true;
    state.table = table;
    state.until = until;
    await maintain(state);
    // A notification may have been missed while the connection was lost.
    state.onNotified();
    return true;
  } finally {
    if (state.table !== table) await table.close();
  }
}

const takenByOther = ({ name }: State): LeaseLost => new LeaseLost(`another process has taken the shards ${name}`);

function loseLease(state: State, error: LeaseLost): void {
  if (state.status !== 'held') return;
  state.status = 'lost';
  cancelAlarms(state);
  void state.table.close();
  state.onLost(error);
}

async function release(state: State): Promise<void> {
  const { table, fence } = state;
  const wasHeld = state.status === 'held';
  state.status = 'released';
  cancelAlarms(state);
  // If the connection is lost, the lease cannot be marked as free. The next process then waits for the grace time.
  if (wasHeld) await endLease(table, fence).catch(() => undefined);
  await table.close();
}

function cancelAlarms(state: State): void {
  state.cancelRenewal();
  state.cancelEnd();
}
