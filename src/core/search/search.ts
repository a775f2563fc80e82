/**
 * Search over the entries of a pack: few candidates from our own index, ranked, and honest about how sure it is.
 *
 * Pure and synchronous: an index is built from values and answers from memory. Reading packs, cards and sentences are
 * elsewhere; what to show for an empty query is the caller's decision, here it finds nothing.
 */
import { confidenceLimitsFor } from './confidence-limits.ts';
import { buildVocabulary } from './build-vocabulary.ts';
import { createCandidateFinder } from './search-candidates.ts';
import { fuzzyScores } from './fuzzy.ts';
import { readQuery } from './normalise.ts';
import { namesStartingWith, rankCandidates, hasEveryWord, type Ranked } from './rank.ts';
import { matchWords, type WordMatches } from './word-matches.ts';
import { nameText, titleOf, type Vocabulary } from './vocabulary.ts';
import { type SearchEntry } from './search-entry.ts';

export type SearchResult =
  | { readonly kind: 'one'; readonly id: string; readonly others: readonly string[] }
  | { readonly kind: 'some'; readonly ids: readonly string[] }
  | { readonly kind: 'none'; readonly nearest?: string };

export interface SearchIndex {
  /** Best entries for a finished query; prefer = kinds that win when close (another kind is still offered). */
  find(query: string, prefer?: readonly string[]): SearchResult;
  /** Entry ids for autocomplete while typing, best first. */
  suggest(typed: string, options?: { readonly prefer?: readonly string[]; readonly limit?: number }): readonly string[];
  /** The ranking before banding, for benches and golden tests. */
  rank(
    query: string,
    limit?: number,
    prefer?: readonly string[],
  ): readonly { readonly id: string; readonly confidence: number }[];
}

/** Entries whose names are compared with the whole query; more share a common word than can be told apart by it. */
const CONSIDERED = 200;
const CONSIDERED_WHILE_TYPING = 80;
/** Entries that Fuse judges: in a finished query, and at each key while typing. */
const JUDGED = 48;
const JUDGED_WHILE_TYPING = 16;
/** Fuse decides between neighbours and no more; above .15 it was measured to do harm. */
const FUSE_WEIGHT = 0.1;

/** A rival this close makes it "did you mean". */
const CLOSE = 0.04;
/** Below this not even "nothing about that, perhaps you want …" is honest: less than a third of the words is there. */
const NEAR = 0.15;
/** How far a preferred kind may lie behind and still win: a title in part (.75) against a title in whole (1). */
const PREFERENCE = 0.25;
/** Autocomplete is lenient: half a word is all it has. */
const WORTH_SUGGESTING = 0.3;
/** Discord shows 25 choices; a "did you mean" list holds 10. */
const MOST_SUGGESTIONS = 25;
const MOST_OFFERED = 10;

export function buildIndex(entries: readonly SearchEntry[]): SearchIndex {
  return createSearchIndex(entries, buildVocabulary(entries));
}

/** The index over a vocabulary that was built of these entries before, perhaps on another thread: a moment's work. */
export function createSearchIndex(
  entries: readonly Pick<SearchEntry, 'id' | 'kind'>[],
  vocabulary: Vocabulary,
): SearchIndex {
  const candidatesFor = createCandidateFinder(vocabulary);
  const { sure, possible } = confidenceLimitsFor(entries.length);

  const likes = (prefer: readonly string[], { entry }: Ranked) => prefer.includes(entries[entry]?.kind ?? '');
  const ranking = (text: string, prefer: readonly string[], typing: boolean): Ranking => {
    const query = readQuery(text);
    const readings = matchWords(query, vocabulary, typing);
    const found = new Map<number, Ranked>();
    for (const ranked of rankCandidates(
      candidatesFor(readings, typing ? CONSIDERED_WHILE_TYPING : CONSIDERED),
      query,
      readings,
      vocabulary,
    ))
      found.set(ranked.entry, ranked);
    if (typing)
      for (const [entry, begun] of namesStartingWith(query, vocabulary)) {
        const known = found.get(entry) ?? { entry, name: titleOf(vocabulary, entry), confidence: 0, named: false };
        found.set(entry, { ...known, confidence: Math.max(known.confidence, begun) });
      }
    // Being preferred makes nothing possible that is not: a faint hint of an event never hides the place that was meant.
    const place = (ranked: Ranked) =>
      ranked.confidence + (ranked.confidence >= possible && likes(prefer, ranked) ? PREFERENCE : 0);
    const all = inOrder([...found.values()], place);
    const judgedCount = typing ? JUDGED_WHILE_TYPING : JUDGED;
    const close = all.slice(0, judgedCount);
    const judged = fuzzyScores(
      (query.words.length > 0 ? query.words : query.typed).join(' '),
      close.map(({ name }) => nameText(vocabulary, name)),
    );
    const decided = inOrder(close, (ranked) => place(ranked) + FUSE_WEIGHT * (judged.get(close.indexOf(ranked)) ?? 0));
    return { ranked: [...decided, ...all.slice(judgedCount)], readings };
  };
  const idOf = ({ entry }: Ranked) => entries[entry]?.id ?? '';

  return {
    find(text, prefer = []) {
      const { ranked, readings } = ranking(text, prefer, false);
      const [top, ...rest] = ranked;
      if (!top || top.confidence < NEAR) return { kind: 'none' };
      if (top.confidence < possible) return { kind: 'none', nearest: idOf(top) };
      const others = rest.filter(({ confidence }) => confidence >= possible).slice(0, MOST_OFFERED - 1);
      const rival = others.some(
        (other) =>
          other.confidence > top.confidence - CLOSE &&
          (!likes(prefer, top) || likes(prefer, other)) &&
          (!top.named || other.named),
      );
      return top.confidence >= sure && !rival && hasEveryWord(top.entry, readings, vocabulary)
        ? { kind: 'one', id: idOf(top), others: others.map(idOf) }
        : { kind: 'some', ids: [top, ...others].map(idOf) };
    },
    suggest(typed, { prefer = [], limit = MOST_SUGGESTIONS } = {}) {
      return ranking(typed, prefer, true)
        .ranked.filter(({ confidence }) => confidence >= WORTH_SUGGESTING)
        .slice(0, limit)
        .map(idOf);
    },
    rank(text, limit = MOST_OFFERED, prefer = []) {
      return ranking(text, prefer, false)
        .ranked.slice(0, limit)
        .map((ranked) => ({ id: idOf(ranked), confidence: ranked.confidence }));
    },
  };
}

interface Ranking {
  /** Best first. */
  readonly ranked: readonly Ranked[];
  readonly readings: readonly WordMatches[];
}

/** Highest place first; equals stay in the order of the pack, so the same question has the same answer. */
function inOrder(ranked: readonly Ranked[], place: (ranked: Ranked) => number): readonly Ranked[] {
  return ranked
    .map((one) => ({ one, at: place(one) }))
    .sort((a, b) => b.at - a.at || a.one.entry - b.one.entry)
    .map(({ one }) => one);
}
