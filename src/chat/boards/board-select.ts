/** The select menu of a leaderboard. With this menu, a member opens another leaderboard. */
import type { Measure } from '../../core/scores/board.ts';
import { monthId, weekId } from '../../core/scores/time-windows.ts';
import { customId } from '../command.ts';
import { oneOf, orEmpty, packId } from '../component-parts.ts';
import { parts } from '../component.ts';
import { type ActionRow, selectRow } from '../message/message-components.ts';
import { inPack, packPart } from '../packs/pack-of-button.ts';
import { boardWords } from '../words/board-words.ts';
import { type BoardView, type BoardWindow, roundMark, streaks } from './board-view.ts';

interface OtherBoard {
  readonly by: Measure;
  readonly window: BoardWindow;
}

/** The boards in the order of the menu. The keys of this object are the values of the menu's options. */
const boards: Readonly<Record<keyof typeof boardWords.others, OtherBoard>> = {
  'points-week': { by: 'points', window: 'week' },
  'points-month': { by: 'points', window: 'month' },
  'points-all': { by: 'points', window: 'all' },
  'points-round': { by: 'points', window: 'round' },
  'accuracy-week': { by: 'accuracy', window: 'week' },
  'accuracy-month': { by: 'accuracy', window: 'month' },
  'accuracy-all': { by: 'accuracy', window: 'all' },
  streak: { by: 'streak', window: 'week' },
};

/**
 * The board that a member chose in the menu. If `value` is not in the menu, returns the board with the points of this
 * week.
 */
export const chosenBoard = (value: string): OtherBoard =>
  Object.entries(boards).find(([key]) => key === value)?.[1] ?? boards['points-week'];

/** `pack` is the id of the pack to which the topic of the view belongs. `today` is in days since 1970. */
export function boardSelect(view: BoardView, pack: string | undefined, today: number): ActionRow {
  const windows = { week: weekId(today), month: monthId(today), all: 'all' };
  const isWindow = (window: BoardWindow) =>
    window === 'round' ? view.window.startsWith(roundMark) : view.window === windows[window];
  const isShown = ({ by, window }: OtherBoard) =>
    by === view.by && (by === 'streak' ? view.window === streaks : isWindow(window));
  return selectRow(
    customId('leaderboard', 'other', view.ephemeral ? 'h' : 'p', view.topic ?? '', ...inPack(pack ?? '')),
    boardWords.otherBoards,
    Object.entries(boards).map(([value, board]) => ({
      label: boardWords.others[value as keyof typeof boards],
      value,
      ...(isShown(board) && { default: true }),
    })),
  );
}

/** Parses the parts of the menu's custom_id. */
export const otherBoardParts = parts([oneOf(['h', 'p']), orEmpty(packId), packPart.optional()]);
