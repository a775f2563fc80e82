/**
 * What is studied where: a server may have a pack of its own; every other place, private conversations included, shares
 * one. Which server has which is decided where the parts are put together; no member chooses a pack.
 */
import { createFacts, type Facts } from '../../core/pack/facts.ts';
import type { Bank } from '../../core/questions/bank.ts';
import type { Library } from './read-pack.ts';

/** A pack as it is served: to be looked up, and to be asked about. */
export interface Study {
  readonly facts: Facts;
  readonly bank: Bank;
}

export interface Studies {
  /** The study of a server's id, or of `dm:` and a member. */
  at(home: string): Study;
  /** What every place reads that has nothing of its own. */
  readonly common: Study;
}

/** Each pack is indexed once, however many servers read it. @param servers packs of single servers, by their ids */
export function createStudies(common: Library, servers: ReadonlyMap<string, Library> = new Map()): Studies {
  const made = new Map<Library, Study>();
  const studyOf = (library: Library): Study => {
    const { pack, bank, vocabulary } = library;
    const study = made.get(library) ?? { facts: createFacts(pack, vocabulary), bank };
    made.set(library, study);
    return study;
  };
  const everywhere = studyOf(common);
  const own = new Map([...servers].map(([home, library]) => [home, studyOf(library)]));
  return { common: everywhere, at: (home) => own.get(home) ?? everywhere };
}
