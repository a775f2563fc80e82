/**
 * What is studied where: a server may have a pack of its own; every other place, private conversations included, shares
 * one. Which server has which is decided where the parts are put together; no member chooses a pack.
 */
import { createFacts, type Facts } from '../../core/pack/facts.ts';
import type { Bank } from '../../core/questions/bank.ts';
import type { LoadedPack } from './read-pack.ts';

/** A pack as it is served: to be looked up, and to be asked about. */
export interface ServedPack {
  readonly facts: Facts;
  readonly bank: Bank;
}

export interface PackByGuild {
  /** The study of a server's id, or of `dm:` and a member. */
  at(scope: string): ServedPack;
  /** What every place reads that has nothing of its own. */
  readonly common: ServedPack;
}

/** Each pack is indexed once, however many servers read it. @param servers packs of single servers, by their ids */
export function createPackByGuild(
  common: LoadedPack,
  servers: ReadonlyMap<string, LoadedPack> = new Map(),
): PackByGuild {
  const made = new Map<LoadedPack, ServedPack>();
  const studyOf = (library: LoadedPack): ServedPack => {
    const { pack, bank, vocabulary } = library;
    const study = made.get(library) ?? { facts: createFacts(pack, vocabulary), bank };
    made.set(library, study);
    return study;
  };
  const everywhere = studyOf(common);
  const own = new Map([...servers].map(([scope, library]) => [scope, studyOf(library)]));
  return { common: everywhere, at: (scope) => own.get(scope) ?? everywhere };
}
