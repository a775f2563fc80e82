/** The fact base of a pack. Finds entries by id, by search and by date, and follows the links between entries. */
import { asksForAmount, hasAmount } from '../search/amount-question.ts';
import { stateNames } from '../search/state-names.ts';
import { LONGEST_QUERY, queryWords } from '../search/normalise.ts';
import { liesIn, type Period, readPeriods } from '../search/periods.ts';
import { createTermFinder } from './glossary.ts';
import { createSearchIndex, type SearchIndex } from '../search/search.ts';
import type { SearchEntry } from '../search/search-entry.ts';
import { buildVocabulary } from '../search/build-vocabulary.ts';
import type { Vocabulary } from '../search/vocabulary.ts';
import { type Entry, type EntryOf, isFromRecord, type Kind, type Pack, textsOfDispute } from './pack.ts';
import { isSpeculation, speakerOf, voiceLabel } from './voice.ts';

/**
 * The result of a look-up. `one`: one entry is clearly the best match, and `others` are further matches. `some`:
 * several entries match about equally well, and the member should choose one of them.
 */
export type LookupResult =
  | { readonly kind: 'one'; readonly entry: Entry; readonly others: readonly Entry[] }
  | { readonly kind: 'some'; readonly entries: readonly Entry[] }
  /**
   * `period`: the query names only a time, such as a year, and several entries have a date in this period. The entries
   * are sorted by date.
   */
  | { readonly kind: 'period'; readonly entries: readonly Entry[] }
  /**
   * `none`: no entry matches the query. `related` contains the most similar entries, best match first, and may be
   * empty.
   */
  | { readonly kind: 'none'; readonly related: readonly Entry[] };

/**
 * The dates of an entry.
 *
 * - `article`: the date in the article.
 * - `when`: the article's wording of a vague date.
 * - `record`: a date from the public record (sources other than the article) that differs from the article's date.
 */
export interface EntryDates {
  readonly article?: string;
  readonly when?: string;
  readonly record?: string;
}

export interface Facts {
  readonly pack: Pack;
  entry(id: string): Entry | undefined;
  /**
   * Finds an entry by its exact id or by a text search. If several entries match about equally well, entries of the
   * kinds in `prefer` rank first. An id without a hyphen, such as "venice", could also be an ordinary word. Such an id
   * is recognised only if it follows `idPrefix`.
   */
  find(query: string, prefer?: readonly Kind[]): Promise<LookupResult>;
  /**
   * At most 25 entries for autocomplete, best match first. Entries of the kinds in `prefer` rank higher. If the typed
   * text is empty, returns the entries of these kinds, followed by the other entries that the pack lists under
   * `hoisted`.
   */
  suggest(typed: string, prefer?: readonly Kind[]): Promise<readonly Entry[]>;
  /** The entries that this entry links to, in the order of `links`. */
  related(entry: Entry): readonly Entry[];
  /** The glossary terms that occur in the texts of this entry. */
  terms(entry: Entry): readonly EntryOf<'term'>[];
  /**
   * Events (including events of the public record), agreements and cards with a date between two years (inclusive),
   * sorted by date. If the date in the public record differs from the article's date, the date in the public record is
   * used. If `articleOnly` is true, only the article's dates are used.
   */
  timeline(span: TimelineSpan): readonly Entry[];
  /**
   * The label of an entry or of a position in a dispute. The label names the source, such as "claimed by Marco Polo".
   */
  label(said: { readonly voice: string; readonly hedged: boolean }): string;
  /** The note that this server has added to an entry. The function is absent if the server has added no notes. */
  readonly noteOn?: (entry: string) => string | undefined;
  /** The title of the entry with this id. A text that is not an id is returned unchanged. */
  nameOf(idOrText: string): string;
  /**
   * Entries that may be shown to members who did not ask for a particular entry. These are all entries except
   * speculation.
   */
  readonly showable: readonly Entry[];
}

interface TimelineSpan {
  readonly from?: number;
  readonly to?: number;
  readonly topic?: string;
  readonly articleOnly?: boolean;
}

const maxSuggestions = 25;

/**
 * If an autocomplete choice stands for an entry, its value is this prefix followed by the id of the entry. Without the
 * prefix, an id such as `venice` could not be distinguished from an ordinary word.
 */
export const idPrefix = 'id:';

/**
 * Creates the fact base of a pack. Building the vocabulary of a large pack takes seconds. If the vocabulary has already
 * been built, pass it as the second argument. Otherwise the vocabulary is built at the first search.
 */
export function createFacts(pack: Pack, vocabulary?: Vocabulary): Facts {
  const byId = new Map(pack.entries.map((entry) => [entry.id, entry]));
  const indexOf = (words: Vocabulary) => createSearchIndex(pack.entries, words, pack.synonyms);
  let built = vocabulary && indexOf(vocabulary);
  const index = () => (built ??= indexOf(vocabularyOf(pack)));
  const nameOf = (idOrText: string) => byId.get(idOrText)?.title ?? idOrText;
  const showable = pack.entries.filter((entry) => !isSpeculation(entry));
  const base: FactBase = { pack, byId, index, showable };
  return {
    pack,
    showable,
    nameOf,
    entry: (id) => byId.get(id),
    find: async (query, prefer) => find(query, prefer, base),
    suggest: async (typed, prefer) => suggest(typed, prefer, base),
    related: (entry) => entriesOf(entry.links, base),
    terms: createTermFinder(pack),
    timeline: (span) => timeline(span, pack),
    label: (said) => voiceLabel(said, nameOf, pack),
  };
}

interface FactBase {
  readonly pack: Pack;
  readonly byId: ReadonlyMap<string, Entry>;
  readonly index: () => SearchIndex;
  readonly showable: readonly Entry[];
}

/** The entries with these ids. Unknown ids are skipped. */
function entriesOf(ids: readonly string[], { byId }: FactBase): readonly Entry[] {
  return ids.flatMap((id) => byId.get(id) ?? []);
}

function find(query: string, prefer: readonly Kind[] | undefined, base: FactBase): LookupResult {
  const isId = query.startsWith(idPrefix);
  const exact = base.byId.get(isId ? query.slice(idPrefix.length) : query.trim());
  if (exact && (isId || exact.id.includes('-'))) return { kind: 'one', entry: exact, others: [] };
  const text = query.slice(0, LONGEST_QUERY);
  const dated = base.index().isName(text, prefer) ? [] : entriesIn(text, prefer, base);
  if (dated.length > 0) {
    const entry = dated.length === 1 ? dated[0] : eventOfDay(text, dated);
    return entry
      ? { kind: 'one', entry, others: dated.filter((other) => other !== entry) }
      : { kind: 'period', entries: dated };
  }
  const found = base.index().find(text, prefer);
  switch (found.kind) {
    case 'one': {
      const entry = base.byId.get(found.id);
      if (!entry) return { kind: 'none', related: [] };
      const others = entriesOf(found.others, base);
      if (!asksForAmount(text) || givesAmount(entry, text)) return { kind: 'one', entry, others };
      // The query asks for an amount, but the best entry contains none. It may still be the right entry. Therefore the
      // member can choose between all entries that were found. The entries with an amount come first.
      const able = others.filter((one) => givesAmount(one, text));
      return { kind: 'some', entries: [...able, ...[entry, ...others].filter((one) => !able.includes(one))] };
    }
    case 'some':
      return { kind: 'some', entries: entriesOf(found.ids, base) };
    case 'none':
      return { kind: 'none', related: entriesOf(found.related, base) };
  }
}

/** True if the entry contains an amount, or if the query is a name of the entry. */
function givesAmount(entry: Entry, query: string): boolean {
  const names = [entry.title, ...entry.aliases];
  const asked = queryWords(query).join(' ');
  return (
    names.some((name) => queryWords(name).join(' ') === asked) ||
    hasAmount([...names, entry.summary, ...(entry.kind === 'figure' ? [entry.value] : [])].join(' '))
  );
}

/**
 * If the query names only a time, such as a year or a month, returns the entries with a date in this period, sorted by
 * date. The date may come from the article or from the public record. For every other query, returns an empty list.
 *
 * If some of these entries are of a preferred kind, only the entries of preferred kinds are returned. But all entries
 * are returned if the query may mean more than one day, only one entry is of a preferred kind, and some of the other
 * entries are events. Without the events, the preferred entry would look like the only entry in this period.
 */
function entriesIn(query: string, prefer: readonly Kind[] | undefined, { showable }: FactBase): readonly Entry[] {
  const periods = readPeriods(query);
  if (!periods) return [];
  const fits = (entry: Entry) => {
    const { article, when, record } = datesOf(entry);
    const vague = when === undefined ? [] : (readPeriods(when) ?? []);
    return periods.some(
      (period) =>
        [article, record].some((date) => date !== undefined && liesIn(date, period)) ||
        vague.some(({ from, to }) => from >= period.from && to <= period.to),
    );
  };
  const found = showable.filter(fits).toSorted((a, b) => (sortDate(a) ?? '').localeCompare(sortDate(b) ?? ''));
  const preferred = found.filter(({ kind }) => prefer?.includes(kind));
  const hidesEvents = preferred.length === 1 && found.some((one) => one.kind === 'event' && !preferred.includes(one));
  return preferred.length === 0 || (hidesEvents && !isOneDay(periods)) ? found : preferred;
}

const isOneDay = ([period, ...others]: readonly Period[]): boolean =>
  others.length === 0 && period?.from === period?.to;

/**
 * If the query names one day, and exactly one event of the article has this date, returns this event. The other entries
 * with this date are assumed to be about the same event. For example, an agreement may have been made on this day.
 */
function eventOfDay(query: string, dated: readonly Entry[]): Entry | undefined {
  if (!isOneDay(readPeriods(query) ?? [])) return undefined;
  const events = dated.filter(({ kind }) => kind === 'event');
  return events.length === 1 ? events[0] : undefined;
}

function suggest(typed: string, prefer: readonly Kind[] | undefined, base: FactBase): readonly Entry[] {
  const options = { ...(prefer && { prefer }), limit: maxSuggestions };
  if (typed.trim() !== '') return entriesOf(base.index().suggest(typed, options), base);
  const hoisted = entriesOf(base.pack.hoisted, base);
  const preferred = prefer ? hoisted.filter(({ kind }) => prefer.includes(kind)) : hoisted;
  const sameKind = base.showable.filter((entry) => prefer?.includes(entry.kind) && !preferred.includes(entry));
  const rest = hoisted.filter((entry) => !preferred.includes(entry));
  return [...preferred, ...sameKind, ...rest].slice(0, maxSuggestions);
}

function timeline({ from = -Infinity, to = Infinity, topic, articleOnly = false }: TimelineSpan, pack: Pack) {
  const dateOf = (entry: Entry) => (articleOnly ? datesOf(entry).article : sortDate(entry));
  return pack.entries
    .filter(({ kind }) => kind === 'event' || kind === 'agreement' || kind === 'record-event' || kind === 'card')
    .filter((entry) => topic === undefined || entry.topics.includes(topic))
    .filter((entry) => {
      const year = Number.parseInt(dateOf(entry) ?? '', 10);
      return year >= from && year <= to;
    })
    .toSorted((a, b) => (dateOf(a) ?? '').localeCompare(dateOf(b) ?? ''));
}

/** The dates of an entry, as they are listed on its card. */
export function datesOf(entry: Entry): EntryDates {
  if (isFromRecord(entry)) return entry.date === undefined ? {} : { record: entry.date };
  const record = entry.notes.find((note) => note.date !== undefined)?.date;
  return {
    ...(entry.date !== undefined && { article: entry.date }),
    ...(entry.when !== undefined && { when: entry.when }),
    ...(record !== undefined && record !== entry.date && { record }),
  };
}

/**
 * The date by which a timeline is sorted. This is the date in the public record if it differs from the article's date.
 * Otherwise it is the article's date.
 */
export function sortDate(entry: Entry): string | undefined {
  const { record, article } = datesOf(entry);
  return record ?? article;
}

/** Builds the search vocabulary of a pack. Takes seconds for a large pack. */
export function vocabularyOf({ entries }: Pack): Vocabulary {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  return buildVocabulary(entries.map((entry) => searchEntry(entry, byId)));
}

/** The searchable texts of an entry. */
export function searchEntry(entry: Entry, byId: ReadonlyMap<string, Entry>): SearchEntry {
  const named = [
    ...(entry.kind === 'event' ? [...entry.people, ...entry.places] : []),
    ...(entry.kind === 'dispute' ? entry.parties : []),
    ...(entry.kind === 'agreement' ? [...entry.parties, ...entry.places] : []),
    ...[speakerOf(entry.voice) ?? []].flat(),
  ];
  const said =
    entry.kind === 'dispute'
      ? textsOfDispute(entry)
      : entry.kind === 'person'
        ? [entry.role]
        : entry.kind === 'figure'
          ? [entry.of, `${entry.value} ${entry.unit}`]
          : [];
  return {
    id: entry.id,
    kind: entry.kind,
    title: entry.title,
    aliases: [...entry.aliases, ...stateNames(entry.title)],
    names: isName(entry)
      ? []
      : linkedNames([...named, ...(entry.kind === 'claim' ? entry.on : []), ...entry.links], byId),
    text: [
      entry.summary,
      ...said,
      entry.when ?? '',
      ...[...entry.notes, ...entry.sinceThen].map(({ text }) => text),
    ].join(' '),
    dates: [entry.date ?? [], ...entry.notes.map((note) => note.date ?? [])].flat(),
  };
}

/**
 * All names of the people, places and organisations among the entries with these ids. A query may contain any of these
 * names.
 */
function linkedNames(ids: readonly string[], byId: ReadonlyMap<string, Entry>): readonly string[] {
  return [...new Set(ids)].flatMap((id) => {
    const entry = byId.get(id);
    return entry && isName(entry) ? [entry.title, ...entry.aliases, ...stateNames(entry.title)] : [];
  });
}

/**
 * Whether the entry is a person, a place or an organisation. Members search for these entries by name, and for all
 * other entries also by description.
 */
const isName = ({ kind }: Entry): boolean => kind === 'person' || kind === 'place' || kind === 'organisation';
