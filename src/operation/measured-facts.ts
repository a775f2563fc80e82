/** Measures how long each search in a fact base takes. */
import type { Metrics } from '../bot/ports/metrics.ts';
import type { Facts } from '../core/pack/facts.ts';

export function measuredFacts(facts: Facts, metrics: Pick<Metrics, 'searched'>): Facts {
  const measured = async <T>(search: 'find' | 'suggest', run: () => Promise<T>): Promise<T> => {
    const began = performance.now();
    try {
      return await run();
    } finally {
      metrics.searched(search, (performance.now() - began) / 1_000);
    }
  };
  return {
    ...facts,
    find: (query, prefer) => measured('find', () => facts.find(query, prefer)),
    suggest: (typed, prefer) => measured('suggest', () => facts.suggest(typed, prefer)),
  };
}
