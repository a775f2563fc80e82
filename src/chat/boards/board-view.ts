/** What a leaderboard shows: the measure, the time, the topic, the page, and who sees it. */
import type { Measure } from '../../core/scores/board.ts';

export interface BoardView {
  readonly by: Measure;
  /** The id of a week or a month, `all` for all time, `days` for streaks, or `round-` followed by the id of a round. */
  readonly window: string;
  readonly topic?: string | undefined;
  /** Index of the first member on the page. The value `mine` means the page that contains the reader. */
  readonly from: number | 'mine';
  readonly ephemeral: boolean;
}
export type BoardWindow = 'week' | 'month' | 'all' | 'round';

/** The start of the window of the board of one round. */
export const roundMark = 'round-';
/** The window of the board of days in a row. */
export const streaks = 'days';
