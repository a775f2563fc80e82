/**
 * Finds the default pack of a server. A server uses this pack unless it has chosen a pack that it added. In the
 * playground (the bot on an emulated Discord), one server has a default pack of its own. All other servers and all
 * private conversations use the common pack. `server-packs.ts` finds the pack that a server has chosen.
 */
import type { UsedPack } from '../../chat/command-context.ts';
import { createFacts, type Facts } from '../../core/pack/facts.ts';
import type { Bank } from '../../core/questions/bank.ts';
import { createDraw, type DrawRound } from '../../core/questions/draw.ts';
import type { LoadedPack } from './read-pack.ts';

/** A pack with its indexes. The indexes are needed to search the pack and to draw the questions of a round. */
export interface ServedPack extends UsedPack {
  readonly bank: Bank;
  readonly drawRound: DrawRound;
  /** Identifies the version of a pack that a server added. Absent if the pack ships with the bot. */
  readonly edition?: string;
  /** The URL of the folder of a pack that ships with the bot. */
  readonly folder?: string;
}

export interface PackByGuild {
  /** The default pack of a scope. A scope is the id of a server, or `dm:` and the id of a member. */
  at(scope: string): ServedPack;
  /** The common pack. It is the default pack of each scope to which no other default pack was assigned. */
  readonly common: ServedPack;
}

/**
 * Creates the indexes of each pack. `servers` maps server ids to packs. If several servers share a pack, the pack is
 * indexed only once. `wrapFacts` can wrap the `Facts` object of each pack, for example to measure how long searches
 * take.
 */
export function createPackByGuild(
  common: LoadedPack,
  servers: ReadonlyMap<string, LoadedPack> = new Map(),
  wrapFacts?: (facts: Facts) => Facts,
): PackByGuild {
  const served = new Map<LoadedPack, ServedPack>();
  const serve = (loaded: LoadedPack): ServedPack => {
    const before = served.get(loaded);
    if (before) return before;
    const ready = servePack(loaded, wrapFacts);
    served.set(loaded, ready);
    return ready;
  };
  const shared = serve(common);
  const own = new Map([...servers].map(([scope, loaded]) => [scope, serve(loaded)]));
  return { common: shared, at: (scope) => own.get(scope) ?? shared };
}

/**
 * Creates the indexes of a pack. `wrapFacts` can wrap the `Facts` object of the pack, for example to measure how long
 * searches take.
 */
export function servePack(
  { pack, bank, vocabulary, folder }: LoadedPack,
  wrapFacts: (facts: Facts) => Facts = (facts) => facts,
): ServedPack {
  const asked = new Set(bank.questions.flatMap(({ about }) => about));
  return {
    facts: wrapFacts(createFacts(pack, vocabulary)),
    hasQuestions: (entry) => asked.has(entry),
    bank,
    drawRound: createDraw(bank, pack),
    ...(folder !== undefined && { folder }),
  };
}
