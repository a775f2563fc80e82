/**
 * What a leaderboard shows: what is measured (such as points), in which period, the topic, the page, and who sees it.
 */
import type { Measure } from '../../core/scores/board.ts';

export interface BoardView {
  readonly by: Measure;
  /** The id of a week or a month, `all` for all time, `days` for streaks, or `round-` followed by the id of a round. */
  readonly window: string;
  readonly topic?: string | undefined;
  /** Index of the first member on the page. The value `mine` means the page that lists the reader. */
  readonly from: number | 'mine';
  readonly ephemeral: boolean;
}
export type BoardWindow = 'week' | 'month' | 'all' | 'round';

/** If a board is about a single round, its `window` is this prefix followed by the id of the round. */
export const roundMark = 'round-';
/** If a board shows streaks (days in a row), its `window` has this value. */
export const streaks = 'days';
