/**
 * Deletes old data of the packs that servers added. Each installed version of a pack is called an edition, and its text
 * is stored in pieces. If an edition is no longer installed, its pieces are deleted. 30 days after a pack was removed,
 * the members' progress, the reports and the answer counts of this pack are deleted.
 *
 * If the bot stops before the data is deleted, or if a deletion fails, the data is deleted after the next start.
 */
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { Store } from '../../store/store.ts';
import { createAlarms } from '../alarms.ts';
import { type ShardOwner, soleOwner } from '../ports/shard-owner.ts';
import type { Retries } from '../retries.ts';
import { addedPackId } from '../../core/scores/stored-ids.ts';
import type { ReportStore } from '../reports/report-store.ts';
import { deleteSumsOfPack } from '../reports/sums-store.ts';
import { deletePackProgress } from './pack-progress.ts';
import type { ServerPacks } from './server-packs.ts';
import { packListPrefix, packListSchema, piecesPrefix, unlistedPieces } from './stored-packs.ts';

/** How long the members' progress in a removed pack is kept, in ms. */
const progressKeptFor = 30 * 86_400_000;

export interface PackCleanup {
  /**
   * Must be called before the pieces of an edition are written. Otherwise `sweepPieces` could delete the pieces,
   * because the list of packs does not contain the edition yet.
   */
  begin(edition: string): void;
  /** Must be called after the list of packs was written, or after the installation failed. */
  end(edition: string): void;
  /** Deletes the pieces of editions that are not in the server's list of packs. Failures are retried. */
  sweepPieces(server: string): void;
  /**
   * Deletes the members' progress in a removed pack 30 days after `at` (ms since the epoch), unless the pack has been
   * installed again.
   */
  deleteProgressLater(server: string, key: string, at: number): void;
  /** Finds and deletes the data that the servers of this process no longer need. Call this after each start. */
  start(): void;
  close(): void;
}

interface Ports {
  readonly store: Store;
  readonly packs: ServerPacks;
  readonly reported: Pick<ReportStore, 'forgetPack'>;
  /**
   * Only the servers of this process are cleaned up, because another process may be writing the pieces of its own
   * servers. By default, this process has all servers.
   */
  readonly owner?: Pick<ShardOwner, 'owns'>;
  readonly clock: Clock;
  readonly retries: Retries;
  readonly log: Log;
}

export function createPackCleanup(ports: Ports): PackCleanup {
  const { clock, retries, owner = soleOwner } = ports;
  const installing = new Set<string>();
  const alarms = createAlarms(clock);
  const sweepPieces = (server: string) =>
    retries.run(`pieces/${server}`, {
      what: 'the pieces of a replaced pack could not be deleted',
      tries: 12,
      run: () => sweep(ports, server, installing),
    });
  const deleteProgressLater = (server: string, key: string, at: number) =>
    alarms.set(`${server}/${key}`, at + progressKeptFor, () =>
      retries.run(`pieces/${server}/${key}`, {
        what: 'the progress in a removed pack could not be deleted',
        tries: Infinity,
        run: () => deleteProgress(ports, server, key, at),
      }),
    );
  return {
    begin: (edition) => void installing.add(edition),
    end: (edition) => void installing.delete(edition),
    sweepPieces,
    deleteProgressLater,
    start: () =>
      retries.run('pieces', {
        what: 'leftovers of packs could not be looked up',
        tries: Infinity,
        async run() {
          for (const server of await serversWithPieces(ports.store)) if (owner.owns(server)) sweepPieces(server);
          for await (const [listKey, { removed }] of ports.store.range(packListPrefix, packListSchema)) {
            const server = listKey.slice(packListPrefix.length);
            if (owner.owns(server)) for (const { key, at } of removed) deleteProgressLater(server, key, at);
          }
        },
      }),
    close: alarms.close,
  };
}

async function sweep({ store, packs }: Ports, server: string, installing: ReadonlySet<string>): Promise<void> {
  const { packs: listed } = await packs.list(server);
  const editions = new Set([...listed.map(({ edition }) => edition), ...installing]);
  for (const key of await unlistedPieces(store, server, editions)) await store.delete(key);
}

async function deleteProgress(ports: Ports, server: string, key: string, at: number): Promise<void> {
  const { store, packs, reported, log } = ports;
  const isDue = ({ removed }: Awaited<ReturnType<ServerPacks['list']>>) =>
    removed.some((one) => one.key === key && one.at === at);
  if (!isDue(await packs.list(server))) return;
  const values = (await deletePackProgress(store, server, key)) + (await deleteSumsOfPack(store, server, key));
  await reported.forgetPack(server, addedPackId(server, key));
  await packs.changeList(server, (old) => ({ ...old, removed: old.removed.filter((one) => one.key !== key) }));
  log.info({ server, values }, 'the progress in a pack is deleted, because the pack was removed 30 days ago');
}

/** The ids of all servers that have pieces of packs in the store. Throws StoreError. */
async function serversWithPieces(store: Store): Promise<readonly string[]> {
  const servers: string[] = [];
  for (let key = await store.nextKey(piecesPrefix, piecesPrefix); key !== undefined;) {
    const [server = ''] = key.slice(piecesPrefix.length).split('/');
    servers.push(server);
    // Skips the other pieces of this server, so that the next key belongs to another server.
    key = await store.nextKey(piecesPrefix, `${piecesPrefix}${server}/\uffff`);
  }
  return servers;
}
