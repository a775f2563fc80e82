/**
 * The pack of each server. A server may have its own; all others and private conversations share a common one. `main.ts`
 * decides which server has which; members cannot choose.
 */
import { createFacts, type Facts } from '../../core/pack/facts.ts';
import type { Bank } from '../../core/questions/bank.ts';
import type { LoadedPack } from './read-pack.ts';

/** A pack that is ready for look-ups and for rounds. */
export interface ServedPack {
  readonly facts: Facts;
  readonly bank: Bank;
}

export interface PackByGuild {
  /** The pack at a scope: the id of a server, or `dm:` and the id of a member. */
  at(scope: string): ServedPack;
  /** The pack of every scope without its own. */
  readonly common: ServedPack;
}

/** `servers`: server id → its own pack. A pack is indexed once, even if several servers have it. */
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
