/**
 * The bot's search engine and alternative engines. Each alternative engine has the configuration that its documentation
 * recommends for short texts with typing errors. For a fair comparison, the engines named "+ our normaliser" get
 * normalised text.
 */
import uFuzzy from '@leeoniya/ufuzzy';
import { Charset, Index } from 'flexsearch';
import Fuse, { type IFuseOptions } from 'fuse.js';
import MiniSearch from 'minisearch';
import { readQuery, queryWords } from '../../src/core/search/normalise.ts';
import { buildIndex } from '../../src/core/search/search.ts';
import { type SearchEntry } from '../../src/core/search/search-entry.ts';

export interface Hit {
  readonly id: string;
  /** A higher score means a better match. Scores of different engines cannot be compared. */
  readonly score: number;
}

export interface Engine {
  /** Returns the ten best hits, best hit first. */
  readonly rank: (query: string, prefer: readonly string[]) => readonly Hit[];
  /** Runs the autocomplete search for the text that has been typed so far. */
  readonly type: (typed: string) => unknown;
  /**
   * Returns the answer that a member would get. Only the bot's own engine has this function. For the other engines,
   * report.ts chooses a minimum score: hits with a lower score are not answers.
   */
  readonly answer?: (query: string, prefer: readonly string[]) => Answer;
}

export interface Answer {
  readonly kind: 'one' | 'some' | 'none';
  readonly id?: string;
}

/** `synonyms` are groups of words with the same meaning. Only the bot's own engine can use them. */
type Build = (entries: readonly SearchEntry[], synonyms: readonly (readonly string[])[]) => Engine;

const ours: Build = (entries, synonyms) => {
  const index = buildIndex(entries, synonyms);
  return {
    rank: (query, prefer) => index.rank(query, 10, prefer).map(({ id, confidence }) => ({ id, score: confidence })),
    type: (typed) => index.suggest(typed),
    answer: (query, prefer) => index.find(query, prefer),
  };
};

/**
 * Creates an engine that moves hits of the preferred kinds to the top, as a bot with a simple search library would do.
 */
function preferring(entries: readonly SearchEntry[], search: (query: string, limit: number) => readonly Hit[]): Engine {
  const kindOf = new Map(entries.map(({ id, kind }) => [id, kind]));
  return {
    rank: (query, prefer) => {
      const hits = search(query, prefer.length > 0 ? 50 : 10);
      const liked = hits.filter(({ id }) => prefer.includes(kindOf.get(id) ?? ''));
      return [...liked, ...hits.filter((hit) => !liked.includes(hit))].slice(0, 10);
    },
    type: (typed) => search(typed, 25),
  };
}

const keys = ['title', 'aliases', 'names', 'text', 'dates'];

const fuse =
  (options: IFuseOptions<SearchEntry>, normalised: boolean): Build =>
  (entries) => {
    const index = new Fuse(normalised ? entries.map(read) : entries, { keys, includeScore: true, ...options });
    return preferring(entries, (query, limit) =>
      index
        .search(normalised ? asked(query) : query, { limit })
        .map(({ item, score = 1 }) => ({ id: item.id, score: 1 - score })),
    );
  };

const miniSearch: Build = (entries) => {
  const index = new MiniSearch<{ readonly id: number }>({
    fields: keys,
    searchOptions: { prefix: true, fuzzy: 0.2, boost: { title: 2, aliases: 2 } },
  });
  index.addAll(entries.map(read).map((entry, id) => ({ ...flat(entry), id })));
  return preferring(entries, (query, limit) =>
    index
      .search(asked(query))
      .slice(0, limit)
      .map(({ id, score }) => ({ id: entries[Number(id)]?.id ?? '', score })),
  );
};

const micro: Build = (entries) => {
  const texts = entries.map(read).map((entry) => Object.values(flat(entry)).join(' '));
  const engine = new uFuzzy({ intraMode: 1 });
  return preferring(entries, (query, limit) => {
    const [found, , order] = engine.search(texts, asked(query), 1, 10_000);
    const places = order && found ? order.map((place) => found[place] ?? 0) : (found ?? []);
    return places.slice(0, limit).map((place) => ({ id: entries[place]?.id ?? '', score: 1 }));
  });
};

const flex: Build = (entries) => {
  const names = new Index({ tokenize: 'forward', encoder: Charset.LatinBalance });
  const texts = new Index({ tokenize: 'strict', encoder: Charset.LatinBalance });
  for (const [place, entry] of entries.map(read).entries()) {
    const { text, ...rest } = flat(entry);
    names.add(place, Object.values(rest).join(' '));
    texts.add(place, text);
  }
  return preferring(entries, (query, limit) => {
    const words = asked(query);
    const found = new Set([
      ...names.search(words, { limit, suggest: true }),
      ...texts.search(words, { limit, suggest: true }),
    ]);
    return [...found].slice(0, limit).map((place) => ({ id: entries[Number(place)]?.id ?? '', score: 1 }));
  });
};

function asked(query: string): string {
  return readQuery(query).words.join(' ');
}

function read(entry: SearchEntry): SearchEntry {
  const one = (text: string) => queryWords(text).join(' ');
  return {
    ...entry,
    title: one(entry.title),
    aliases: entry.aliases.map(one),
    names: entry.names.map(one),
    text: one(entry.text),
    dates: entry.dates.map(one),
  };
}

function flat({ title, aliases, names, text, dates }: SearchEntry) {
  return { title, aliases: aliases.join(' '), names: names.join(' '), text, dates: dates.join(' ') };
}

const token: IFuseOptions<SearchEntry> = { useTokenSearch: true, ignoreLocation: true, threshold: 0.4 };

export const engines: Readonly<Record<string, Build>> = {
  Caspian: ours,
  'Fuse, defaults': fuse({}, false),
  'Fuse, token search': fuse(token, false),
  'Fuse, defaults + our normaliser': fuse({}, true),
  'Fuse, token search + our normaliser': fuse(token, true),
  'MiniSearch + our normaliser': miniSearch,
  'uFuzzy + our normaliser': micro,
  'FlexSearch + our normaliser': flex,
};
