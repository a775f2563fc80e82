/** Stops the parts of a running bot in order. */
import type { PackRuntime } from './packs/pack-runtime.ts';
import type { RemovedServers } from './privacy/removed-servers.ts';
import type { Retries } from './retries.ts';
import type { RoundRuntime } from './rounds/rounds.ts';
import type { Starting } from './starting.ts';

export interface Stoppable {
  /**
   * Stops the bot. First waits until open questions have ended, but not longer than `patience` ms (default 0). Then
   * pauses the rounds, which continue at the next start, and logs out. Does not close the store. Idempotent: later
   * calls return the same promise.
   */
  stop(patience?: number): Promise<void>;
  /**
   * Stops because another process owns the shards: leaves the gateway immediately and posts nothing. If the bot is
   * already being stopped, returns the promise of {@link stop}.
   */
  abandon(): Promise<void>;
}

interface Parts {
  readonly rounds: RoundRuntime;
  readonly removedServers: RemovedServers;
  readonly packs: PackRuntime;
  /** The connection to Discord. */
  readonly connection: { leave(): Promise<void> };
  readonly starting: Starting;
  readonly retries: Retries;
  /** Called before any part is stopped. */
  readonly onStopping: () => void;
  /** Called before the bot leaves the gateway. From then on, the bot does not wait for open questions to end. */
  readonly onLeaving: () => void;
}

/** How much of the `patience` of a stop is reserved for the last requests to Discord, in ms. */
const lastRequests = 1_500;
/** Prefixes of the keys of retried work that uses the store. The work of rounds has other keys (see `rounds.close`). */
const storeWork = ['removed', 'delete/', 'pieces', 'purge', 'forgotten/'];

export function stoppable({
  rounds,
  removedServers,
  packs,
  connection,
  starting,
  retries,
  onStopping,
  onLeaving,
}: Parts): Stoppable {
  let stopping: Promise<void> | undefined;
  const stopWork = () => {
    onStopping();
    starting.close();
    removedServers.close();
    packs.close();
  };
  // After the bot has stopped, the store is closed. Therefore all work that uses the store must have ended.
  const workEnded = () => Promise.all(storeWork.map((key) => retries.idle(key)));
  const stop = async (patience: number) => {
    stopWork();
    if (patience > 0) await rounds.pause(Math.max(0, patience - lastRequests));
    onLeaving();
    await rounds.close();
    await connection.leave();
    await workEnded();
  };
  const abandon = async () => {
    stopWork();
    onLeaving();
    await connection.leave();
    await rounds.close();
    await workEnded();
  };
  return {
    stop: (patience = 0) => (stopping ??= stop(patience)),
    abandon: () => (stopping ??= abandon()),
  };
}
