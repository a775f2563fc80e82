/** Deletes all stored data of a server. Does not change cached settings and scores. */
import { privateScope } from '../ports/shard-owner.ts';
import { deleteAskedAndSeenOfServer } from '../packs/pack-progress.ts';
import { reportsKey, reportsPrefix } from '../reports/report-store.ts';
import { sumsPrefix } from '../reports/sums-store.ts';
import { packListKey, packListPrefix, pieceKeys, piecesPrefix } from '../packs/stored-packs.ts';
import type { Store } from '../../store/store.ts';
import { deleteRound } from '../rounds/save-round.ts';
import { roundPrefix } from '../rounds/saved-round.ts';

/** Prefix of the keys under which the removal of the bot from a server is stored. The server's id follows. */
export const removedPrefix = 'removed/';
export const removedKey = (server: string): string => removedPrefix + server;

/**
 * Deletes the scores, settings, rounds, added packs, reports and answer counts (see `sums-store.ts`) of a server. Also
 * deletes the lists of the questions and entries that members have seen in the packs of the server, and the unreadable
 * values that contain the id of the server. Returns the number of deleted or changed values. Throws StoreError. After
 * an error, some data may remain, and the call can be repeated.
 */
export async function deleteServer(store: Store, server: string): Promise<number> {
  const rounds = (await store.keysContaining(roundPrefix, `"${server}"`)).map((key) => key.slice(roundPrefix.length));
  const keys = [
    ...(await store.keys(`member/${server}/`, '')),
    ...(await store.keys(`last/${server}/`, '')),
    ...(await store.keys('settings/server/', `/${server}`)),
    ...(await store.keys(packListPrefix, server)).filter((key) => key === packListKey(server)),
    ...(await pieceKeys(store, server)),
    ...(await store.keys(reportsPrefix, server)).filter((key) => key === reportsKey(server)),
    ...(await store.keys(`${sumsPrefix}${server}/`, '')),
    ...(await store.keysContaining('over/', `"${server}"`)),
    ...(await store.keysContaining('broken/', server)),
  ];
  for (const id of rounds) await deleteRound(store, id);
  for (const key of keys) await store.delete(key);
  const shown = await deleteAskedAndSeenOfServer(store, server);
  await store.delete(removedKey(server));
  await store.purge();
  return keys.length + rounds.length + shown;
}

/** This character sorts after all characters in keys. It is used to skip all keys that have the same beginning. */
const last = '\uffff';

/**
 * The ids of all servers that have scores, settings, packs, reports or answer counts in the store. Throws StoreError.
 */
export async function storedServers(store: Store): Promise<ReadonlySet<string>> {
  const servers = new Set<string>();
  for (const prefix of [
    'member/',
    'last/',
    'settings/server/',
    packListPrefix,
    piecesPrefix,
    reportsPrefix,
    sumsPrefix,
  ])
    for (let key = await store.nextKey(prefix, prefix); key !== undefined;) {
      const [server = ''] = key.slice(prefix.length).split('/');
      const isPrivate = server.startsWith(privateScope);
      if (!isPrivate) servers.add(server);
      // Skips the other keys of this server. If `key` belongs to a private conversation, skips the keys of all private
      // conversations, because there may be millions of them.
      key = await store.nextKey(prefix, `${prefix}${isPrivate ? privateScope : `${server}/`}${last}`);
    }
  return servers;
}
