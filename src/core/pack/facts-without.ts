/**
 * The fact base without the entries that a server has left out. Look-ups behave as if the pack did not contain these
 * entries.
 */
import type { Facts, LookupResult } from './facts.ts';
import type { Entry } from './pack.ts';

/** `ids` are the ids of the entries to leave out. The search index is shared with `facts`. */
export function factsWithout(facts: Facts, ids: ReadonlySet<string>): Facts {
  if (ids.size === 0) return facts;
  const kept = <E extends Entry>(entries: readonly E[]): readonly E[] => entries.filter(({ id }) => !ids.has(id));
  const { pack } = facts;
  return {
    ...facts,
    pack: { ...pack, entries: kept(pack.entries), hoisted: pack.hoisted.filter((id) => !ids.has(id)) },
    showable: kept(facts.showable),
    entry: (id) => (ids.has(id) ? undefined : facts.entry(id)),
    find: async (query, prefer) => resultWithout(await facts.find(query, prefer), kept),
    suggest: async (typed, prefer) => kept(await facts.suggest(typed, prefer)),
    related: (entry) => kept(facts.related(entry)),
    terms: (entry) => kept(facts.terms(entry)),
    timeline: (span) => kept(facts.timeline(span)),
  };
}

function resultWithout(found: LookupResult, kept: (entries: readonly Entry[]) => readonly Entry[]): LookupResult {
  switch (found.kind) {
    case 'one': {
      const others = kept(found.others);
      return kept([found.entry]).length > 0 ? { ...found, others } : { kind: 'none', related: others };
    }
    case 'none':
      return { kind: 'none', related: kept(found.related) };
    case 'some':
    case 'period': {
      const entries = kept(found.entries);
      const [only] = entries;
      if (!only) return { kind: 'none', related: [] };
      return entries.length === 1 ? { kind: 'one', entry: only, others: [] } : { kind: found.kind, entries };
    }
  }
}
