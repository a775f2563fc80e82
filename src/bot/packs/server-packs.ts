/**
 * Finds the pack that a server uses: a pack that it added, or its default pack. An added pack is loaded when it is
 * first used. It is dropped from memory when nobody has used it for a while or when too many packs are loaded. The
 * lists of packs are cached.
 */
import { privateScope } from '../ports/shard-owner.ts';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import type { Clock } from '../../clock.ts';
import type { Facts } from '../../core/pack/facts.ts';
import { PackError } from '../../core/pack/pack-file.ts';
import type { Store } from '../../store/store.ts';
import { type Alarms, createAlarms } from '../alarms.ts';
import { type PackByGuild, type ServedPack, servePack } from './pack-by-guild.ts';
import type { PackReader } from './pack-reader.ts';
import { PackUnavailable } from './pack-unavailable.ts';
import {
  type AddedPack,
  noPacks,
  packListKey,
  packListSchema,
  type PackListValue,
  readPieces,
} from './stored-packs.ts';

/** Maximum number of lists in the cache. */
const keptLists = 10_000;
/**
 * Maximum number of entries of all loaded packs together. An entry takes about 2 KiB of memory, including its indexes.
 */
const keptEntries = 50_000;
/** An added pack is dropped from memory if nobody has used it for this time (ms). */
const unusedFor = 30 * 60_000;
const sweepEvery = 10 * 60_000;

export interface ServerPacks {
  /**
   * The pack that a scope uses. A scope is the id of a server, or `dm:` and the id of a member. Throws StoreError, and
   * {@link PackUnavailable} if the pack is stored but cannot be read.
   */
  at(scope: string): Promise<ServedPack>;
  /** The default pack of a scope. */
  defaultAt(scope: string): ServedPack;
  /** The common pack. It is the default pack of each scope to which no other default pack was assigned. */
  readonly common: ServedPack;
  /** The packs that a server added. Throws StoreError. */
  list(server: string): Promise<PackListValue>;
  /** Changes the list of a server. `next` must be a pure function. Throws StoreError. */
  changeList(server: string, next: (old: PackListValue) => PackListValue): Promise<PackListValue>;
  /** Drops all cached lists. Call this when another process may have changed the stored lists. */
  forgetLists(): void;
  /** Drops the cached list and the loaded packs of a server. Call this after its data was deleted. */
  forget(server: string): void;
  /** Number of added packs in memory. */
  loadedPacks(): number;
  close(): void;
}

interface Ports {
  readonly defaults: PackByGuild;
  readonly store: Store;
  readonly clock: Clock;
  readonly reader: PackReader;
  /** Can wrap the `Facts` object of each pack, for example to measure how long searches take. */
  readonly wrapFacts?: ((facts: Facts) => Facts) | undefined;
}

interface Loaded {
  readonly pack: Promise<ServedPack>;
  /** When the pack was last used, in ms on the bot's clock. */
  usedAt: number;
}

interface State extends Ports {
  readonly lists: LRUCache<string, PackListValue>;
  readonly loaded: LRUCache<string, Loaded>;
  readonly alarms: Alarms;
}

export function createServerPacks(ports: Ports): ServerPacks {
  const state: State = {
    ...ports,
    lists: new LRUCache({ max: keptLists }),
    loaded: new LRUCache({ maxSize: keptEntries }),
    alarms: createAlarms(ports.clock),
  };
  const { defaults, store, lists, loaded } = state;
  return {
    common: defaults.common,
    defaultAt: defaults.at,
    at: (scope) => packAt(state, scope),
    list: (server) => listOf(state, server),
    async changeList(server, next) {
      const changed = await store.change(packListKey(server), packListSchema, (old = noPacks) => next(old));
      lists.set(server, changed);
      return changed;
    },
    forgetLists: () => lists.clear(),
    forget(server) {
      lists.delete(server);
      for (const key of loaded.keys()) if (key.startsWith(`${server}/`)) loaded.delete(key);
    },
    loadedPacks: () => loaded.size,
    close() {
      state.alarms.close();
      loaded.clear();
    },
  };
}

async function listOf({ store, lists }: State, server: string): Promise<PackListValue> {
  const before = lists.get(server);
  if (before) return before;
  const stored = (await store.get(packListKey(server), packListSchema)) ?? noPacks;
  // If `changeList` has written the list during this read, the cached list is the newer one, so it is used.
  const known = lists.get(server) ?? stored;
  lists.set(server, known);
  return known;
}

async function packAt(state: State, scope: string): Promise<ServedPack> {
  if (scope.startsWith(privateScope)) return state.defaults.at(scope);
  const used = await usedPack(state, scope);
  if (!used) return state.defaults.at(scope);
  try {
    return await loadedPack(state, scope, used);
  } catch (error) {
    // While the pack was being read, a member may have changed the packs, for example by installing a new version. Then
    // the pieces of the old version are deleted, and the pack that the server uses now is read instead.
    const now = await usedPack(state, scope);
    if (now?.edition === used.edition) throw error;
    return packAt(state, scope);
  }
}

async function usedPack(state: State, server: string): Promise<AddedPack | undefined> {
  const { using, packs } = await listOf(state, server);
  return packs.find(({ key }) => key === using);
}

function loadedPack(state: State, server: string, added: AddedPack): Promise<ServedPack> {
  const { loaded, clock } = state;
  // The labels in a loaded pack contain the name of the pack. The name is part of the key, so a renamed pack is loaded
  // again.
  const key = `${server}/${added.edition}/${added.name}`;
  const before = loaded.get(key);
  if (before) {
    before.usedAt = clock.now();
    return before.pack;
  }
  const one: Loaded = { pack: load(state, server, added), usedAt: clock.now() };
  loaded.set(key, one, { size: Math.min(keptEntries, Math.max(1, added.entries)) });
  one.pack.catch((error: unknown) => {
    // If a pack is unreadable, the error stays cached. After any other error, the next use reads the pack again.
    if (!(error instanceof PackUnavailable) && loaded.peek(key) === one) loaded.delete(key);
  });
  if (!state.alarms.isSet('sweep')) sweepLater(state);
  return one.pack;
}

async function load({ store, reader, wrapFacts }: State, server: string, added: AddedPack): Promise<ServedPack> {
  const pieces = await readPieces(store, server, added);
  if (!pieces) throw new PackUnavailable(added.name, new Error('a piece is missing'));
  try {
    const read = await reader.stored({ pieces, server, key: added.key, name: added.name });
    await nextTurn();
    return { ...servePack(read, wrapFacts), edition: added.edition };
  } catch (error) {
    if (error instanceof PackError) throw new PackUnavailable(added.name, error);
    throw error;
  }
}

function sweepLater(state: State): void {
  const { loaded, alarms, clock } = state;
  alarms.set('sweep', clock.now() + sweepEvery, () => {
    for (const [key, { usedAt }] of loaded.entries()) if (clock.now() - usedAt >= unusedFor) loaded.delete(key);
    if (loaded.size > 0) sweepLater(state);
  });
}
