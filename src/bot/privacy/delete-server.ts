/** Deletes everything that the store holds about a server. Cached settings and scores are not changed. */
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
 * Deletes the scores, the settings, the rounds, the added packs, the reports and the sums of a server, the lists of what
 * members have seen in these packs, and values that cannot be read and mention the server.
 * Returns the number of deleted values. Throws StoreError. After an error some values may be left, and the call can be
 * repeated.
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

/** A character that sorts after all characters in keys. */
const last = '\uffff';

/** The ids of all servers whose scores, settings or packs are in the store. Throws StoreError. */
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
      // Skips the other keys of this server, or those of all private conversations, because there may be millions.
      key = await store.nextKey(prefix, `${prefix}${isPrivate ? privateScope : `${server}/`}${last}`);
    }
  return servers;
}
