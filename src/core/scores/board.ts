/** What a leaderboard is about, and where a member's value puts them on it. */
import { z } from 'zod';
import { type Member, memberVersion } from './member.ts';
import { toTally, streakOf, type Tally, tallyOfWindow, tallyOfRound } from './member-stats.ts';
import type { RankingEntry } from './ranking.ts';
import { isListOf, isNumber, isPair, isText, isTriple } from '../type-guards.ts';

export const measures = ['points', 'accuracy', 'streak'] as const;
export type Measure = (typeof measures)[number];

/** A board that everybody at a scope may stand on. */
export type ScopeBoard =
  | { readonly by: 'points' | 'accuracy'; readonly window: string; readonly topic?: string }
  /** `day`: today, in days since 1970. Tomorrow's streaks are another board. */
  | { readonly by: 'streak'; readonly day: number };
/** A board of the players of one round. */
export interface RoundBoard {
  readonly by: 'points' | 'accuracy';
  readonly round: string;
}
/** What a board compares, and the answers it counts. */
export type Board = ScopeBoard | RoundBoard;

/** Fewer answers say little about accuracy. A round asks everybody the same few, so it wants none. */
export const fewestAnswers = 20;

/** One text for each board, the same for the same board. */
export const boardId = (board: Board): string =>
  JSON.stringify(Object.entries(board).toSorted(([a], [b]) => (a < b ? -1 : 1)));

/** Where this value stands on a board; undefined when it has no place there. */
export function boardEntry(board: Board, user: string, member: Member): RankingEntry | undefined {
  if (member.left) return undefined;
  if (board.by === 'streak') return streakEntry(user, member.name, streakOf(member, board.day));
  const tally = 'round' in board ? tallyOfRound(member, board.round) : tallyOfWindow(member, board.window, board.topic);
  return tallyEntry(board, user, member.name, tally);
}

/** Where in a member's value lies what these boards need of it; the rest need not be read. */
export const memberPathsFor = (boards: readonly ScopeBoard[]): readonly (readonly string[])[] => [
  ['v'],
  ['name'],
  ['left'],
  ...boards.map((board) => {
    if (board.by === 'streak') return ['days', 'runs'];
    return ['windows', board.window, ...(board.topic === undefined ? ['all'] : ['topics', board.topic])];
  }),
];

/** What lies at the paths: a version, a name, whether they left, and a part for each board. */
type MemberParts = readonly [version: number, name: string, left: true | null, ...parts: unknown[]];
export const memberPartsSchema = z.custom<MemberParts>(
  (value) => Array.isArray(value) && isNumber(value[0]) && isText(value[1]) && (value[2] === true || value[2] === null),
);

/**
 * {@link boardEntry} for each board, of what lay at the paths. Undefined when the value must be read whole: it is of an
 * earlier version, which keeps these things elsewhere, or of none that is known.
 */
export function entriesFromParts(
  boards: readonly ScopeBoard[],
  user: string,
  [version, name, left, ...parts]: MemberParts,
): readonly (RankingEntry | undefined)[] | undefined {
  if (version !== memberVersion) return undefined;
  const entries: (RankingEntry | undefined)[] = [];
  for (const [index, board] of boards.entries()) {
    const part = parts[index];
    if (part === null) entries.push(undefined);
    else if (board.by === 'streak') {
      if (!isListOf(part, isPair)) return undefined;
      entries.push(left ? undefined : streakEntry(user, name, streakOf({ days: { runs: part } }, board.day)));
    } else {
      if (!isTriple(part)) return undefined;
      entries.push(left ? undefined : tallyEntry(board, user, name, toTally(part)));
    }
  }
  return entries;
}

const streakEntry = (user: string, name: string, value: number): RankingEntry | undefined =>
  value === 0 ? undefined : { user, name, value, right: 0, answered: 0 };

function tallyEntry(
  board: Exclude<Board, { readonly by: 'streak' }>,
  user: string,
  name: string,
  tally: Tally | undefined,
): RankingEntry | undefined {
  if (!tally) return undefined;
  const { points, right, answered } = tally;
  if (board.by === 'points') return { user, name, value: points, right, answered };
  const fewest = 'round' in board ? 1 : fewestAnswers;
  return answered < fewest ? undefined : { user, name, value: right / answered, right, answered };
}
