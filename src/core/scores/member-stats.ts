/**
 * Computes statistics from the stored scores of a member: tallies by time window and by round, points by week, the
 * current streak and the weakest facts.
 */
import { ownValue } from '../own-value.ts';
import type { Member } from './member.ts';
import { isWeekId, mondayOf, weekId } from './time-windows.ts';

/** Number of weeks whose points are kept, to show a member's progress. */
export const pastWeeks = 12;

export interface Tally {
  readonly points: number;
  readonly right: number;
  readonly answered: number;
}

/** Converts a tally from the stored array to an object. */
export const toTally = ([points, right, answered]: Member['windows'][string]['all']): Tally => ({
  points,
  right,
  answered,
});

/**
 * The member's tally in a time window, or for one topic in that window. Undefined if the member has no answer in the
 * window or on the topic.
 */
export function tallyOfWindow(member: Member, window: string, topic?: string): Tally | undefined {
  const found = ownValue(member.windows, window);
  const tally = topic === undefined ? found?.all : ownValue(found?.topics ?? {}, topic);
  return tally && toTally(tally);
}

/** The member's tally in one round. Undefined if this round is no longer stored. */
export function tallyOfRound(member: Member, id: string): Tally | undefined {
  const round = member.rounds.find((one) => one.round === id);
  return round && { points: round.points, right: round.right, answered: round.questions.length };
}

/** The points of one week. `monday` is in days since 1970. */
export interface WeekPoints {
  readonly monday: number;
  readonly points: number;
}

/** The points of each of the last 12 weeks, oldest first. `today` is in days since 1970. */
export function pointsOfWeeks(member: Pick<Member, 'weeks' | 'windows'>, today: number): readonly WeekPoints[] {
  const known = pointsByWeek(member);
  const monday = mondayOf(today);
  return Array.from({ length: pastWeeks }, (_, index) => monday - 7 * (pastWeeks - 1 - index)).map((day) => ({
    monday: day,
    points: ownValue(known, weekId(day)) ?? 0,
  }));
}

/** The points of each week. Recent weeks are read from `windows`, and older weeks from `weeks`. */
export function pointsByWeek({ weeks, windows }: Pick<Member, 'weeks' | 'windows'>): Record<string, number> {
  const points = { ...weeks };
  for (const [id, { all }] of Object.entries(windows)) if (isWeekId(id)) points[id] = all[0];
  return points;
}

/**
 * Length of the current streak: the number of consecutive days with an answer, up to today. If the member has not
 * answered today, the days up to yesterday are counted, because the streak can still be continued today.
 */
export function streakOf({ days }: { readonly days: Pick<Member['days'], 'runs'> }, today: number): number {
  const [from, to] = days.runs.at(-1) ?? [0, -1];
  return to >= today - 1 ? to - from + 1 : 0;
}

/** The facts that the member answered wrong and has not learned yet. The weakest facts come first. */
export function weakestOf({
  missed,
}: Member): readonly { readonly id: string; readonly right: number; readonly wrong: number }[] {
  return missed
    .map(([id, right, wrong]) => ({ id, right, wrong }))
    .toSorted((a, b) => b.wrong - b.right - (a.wrong - a.right) || b.wrong - a.wrong || (a.id < b.id ? -1 : 1));
}
