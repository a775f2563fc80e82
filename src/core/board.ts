/** What a leaderboard is about, and where a member's value puts them on it. */
import { type Member, streakOf, type Tally, tallyIn, tallyOfRound } from './member.ts';
import type { Entry } from './ranking.ts';

export const measures = ['points', 'accuracy', 'streak'] as const;
export type Measure = (typeof measures)[number];

/** What a board compares, and the answers it counts. */
export type Board =
  | { readonly by: 'points' | 'accuracy'; readonly window: string; readonly topic?: string }
  | { readonly by: 'points' | 'accuracy'; readonly round: string }
  /** `day`: today, in days since 1970. Tomorrow's streaks are another board. */
  | { readonly by: 'streak'; readonly day: number };

/** Fewer answers say little about accuracy. A round asks everybody the same few, so it wants none. */
export const fewestAnswers = 20;

/** One text for each board, the same for the same board. */
export const boardId = (board: Board): string =>
  JSON.stringify(Object.entries(board).toSorted(([a], [b]) => (a < b ? -1 : 1)));

/** Where this value stands on a board; undefined when it has no place there. */
export function entryIn(board: Board, user: string, member: Member): Entry | undefined {
  if (member.left) return undefined;
  const { name } = member;
  if (board.by === 'streak') {
    const value = streakOf(member, board.day);
    return value === 0 ? undefined : { user, name, value, right: 0, answered: 0 };
  }
  const tally: Tally | undefined =
    'round' in board ? tallyOfRound(member, board.round) : tallyIn(member, board.window, board.topic);
  if (!tally) return undefined;
  const { points, right, answered } = tally;
  if (board.by === 'points') return { user, name, value: points, right, answered };
  const fewest = 'round' in board ? 1 : fewestAnswers;
  return answered < fewest ? undefined : { user, name, value: right / answered, right, answered };
}
