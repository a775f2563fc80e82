/**
 * Turns a typed text into ranked entries: matches the words, finds candidate entries, ranks them, and uses Fuse to
 * decide between entries with similar confidence.
 */
import type { ConfidenceLimits } from './confidence-limits.ts';
import { fuzzyScores } from './fuzzy.ts';
import { type Query, readQuery } from './normalise.ts';
import { namesStartingWith, rankCandidates, type Ranked } from './rank.ts';
import type { CandidateFinder } from './search-candidates.ts';
import type { SearchEntry } from './search-entry.ts';
import type { Synonyms } from './synonyms.ts';
import { nameText, titleOf, type Vocabulary } from './vocabulary.ts';
import type { WordMatcher, WordMatches } from './word-matches.ts';

/**
 * Maximum number of entries whose names are compared with the whole query. If more entries match, the query consists of
 * common words, and comparing names does not help to rank the entries.
 */
const CONSIDERED = 200;
const CONSIDERED_WHILE_TYPING = 80;
/** Maximum number of entries that Fuse scores. The limit is lower for a query that is still being typed. */
const SCORED = 48;
const SCORED_WHILE_TYPING = 16;
/**
 * Minimum confidence of an entry that is offered as similar. An entry with this confidence contains about a third of
 * the query.
 */
export const NEAR = 0.19;
/**
 * Weight of the score from Fuse. Fuse only reorders entries with similar confidence. With a weight above .15, the
 * results on the golden list of test queries became worse.
 */
const FUSE_WEIGHT = 0.1;
/**
 * Bonus that is added to the confidence of an entry of a preferred kind. Example: an entry of a preferred kind has the
 * confidence 0.75, because the query is only a part of its title. An entry of another kind has the confidence 1,
 * because the query is its whole title. With the bonus, the first entry ranks above the second.
 */
const PREFERENCE = 0.35;
/** Bonus for a weak match of a preferred kind, as a fraction of the confidence of the entry. */
const WEAK_PREFERENCE = 0.3;

/** Data that all queries of an index share. */
export interface RankingContext {
  readonly entries: readonly Pick<SearchEntry, 'kind'>[];
  readonly vocabulary: Vocabulary;
  readonly limits: ConfidenceLimits;
  readonly matchWords: WordMatcher;
  readonly candidatesFor: CandidateFinder;
  readonly synonyms: Synonyms;
}

interface RankedQuery {
  /** Best entry first. */
  readonly ranked: readonly Ranked[];
  readonly matches: readonly WordMatches[];
}

/** Ranks the entries for a typed text. If `typing` is true, the last word may be unfinished. */
export function rankQuery(
  text: string,
  prefer: readonly string[],
  typing: boolean,
  context: RankingContext,
): RankedQuery {
  const query = context.synonyms.split(readQuery(text));
  const matches = context.matchWords(query, typing);
  const found = considered(query, matches, typing, context);
  const isPossible = ({ strict }: Ranked) => strict >= context.limits.possible;
  // A possible result of a preferred kind gets the bonus PREFERENCE. If there is no possible result, the entries of
  // preferred kinds get the small bonus WEAK_PREFERENCE. If these entries always got this bonus, a weak match of a
  // preferred kind could hide the entry that the member meant.
  const weakBonus = found.some(isPossible) ? 0 : WEAK_PREFERENCE;
  const bonusOf = (ranked: Ranked) => {
    if (prefer.length === 0 || !prefers(prefer, ranked, context)) return 0;
    return isPossible(ranked) ? PREFERENCE : weakBonus * ranked.confidence;
  };
  const scoreOf = (ranked: Ranked) => ranked.confidence + bonusOf(ranked);
  const all = sorted(found, scoreOf);
  // The order of entries that are never shown does not matter. They are not scored, because Fuse is slow.
  const isShown = (one: Ranked) => one.confidence >= NEAR || isPossible(one);
  const best = all.filter(isShown).slice(0, typing ? SCORED_WHILE_TYPING : SCORED);
  if (best.length < 2) return { ranked: all, matches };
  const fuse = fuzzyScores(
    (query.words.length > 0 ? query.words : query.typed).join(' '),
    best.map(({ name }) => nameText(context.vocabulary, name)),
  );
  const likeness = new Map(best.map((ranked, index) => [ranked, fuse.get(index) ?? 0]));
  return { ranked: sorted(all, (ranked) => scoreOf(ranked) + FUSE_WEIGHT * (likeness.get(ranked) ?? 0)), matches };
}

/** Whether an entry is of a preferred kind. */
export function prefers(prefer: readonly string[], { entry }: Ranked, { entries }: RankingContext): boolean {
  return prefer.includes(entries[entry]?.kind ?? '');
}

/**
 * The candidates with their confidence. If `typing` is true, the result also contains the entries with a name that
 * starts with the typed text.
 */
function considered(
  query: Query,
  matches: readonly WordMatches[],
  typing: boolean,
  { vocabulary, candidatesFor }: RankingContext,
): readonly Ranked[] {
  const candidates = candidatesFor(matches, typing ? CONSIDERED_WHILE_TYPING : CONSIDERED);
  const found = new Map(
    rankCandidates(candidates, query, matches, vocabulary).map((ranked) => [ranked.entry, ranked] as const),
  );
  if (typing)
    for (const [entry, confidence] of namesStartingWith(query, vocabulary)) {
      const known = found.get(entry) ?? { entry, name: titleOf(vocabulary, entry), confidence: 0, strict: 0, fit: 0 };
      found.set(entry, { ...known, confidence: Math.max(known.confidence, confidence) });
    }
  return [...found.values()];
}

/**
 * Sorts by score, highest first. Entries with equal scores keep the order of the pack, so the same query always has the
 * same result.
 */
function sorted(ranked: readonly Ranked[], scoreOf: (ranked: Ranked) => number): readonly Ranked[] {
  return ranked
    .map((one) => ({ one, score: scoreOf(one) }))
    .sort((a, b) => b.score - a.score || a.one.entry - b.one.entry)
    .map(({ one }) => one);
}
