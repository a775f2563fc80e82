/**
 * The summary of a member's scores, which is stored with them. It has what leaderboards need, except topics, so that
 * the leaderboard of a million members can be read without the rest of their scores.
 */
import { z } from 'zod';
import { ownValue } from '../own-value.ts';
import { isNumber, isObject, isText } from '../type-guards.ts';
import type { MemberParts, ScopeBoard } from './board.ts';
import type { Member } from './member.ts';

/**
 * The version of the scores, the member's name, whether boards hide the member (1 or 0), the tallies by time window, and
 * the streaks.
 */
export type MemberSummary = readonly [
  version: number,
  name: string,
  isHidden: number,
  tallies: Readonly<Record<string, unknown>>,
  runs: unknown,
];

export const memberSummary = ({ v, name, left, excluded, windows, days }: Member): MemberSummary => [
  v,
  name,
  left || excluded ? 1 : 0,
  Object.fromEntries(Object.entries(windows).map(([window, { all }]) => [window, all])),
  days.runs,
];

export const memberSummarySchema = z.custom<MemberSummary>(
  (value) => Array.isArray(value) && isNumber(value[0]) && isText(value[1]) && isNumber(value[2]) && isObject(value[3]),
);

/** Whether summaries have what these boards need. */
export const areInSummaries = (boards: readonly ScopeBoard[]): boolean =>
  boards.every((board) => board.by === 'streak' || board.topic === undefined);

/** The parts of a stored member that these boards need, from the summary of the member. */
export const partsFromSummary = (
  boards: readonly ScopeBoard[],
  [version, name, isHidden, tallies, runs]: MemberSummary,
): MemberParts => [
  version,
  name,
  isHidden === 1 ? true : null,
  null,
  ...boards.map((board) => (board.by === 'streak' ? runs : (ownValue(tallies, board.window) ?? null))),
];
