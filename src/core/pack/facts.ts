/** The fact base as the rest of the bot asks it: entries by id, by search, by date, and what belongs together. */
import { type Entry, type Kind, type Pack, speakerOf } from './pack.ts';
import { buildVocabulary } from '../search/build-vocabulary.ts';
import { createSearchIndex } from '../search/search.ts';
import { type SearchEntry } from '../search/search-entry.ts';
import type { Vocabulary } from '../search/vocabulary.ts';

/** What a search came to. `one` is clearly ahead; `some` are worth asking back about; `nearest` is offered with none. */
export type LookupResult =
  | { readonly kind: 'one'; readonly entry: Entry; readonly others: readonly Entry[] }
  | { readonly kind: 'some'; readonly entries: readonly Entry[] }
  | { readonly kind: 'none'; readonly nearest?: Entry };

/** The article's date beside the record's, where an editor's note gives another. */
export interface EntryDates {
  readonly article?: string;
  readonly when?: string;
  readonly record?: string;
}

export interface Facts {
  readonly pack: Pack;
  entry(id: string): Entry | undefined;
  /**
   * An id is answered exactly, anything else is searched; `prefer` names kinds that win when it is close. A bare id
   * counts only when it has a hyphen: somebody who types "venice" means the word, not the entry of that id.
   */
  find(query: string, prefer?: readonly Kind[]): Promise<LookupResult>;
  /** Entries for autocomplete, best first; for an empty text the pack's most useful ones. */
  suggest(typed: string, prefer?: readonly Kind[]): Promise<readonly Entry[]>;
  /** Linked entries, in the order in which the entry names them. */
  related(entry: Entry): readonly Entry[];
  /** Dated entries between two years (inclusive), oldest first, by the record's date where there is one. */
  timeline(span: { readonly from?: number; readonly to?: number; readonly topic?: string }): readonly Entry[];
  /** The voice of an entry or a position in words: "claimed by Marco Polo". */
  label(said: { readonly voice: string; readonly hedged: boolean }): string;
  /** The title of an entry, or the words themselves when they are no id. */
  nameOf(idOrWords: string): string;
  /** Entries that may be shown unasked. */
  readonly showable: readonly Entry[];
}

const maxSuggestions = 25;

/** What stands before an id where it could be taken for a word: the value of a suggestion. */
export const idPrefix = 'id:';

/** `vocabulary` is the pack's own, where it was built already: of a large pack that takes seconds. */
export function createFacts(pack: Pack, vocabulary: Vocabulary = vocabularyOf(pack)): Facts {
  const byId = new Map(pack.entries.map((entry) => [entry.id, entry]));
  const index = createSearchIndex(pack.entries, vocabulary);
  const known = (ids: readonly string[]) => ids.flatMap((id) => byId.get(id) ?? []);
  const nameOf = (idOrWords: string) => byId.get(idOrWords)?.title ?? idOrWords;
  const showable = pack.entries.filter(({ voice }) => voice !== "author's speculation");

  return {
    pack,
    showable,
    nameOf,
    entry: (id) => byId.get(id),
    async find(query, prefer) {
      const exact = byId.get(query.startsWith(idPrefix) ? query.slice(idPrefix.length) : query.trim());
      if (exact && (query.startsWith(idPrefix) || exact.id.includes('-')))
        return { kind: 'one', entry: exact, others: [] };
      const found = index.find(query, prefer);
      switch (found.kind) {
        case 'one': {
          const entry = byId.get(found.id);
          return entry ? { kind: 'one', entry, others: known(found.others) } : { kind: 'none' };
        }
        case 'some':
          return { kind: 'some', entries: known(found.ids) };
        case 'none': {
          const nearest = found.nearest === undefined ? undefined : byId.get(found.nearest);
          return { kind: 'none', ...(nearest && { nearest }) };
        }
      }
    },
    async suggest(typed, prefer) {
      if (typed.trim() !== '') return known(index.suggest(typed, { ...(prefer && { prefer }), limit: maxSuggestions }));
      const hoisted = known(pack.hoisted);
      const wanted = prefer ? hoisted.filter(({ kind }) => prefer.includes(kind)) : hoisted;
      const rest = showable.filter((entry) => prefer?.includes(entry.kind) && !wanted.includes(entry));
      return [...wanted, ...rest, ...hoisted.filter((entry) => !wanted.includes(entry))].slice(0, maxSuggestions);
    },
    related: (entry) => known(entry.links),
    timeline: ({ from = -Infinity, to = Infinity, topic }) =>
      pack.entries
        .filter((entry) => entry.kind === 'event' || entry.kind === 'agreement')
        .filter((entry) => topic === undefined || entry.topics.includes(topic))
        .filter((entry) => {
          const year = Number.parseInt(sortDate(entry) ?? '', 10);
          return year >= from && year <= to;
        })
        .toSorted((a, b) => (sortDate(a) ?? '').localeCompare(sortDate(b) ?? '')),
    label({ voice, hedged }) {
      const speaker = speakerOf(voice);
      const words =
        speaker !== undefined
          ? `claimed by ${nameOf(speaker)}`
          : voice === 'reported'
            ? 'reported in the article'
            : `the ${voice}`;
      return hedged ? `${words}, hedged` : words;
    },
  };
}

/** The dates of an entry as a card shows them side by side. */
export function datesOf(entry: Entry): EntryDates {
  const record = entry.notes.find((note) => note.date !== undefined)?.date;
  return {
    ...(entry.date !== undefined && { article: entry.date }),
    ...(entry.when !== undefined && { when: entry.when }),
    ...(record !== undefined && record !== entry.date && { record }),
  };
}

/** What a timeline sorts by: the record's date where a check gives one, since the article's own order only works so. */
export function sortDate(entry: Entry): string | undefined {
  const { record, article } = datesOf(entry);
  return record ?? article;
}

/** The words of a pack as the search reads them. */
export function vocabularyOf({ entries }: Pack): Vocabulary {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  return buildVocabulary(entries.map((entry) => searchEntry(entry, byId)));
}

/** What the search knows of an entry. */
export function searchEntry(entry: Entry, byId: ReadonlyMap<string, Entry>): SearchEntry {
  const named = [
    ...(entry.kind === 'event' ? [...entry.people, ...entry.places] : []),
    ...(entry.kind === 'dispute' ? entry.parties : []),
    ...(entry.kind === 'agreement' ? [...entry.parties, ...entry.places] : []),
    ...[speakerOf(entry.voice) ?? []].flat(),
  ];
  const said =
    entry.kind === 'dispute'
      ? [entry.about, ...entry.positions.map(({ position }) => position)]
      : entry.kind === 'person'
        ? [entry.role]
        : entry.kind === 'figure'
          ? [entry.of, `${entry.value} ${entry.unit}`]
          : [];
  return {
    id: entry.id,
    kind: entry.kind,
    title: entry.title,
    aliases: entry.aliases,
    names: named.flatMap((id) => byId.get(id)?.title ?? []),
    text: [entry.summary, ...said, entry.when ?? '', ...entry.notes.map(({ text }) => text)].join(' '),
    dates: [entry.date ?? [], ...entry.notes.map((note) => note.date ?? [])].flat(),
  };
}
