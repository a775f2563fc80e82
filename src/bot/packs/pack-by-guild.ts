/**
 * Maps each server to its pack. A server can have a pack of its own. All other servers and private conversations use
 * the common pack. `main.ts` assigns the packs; members cannot choose.
 */
import { createFacts, type Facts } from '../../core/pack/facts.ts';
import type { Bank } from '../../core/questions/bank.ts';
import type { LoadedPack } from './read-pack.ts';

/** A pack that is indexed for look-ups, with its questions for rounds. */
export interface ServedPack {
  readonly facts: Facts;
  readonly bank: Bank;
}

export interface PackByGuild {
  /** The pack of a scope. A scope is the id of a server, or `dm:` and the id of a member. */
  at(scope: string): ServedPack;
  /** The pack of all scopes that have no pack of their own. */
  readonly common: ServedPack;
}

/** `servers`: server id → the server's own pack. A pack that several servers share is indexed only once. */
export function createPackByGuild(
  common: LoadedPack,
  servers: ReadonlyMap<string, LoadedPack> = new Map(),
): PackByGuild {
  const served = new Map<LoadedPack, ServedPack>();
  const serve = (loaded: LoadedPack): ServedPack => {
    const { pack, bank, vocabulary } = loaded;
    const ready = served.get(loaded) ?? { facts: createFacts(pack, vocabulary), bank };
    served.set(loaded, ready);
    return ready;
  };
  const shared = serve(common);
  const own = new Map([...servers].map(([scope, loaded]) => [scope, serve(loaded)]));
  return { common: shared, at: (scope) => own.get(scope) ?? shared };
}
