/**
 * The summary of a member's scores, which is stored in addition to the scores. The summary contains all data that
 * leaderboards need, except topics. With the summaries, the leaderboard of a million members can be read without
 * reading their complete scores.
 */
import { z } from 'zod';
import { isNumber, isText } from '../type-guards.ts';
import type { MemberParts, ScopeBoard } from './board.ts';
import type { Member } from './member.ts';

/**
 * The names of two fields of the summary. Every other field has the id of a time window as its name, and contains the
 * tally in this window.
 */
const memberField = 'member';
const runsField = 'runs';

/**
 * Databases read a summary from the first wanted field to the end of the summary. Therefore the fields that most boards
 * need come last.
 */
export const memberSummary = ({
  v,
  name,
  left,
  excluded,
  windows,
  days,
}: Member): Readonly<Record<string, readonly unknown[]>> => ({
  [runsField]: days.runs,
  ...Object.fromEntries(Object.entries(windows).map(([window, { all }]) => [window, all])),
  [memberField]: [v, name, left || excluded ? 1 : 0],
});

/**
 * The names of the summary fields that these boards need. Undefined if a board is about a topic, because summaries
 * contain no topics.
 */
export function summaryFieldsFor(boards: readonly ScopeBoard[]): readonly string[] | undefined {
  if (boards.some((board) => board.by !== 'streak' && board.topic !== undefined)) return undefined;
  return [memberField, ...boards.map((board) => (board.by === 'streak' ? runsField : board.window))];
}

type MemberFields = readonly [
  member: readonly [version: number, name: string, isHidden: number],
  ...ofBoards: unknown[],
];
const isMember = (value: unknown): value is MemberFields[0] =>
  Array.isArray(value) && isNumber(value[0]) && isText(value[1]) && isNumber(value[2]);
export const memberFieldsSchema = z.custom<MemberFields>((value) => Array.isArray(value) && isMember(value[0]));

/** Converts the fields of a summary to the parts that `entriesFromParts` needs. */
export const partsFromFields = ([[version, name, isHidden], ...ofBoards]: MemberFields): MemberParts => [
  version,
  name,
  isHidden === 1 ? true : null,
  null,
  ...ofBoards,
];
