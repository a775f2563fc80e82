/**
 * Finds the pack of a server. `main.ts` assigns packs to some servers. All other servers and all private conversations
 * use the common pack. Members cannot choose a pack.
 */
import { createFacts, type Facts } from '../../core/pack/facts.ts';
import type { Bank } from '../../core/questions/bank.ts';
import { createDraw, type DrawRound } from '../../core/questions/draw.ts';
import type { LoadedPack } from './read-pack.ts';

/** A pack with its indexes for searching and for drawing rounds. */
export interface ServedPack {
  readonly facts: Facts;
  readonly bank: Bank;
  readonly drawRound: DrawRound;
}

export interface PackByGuild {
  /** The pack of a scope. A scope is the id of a server, or `dm:` and the id of a member. */
  at(scope: string): ServedPack;
  /** The pack of all scopes that have no pack of their own. */
  readonly common: ServedPack;
}

/**
 * Creates the indexes of each pack. `servers` maps server ids to packs. If several servers share a pack, the pack is
 * indexed only once. `wrapFacts` can measure the searches.
 */
export function createPackByGuild(
  common: LoadedPack,
  servers: ReadonlyMap<string, LoadedPack> = new Map(),
  wrapFacts: (facts: Facts) => Facts = (facts) => facts,
): PackByGuild {
  const served = new Map<LoadedPack, ServedPack>();
  const serve = (loaded: LoadedPack): ServedPack => {
    const { pack, bank, vocabulary } = loaded;
    const before = served.get(loaded);
    if (before) return before;
    const ready = { facts: wrapFacts(createFacts(pack, vocabulary)), bank, drawRound: createDraw(bank, pack) };
    served.set(loaded, ready);
    return ready;
  };
  const shared = serve(common);
  const own = new Map([...servers].map(([scope, loaded]) => [scope, serve(loaded)]));
  return { common: shared, at: (scope) => own.get(scope) ?? shared };
}
