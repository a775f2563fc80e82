/**
 * Describes the kinds of leaderboards and computes a member's entry on a board. Sorting the entries is the task of
 * `ranking.ts`.
 */
import { z } from 'zod';
import { streakOf, type Tally, tallyOfRound, tallyOfWindow, toTally } from './member-stats.ts';
import { type Member, memberVersion } from './member.ts';
import type { RankingEntry } from './entry-table.ts';
import { isListOf, isNumber, isPair, isText, isTriple } from '../type-guards.ts';

export const measures = ['points', 'accuracy', 'streak'] as const;
export type Measure = (typeof measures)[number];

/** A leaderboard of all members in one scope (a server or a private conversation). */
export type ScopeBoard =
  | { readonly by: 'points' | 'accuracy'; readonly window: string; readonly topic?: string }
  /**
   * `day` is the current day, in days since 1970. A streak can end without a new result, so the board of one day cannot
   * be used on the next day. Therefore each day has its own board.
   */
  | { readonly by: 'streak'; readonly day: number };
/** A leaderboard of the players of one round. */
export interface RoundBoard {
  readonly by: 'points' | 'accuracy';
  readonly round: string;
}
export type Board = ScopeBoard | RoundBoard;

/**
 * Minimum number of answers that a member needs to be ranked by accuracy. The board of a single round requires only one
 * answer, because all its players got the same questions.
 */
export const minAnswers = 20;

/**
 * A string that identifies a board. Boards with equal fields have equal ids. The order of the fields does not matter.
 */
export const boardId = (board: Board): string =>
  JSON.stringify(Object.entries(board).toSorted(([a], [b]) => (a < b ? -1 : 1)));

/** The entry of a member on a board. Undefined if this board does not list the member. */
export function boardEntry(board: Board, user: string, member: Member): RankingEntry | undefined {
  if (member.left || member.excluded) return undefined;
  if (board.by === 'streak') return streakEntry(user, member.name, streakOf(member, board.day));
  const tally = 'round' in board ? tallyOfRound(member, board.round) : tallyOfWindow(member, board.window, board.topic);
  return tallyEntry(board, user, member.name, tally);
}

/**
 * The paths of all parts of a stored member that these boards need. With the paths, a store can read these parts
 * without reading the whole value.
 */
export const memberPathsFor = (boards: readonly ScopeBoard[]): readonly (readonly string[])[] => [
  ['v'],
  ['name'],
  ['left'],
  ['excluded'],
  ...boards.map((board) => {
    if (board.by === 'streak') return ['days', 'runs'];
    return ['windows', board.window, ...(board.topic === undefined ? ['all'] : ['topics', board.topic])];
  }),
];

type Flag = true | null;
/**
 * The values at the paths of `memberPathsFor`, in the same order. `left`: whether the member has left. `excluded`:
 * whether the member is excluded. `parts`: one part for each board.
 */
export type MemberParts = readonly [version: number, name: string, left: Flag, excluded: Flag, ...parts: unknown[]];
const isFlag = (value: unknown): value is Flag => value === true || value === null;
export const memberPartsSchema = z.custom<MemberParts>(
  (value) => Array.isArray(value) && isNumber(value[0]) && isText(value[1]) && isFlag(value[2]) && isFlag(value[3]),
);

/**
 * Computes the same entries as {@link boardEntry} from a few parts of a stored member. Returns undefined if the value
 * was stored by another version of the bot or if a part is invalid. In this case the caller must read the whole value.
 */
export function entriesFromParts(
  boards: readonly ScopeBoard[],
  user: string,
  [version, name, left, excluded, ...parts]: MemberParts,
): readonly (RankingEntry | undefined)[] | undefined {
  if (version !== memberVersion) return undefined;
  const isHidden = left === true || excluded === true;
  const entries: (RankingEntry | undefined)[] = [];
  for (const [index, board] of boards.entries()) {
    const part = parts[index];
    if (part === null) entries.push(undefined);
    else if (board.by === 'streak') {
      if (!isListOf(part, isPair)) return undefined;
      entries.push(isHidden ? undefined : streakEntry(user, name, streakOf({ days: { runs: part } }, board.day)));
    } else {
      if (!isTriple(part)) return undefined;
      entries.push(isHidden ? undefined : tallyEntry(board, user, name, toTally(part)));
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
  const fewest = 'round' in board ? 1 : minAnswers;
  return answered < fewest ? undefined : { user, name, value: right / answered, right, answered };
}
