/**
 * Deletes the data of a server 30 days after the bot was removed from it. The time of the removal is stored, so a
 * restart does not extend the 30 days. If the bot is added again within this time, the data is kept.
 */
import { z } from 'zod';
import type { Settings } from '../../chat/command-context.ts';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { Store } from '../../store/store.ts';
import { type Alarms, createAlarms } from '../alarms.ts';
import { type ShardOwner, soleOwner } from '../ports/shard-owner.ts';
import type { ServerPacks } from '../packs/server-packs.ts';
import type { Retries } from '../retries.ts';
import { deleteServer, removedKey, removedPrefix, storedServers } from './delete-server.ts';

/** How long the data of a server is kept after the removal of the bot, in ms. */
const keptFor = 30 * 86_400_000;

const removedSchema = z.object({
  /** When the bot was removed, or when it first noticed the removal, in ms since the epoch. */
  at: z.number(),
});

export interface RemovedServers {
  /**
   * Compares the stored servers with the servers that the bot is in. Call this after each start. If the bot was removed
   * from a server while it was not running, the current time is stored as the time of the removal.
   */
  start(present: ReadonlySet<string>): void;
  /** Call this when the bot was removed from a server. */
  removed(server: string): void;
  /** Call this when the bot was added to a server, and when a command is used in a server. */
  present(server: string): void;
  /** Clears the alarms. They are set again at the next start. */
  close(): void;
}

interface Ports {
  readonly store: Store;
  readonly settings: Settings;
  readonly packs: Pick<ServerPacks, 'forget'>;
  readonly clock: Clock;
  readonly retries: Retries;
  /**
   * Each process handles only its own servers, because it cannot tell whether the bot is in a server of another
   * process.
   */
  readonly owner?: Pick<ShardOwner, 'owns'>;
  readonly log: Log;
}

interface State extends Ports {
  readonly owner: Pick<ShardOwner, 'owns'>;
  /** The servers that removed the bot and whose data will be deleted, each with the time when it removed the bot. */
  readonly waiting: Map<string, number>;
  readonly alarms: Alarms;
}

export function createRemovedServers(ports: Ports): RemovedServers {
  const state: State = { owner: soleOwner, ...ports, waiting: new Map(), alarms: createAlarms(ports.clock) };
  return {
    start: (present) =>
      ports.retries.run('removed', {
        what: 'the servers without the bot could not be looked up',
        tries: Infinity,
        run: () => compare(state, present),
      }),
    removed: (server) => note(state, server),
    present: (server) => keep(state, server),
    close: state.alarms.close,
  };
}

async function compare(state: State, present: ReadonlySet<string>): Promise<void> {
  const { store, owner, waiting } = state;
  for await (const [key, { at }] of store.range(removedPrefix, removedSchema)) {
    const server = key.slice(removedPrefix.length);
    if (owner.owns(server)) wait(state, server, at);
  }
  for (const server of await storedServers(store))
    if (owner.owns(server) && !present.has(server) && !waiting.has(server)) note(state, server);
  for (const server of present) keep(state, server);
}

function note(state: State, server: string): void {
  wait(state, server, state.clock.now());
  save(state, server);
}

function keep(state: State, server: string): void {
  if (!state.waiting.delete(server)) return;
  state.alarms.clear(server);
  save(state, server);
}

function wait(state: State, server: string, at: number): void {
  state.waiting.set(server, at);
  state.alarms.set(server, at + keptFor, () => deleteNow(state, server));
}

/** Stores the time of the removal, or deletes the stored time if the bot is in the server again. */
function save({ store, retries, waiting }: State, server: string): void {
  retries.run(removedKey(server), {
    what: 'whether the bot is in a server could not be saved',
    tries: Infinity,
    run() {
      const at = waiting.get(server);
      return at === undefined ? store.delete(removedKey(server)) : store.set(removedKey(server), { at });
    },
  });
}

function deleteNow({ store, settings, packs, retries, waiting, log }: State, server: string): void {
  retries.run(`delete/${server}`, {
    what: 'the data of a server could not be deleted',
    tries: Infinity,
    async run() {
      if (!waiting.has(server)) return;
      await settings.forgetServer(server);
      const values = await deleteServer(store, server);
      packs.forget(server);
      waiting.delete(server);
      log.info({ server, values }, 'the data of a server is deleted, because the bot was removed 30 days ago');
    },
  });
}
