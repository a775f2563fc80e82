/**
 * Searches the entries of a pack. The result is one entry if the match is clear, a list of entries if several entries
 * may be meant, or nothing.
 *
 * The search is a pure function. It is synchronous and uses only data in memory. For an empty query the result is
 * empty, and the caller decides what to show. The search does not depend on packs or cards and contains no texts for
 * members.
 */
import { buildVocabulary } from './build-vocabulary.ts';
import { isCommonWord } from './common-words.ts';
import { confidenceLimitsFor } from './confidence-limits.ts';
import { queryWords, readQuery } from './normalise.ts';
import { inOtherLayouts } from './keyboard-layouts.ts';
import { missingWords, SPELT_OTHERWISE, type Ranked } from './rank.ts';
import { TYPING_ERROR } from './word-weights.ts';
import { NEAR, prefers, rankQuery, type RankingContext } from './rank-query.ts';
import { createCandidateFinder } from './search-candidates.ts';
import type { SearchEntry } from './search-entry.ts';
import { createSynonyms } from './synonyms.ts';
import { entriesNamed, termOf, type Vocabulary } from './vocabulary.ts';
import { createWordMatcher, type WordMatches } from './word-matches.ts';

export type SearchResult =
  | { readonly kind: 'one'; readonly id: string; readonly others: readonly string[] }
  | { readonly kind: 'some'; readonly ids: readonly string[] }
  | { readonly kind: 'none'; readonly related: readonly string[] };

export interface SearchIndex {
  /**
   * Finds the entries for a complete query. If several entries are about equally good, entries of the kinds in `prefer`
   * rank first.
   */
  find(query: string, prefer?: readonly string[]): SearchResult;
  /** Whether an entry has exactly this name. If `prefer` is not empty, only entries of these kinds are considered. */
  isName(query: string, prefer?: readonly string[]): boolean;
  /** Entry ids for autocomplete, best match first. */
  suggest(typed: string, options?: { readonly prefer?: readonly string[]; readonly limit?: number }): readonly string[];
  /** The ranked entries with their confidence, for benchmarks and golden tests. */
  rank(
    query: string,
    limit?: number,
    prefer?: readonly string[],
  ): readonly { readonly id: string; readonly confidence: number }[];
}

/**
 * Another entry is close to the best entry if three conditions are met:
 *
 * - Its confidence is higher than the confidence of the best entry minus CLOSE.
 * - The fit of its name is higher than the fit of the best entry minus CLOSE_FIT.
 * - It contains at least as many words of the query as the best entry.
 *
 * If no name of the best entry has the same words as the query, CLOSE_IN_PART is used instead of CLOSE, and
 * CLOSE_FIT_IN_PART instead of CLOSE_FIT. These two limits are larger, because a long sentence fits several
 * entries.
 */
const [CLOSE, CLOSE_FIT] = [0.04, 0.12];
const [CLOSE_IN_PART, CLOSE_FIT_IN_PART] = [0.06, 0.36];
/**
 * Limits for the second condition of `isSure`. The best entry meets this condition if it contains every word of the
 * query that can be a name, and if one of these statements is true:
 *
 * - The fit of its name is at least GOOD_FIT, and its confidence exceeds every rival's by at least LEAD_BY_NAME.
 * - Its strict confidence is at least NEARLY_ALL, and its confidence exceeds every rival's by at least CLEAR_LEAD.
 */
const [GOOD_FIT, LEAD_BY_NAME] = [0.75, 0.1];
const [NEARLY_ALL, CLEAR_LEAD] = [0.6, 0.28];
/**
 * Limits for a best entry whose kind the command does not prefer. Such an entry is the only answer only if `isSure`
 * returns true and one of two conditions is met:
 *
 * - The fit of its name is 1.
 * - The fit of its name is at least SAME_NAME, the entry contains all words of the query, and its confidence is at
 *   least FAR_LEAD higher than that of every other entry.
 */
const [SAME_NAME, FAR_LEAD] = [0.9, 0.5];
/**
 * Minimum confidence of a suggestion. This minimum is lower than the minimum for answers, because the query is still
 * being typed.
 */
const WORTH_SUGGESTING = 0.3;
/** Minimum confidence of a suggestion, as a share of the highest confidence. Drops entries that only sound similar. */
const SUGGESTED_SHARE = 0.6;
/** Maximum number of suggestions. Discord shows at most 25 choices. */
const MOST_SUGGESTIONS = 25;
/** Maximum number of similar entries that are offered if no entry is listed as a result. */
const MOST_RELATED = 3;
/** Maximum number of entries in a "did you mean" list. */
const MOST_OFFERED = 10;

export function buildIndex(
  entries: readonly SearchEntry[],
  synonyms: readonly (readonly string[])[] = [],
): SearchIndex {
  return createSearchIndex(entries, buildVocabulary(entries), synonyms);
}

/**
 * Creates the index from entries and the vocabulary of the same entries. This call is fast. Only building the
 * vocabulary is slow.
 */
export function createSearchIndex(
  entries: readonly Pick<SearchEntry, 'id' | 'kind'>[],
  vocabulary: Vocabulary,
  synonyms: readonly (readonly string[])[] = [],
): SearchIndex {
  const limits = confidenceLimitsFor(entries.length);
  const meanings = createSynonyms(synonyms, vocabulary);
  const context: RankingContext = {
    entries,
    vocabulary,
    limits,
    candidatesFor: createCandidateFinder(vocabulary),
    matchWords: createWordMatcher(vocabulary, meanings),
    synonyms: meanings,
  };
  const idOf = ({ entry }: NumberedEntry) => entries[entry]?.id ?? '';
  return {
    isName: (text, prefer = []) =>
      entriesNamed(queryWords(text), vocabulary).some(
        (entry) => prefer.length === 0 || prefer.includes(entries[entry]?.kind ?? ''),
      ),
    find(text, prefer = []) {
      const found = answer(text, prefer, context, idOf);
      if (found.kind !== 'none') return found;
      const inOtherLayout = inOtherLayouts(text)
        .filter((read) => hasKnownWord(read, vocabulary))
        .map((read) => answer(read, prefer, context, idOf));
      return inOtherLayout.find(({ kind }) => kind === 'one') ?? found;
    },
    suggest(typed, { prefer = [], limit = MOST_SUGGESTIONS } = {}) {
      const { ranked } = rankQuery(typed, prefer, true, context);
      const least = SUGGESTED_SHARE * Math.max(...ranked.map(({ confidence }) => confidence));
      const suggested = ranked.filter(({ confidence }) => confidence >= Math.max(WORTH_SUGGESTING, least));
      return suggested.slice(0, limit).map(idOf);
    },
    rank(text, limit = MOST_OFFERED, prefer = []) {
      return rankQuery(text, prefer, false, context)
        .ranked.slice(0, limit)
        .map((ranked) => ({ id: idOf(ranked), confidence: ranked.confidence }));
    },
  };
}

/** An entry, given by its index in the list of entries. */
type NumberedEntry = Pick<Ranked, 'entry'>;

function answer(
  text: string,
  prefer: readonly string[],
  context: RankingContext,
  idOf: (ranked: NumberedEntry) => string,
): SearchResult {
  const { possible } = context.limits;
  const { ranked, matches } = rankQuery(text, prefer, false, context);
  const top = ranked.find(({ strict }) => strict >= possible);
  if (!top) {
    const related = ranked.slice(0, MOST_RELATED).filter(({ confidence }) => confidence >= NEAR);
    return { kind: 'none', related: (related.length > 0 ? related : namedIn(text, context.vocabulary)).map(idOf) };
  }
  const rest = ranked.filter((other) => other !== top);
  const isWanted = prefer.length === 0 || prefers(prefer, top, context);
  const rivals = isWanted ? rest.filter((other) => prefer.length === 0 || prefers(prefer, other, context)) : rest;
  const others = rest.filter(({ strict }) => strict >= possible).slice(0, MOST_OFFERED - 1);
  return (isWanted || isFarAhead(top, rest, matches, context)) && isSure(top, rivals, matches, context)
    ? { kind: 'one', id: idOf(top), others: others.map(idOf) }
    : { kind: 'some', ids: offered([top, ...others], ranked, prefer, context).map(idOf) };
}

/**
 * Whether any entry contains any word of the text. Always true for a text of one or two words, because these words may
 * be misspelt.
 */
function hasKnownWord(text: string, vocabulary: Vocabulary): boolean {
  const { words } = readQuery(text);
  return words.length <= 2 || words.some((word) => termOf(vocabulary, word) !== undefined);
}

/**
 * The entries whose full names occur in a query, longer names first. If a query contains several names, the search may
 * find nothing although each name has an entry. This function is used for such a query. Empty if the query names only
 * one entry, because such a query asks for a detail about this entry and not for the entry itself. Common words are not
 * names.
 */
function namedIn(text: string, vocabulary: Vocabulary): readonly NumberedEntry[] {
  const words = readQuery(text).typed;
  const named = [3, 2, 1].flatMap((length) =>
    words.flatMap((_, from) => {
      const name = words.slice(from, from + length);
      const isName = name.length === length && !name.every(isCommonWord);
      return isName ? entriesNamed(name, vocabulary) : [];
    }),
  );
  const entries = [...new Set(named)].slice(0, MOST_RELATED);
  return entries.length > 1 ? entries.map((entry) => ({ entry })) : [];
}

/**
 * The entries of a "did you mean" list. If there are fewer than three possible results, similar entries are added. If
 * none of the first three entries is of a preferred kind, the best similar entry of a preferred kind takes the third
 * place.
 */
function offered(
  possible: readonly Ranked[],
  ranked: readonly Ranked[],
  prefer: readonly string[],
  context: RankingContext,
): readonly Ranked[] {
  const similar = ranked.filter((one) => !possible.includes(one) && one.confidence >= NEAR);
  const first = [...possible, ...similar].slice(0, MOST_RELATED);
  const wanted = first.some((one) => prefers(prefer, one, context))
    ? undefined
    : similar.find((one) => prefers(prefer, one, context));
  const list = wanted ? [...first.slice(0, MOST_RELATED - 1), wanted] : first;
  return exactFirst([...list, ...possible.filter((one) => !list.includes(one))]).slice(0, MOST_OFFERED);
}

/** Puts entries with a name equal to the query first. Members expect this, whatever the kind of the entries is. */
const exactFirst = (ranked: readonly Ranked[]): readonly Ranked[] => [
  ...ranked.filter(({ fit }) => fit === 1),
  ...ranked.filter(({ fit }) => fit < 1),
];

/** Whether the best entry may be the only answer although the command does not prefer its kind. */
function isFarAhead(
  top: Ranked,
  rest: readonly Ranked[],
  matches: readonly WordMatches[],
  { vocabulary }: RankingContext,
): boolean {
  if (top.fit === 1) return true;
  const next = Math.max(0, ...rest.map(({ confidence }) => confidence));
  return (
    top.fit >= SAME_NAME &&
    top.confidence - next >= FAR_LEAD &&
    missingWords(top.entry, matches, vocabulary).length === 0
  );
}

/**
 * Whether the best entry is the only answer. `rivals` are the other entries of preferred kinds. If the best entry is of
 * no preferred kind, `rivals` are all other entries.
 *
 * If a name of the best entry equals the query, the entry is the only answer unless a rival has an equal name.
 *
 * In all other cases no rival may be close to the best entry. In addition, one of two conditions must be met:
 *
 * - The best entry matches well enough, and contains every word of the query except common words.
 * - The best entry is clearly ahead of all rivals, and contains every word that can be a name.
 */
function isSure(
  top: Ranked,
  rivals: readonly Ranked[],
  matches: readonly WordMatches[],
  { limits, vocabulary }: RankingContext,
): boolean {
  if (top.fit === 1) return rivals.every(({ fit }) => fit < 1);
  const [close, closeFit] = top.fit < SPELT_OTHERWISE ? [CLOSE_IN_PART, CLOSE_FIT_IN_PART] : [CLOSE, CLOSE_FIT];
  const missing = missingWords(top.entry, matches, vocabulary);
  const isClose = ({ entry, confidence, fit }: Ranked) =>
    confidence > top.confidence - close &&
    fit > top.fit - closeFit &&
    missingWords(entry, matches, vocabulary).length <= missing.length;
  if (rivals.some(isClose)) return false;
  // A query that consists only of common words, such as a greeting, names no subject. Therefore no entry is the only
  // answer to it.
  if (matches.every(({ isCommon }) => isCommon)) return false;
  const isNamed = top.confidence >= limits.sure || top.fit >= SPELT_OTHERWISE;
  if (isNamed && missing.every(({ isCommon }) => isCommon)) return true;
  // If the entry lacks a word that can be a name, this word may be the name of another subject that the query is about.
  if (missingWords(top.entry, matches, vocabulary, TYPING_ERROR).some(({ canBeName }) => canBeName)) return false;
  const lead = top.confidence - Math.max(0, ...rivals.map(({ confidence }) => confidence));
  return (lead >= LEAD_BY_NAME && top.fit >= GOOD_FIT) || (lead >= CLEAR_LEAD && top.strict >= NEARLY_ALL);
}
