/** From a typed text to ranked entries: matches its words, finds candidates, ranks them and lets Fuse settle close calls. */
import type { ConfidenceLimits } from './confidence-limits.ts';
import { fuzzyScores } from './fuzzy.ts';
import { type Query, readQuery } from './normalise.ts';
import { namesStartingWith, rankCandidates, type Ranked } from './rank.ts';
import type { CandidateFinder } from './search-candidates.ts';
import type { SearchEntry } from './search-entry.ts';
import { nameText, titleOf, type Vocabulary } from './vocabulary.ts';
import { matchWords, type WordMatches } from './word-matches.ts';

/** Entries whose names are compared with the whole query. More share a common word than it could tell apart. */
const CONSIDERED = 200;
const CONSIDERED_WHILE_TYPING = 80;
/** Entries that Fuse scores: for a finished query, and for each key press. */
const SCORED = 48;
const SCORED_WHILE_TYPING = 16;
/** Fuse only orders neighbours; with a weight above .15 the golden list got worse. */
const FUSE_WEIGHT = 0.1;
/** How far behind an entry of a preferred kind still wins: a part of a title (.75) against a whole title (1). */
const PREFERENCE = 0.25;

/** What every query of an index uses. */
export interface RankingContext {
  readonly entries: readonly Pick<SearchEntry, 'kind'>[];
  readonly vocabulary: Vocabulary;
  readonly limits: ConfidenceLimits;
  readonly candidatesFor: CandidateFinder;
}

interface RankedQuery {
  /** Best first. */
  readonly ranked: readonly Ranked[];
  readonly matches: readonly WordMatches[];
}

/** Ranks the entries for a text. `typing`: the last word may be unfinished. */
export function rankQuery(
  text: string,
  prefer: readonly string[],
  typing: boolean,
  context: RankingContext,
): RankedQuery {
  const query = readQuery(text);
  const matches = matchWords(query, context.vocabulary, typing);
  // A preferred kind must be possible on its own: a weak match of it must not hide the entry that was meant.
  const scoreOf = (ranked: Ranked) =>
    ranked.confidence +
    (ranked.confidence >= context.limits.possible && prefers(prefer, ranked, context) ? PREFERENCE : 0);
  const all = sorted(considered(query, matches, typing, context), scoreOf);
  const count = typing ? SCORED_WHILE_TYPING : SCORED;
  const best = all.slice(0, count);
  const fuse = fuzzyScores(
    (query.words.length > 0 ? query.words : query.typed).join(' '),
    best.map(({ name }) => nameText(context.vocabulary, name)),
  );
  const settled = sorted(best, (ranked) => scoreOf(ranked) + FUSE_WEIGHT * (fuse.get(best.indexOf(ranked)) ?? 0));
  return { ranked: [...settled, ...all.slice(count)], matches };
}

/** Whether an entry is of a preferred kind. */
export function prefers(prefer: readonly string[], { entry }: Ranked, { entries }: RankingContext): boolean {
  return prefer.includes(entries[entry]?.kind ?? '');
}

/** The candidates with their confidence, and while typing the names that begin with the text. */
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
      const known = found.get(entry) ?? { entry, name: titleOf(vocabulary, entry), confidence: 0, named: false };
      found.set(entry, { ...known, confidence: Math.max(known.confidence, confidence) });
    }
  return [...found.values()];
}

/** Highest score first. Equal ones keep the order of the pack, so the same query has the same answer. */
function sorted(ranked: readonly Ranked[], scoreOf: (ranked: Ranked) => number): readonly Ranked[] {
  return ranked
    .map((one) => ({ one, score: scoreOf(one) }))
    .sort((a, b) => b.score - a.score || a.one.entry - b.one.entry)
    .map(({ one }) => one);
}
