/** Adds up the scores of all members of a server: the points by week, and the right answers by topic. */
import { z } from 'zod';
import { isNumber } from '../type-guards.ts';
import { minMembers } from './min-members.ts';
import { isWeeks, isWindows, type Member, memberVersion } from './member.ts';
import { pointsOfWeeks, type WeekPoints } from './member-stats.ts';

export interface GroupTopic {
  /** The id of the topic. */
  readonly topic: string;
  readonly right: number;
  readonly answered: number;
  /** Number of members who answered questions on this topic. */
  readonly members: number;
}
export interface GroupProgress {
  /** Number of members with at least one answer. */
  readonly members: number;
  /** Oldest week first. */
  readonly weeks: readonly WeekPoints[];
  /**
   * The topics that at least {@link minMembers} members have answered. The topic with the lowest percentage of right
   * answers is first.
   */
  readonly topics: readonly GroupTopic[];
}

export type GroupMember = Pick<Member, 'left' | 'windows' | 'weeks'>;

/** {@link groupMember} needs only these parts of a stored member. Each part is given by its path in the JSON value. */
export const groupMemberPaths = [['v'], ['left'], ['windows'], ['weeks']] as const;
type GroupMemberParts = readonly [version: number, left: true | null, windows: unknown, weeks: unknown];
export const groupMemberPartsSchema = z.custom<GroupMemberParts>(
  (value) => Array.isArray(value) && isNumber(value[0]) && (value[1] === true || value[1] === null),
);

/**
 * Reads a member from the parts of a stored value. Returns undefined if a part is invalid, or if the value has another
 * version number than {@link memberVersion}. In both cases the caller must read the whole value.
 */
export function groupMember([version, left, windows, weeks]: GroupMemberParts): GroupMember | undefined {
  if (version !== memberVersion || !isWindows(windows)) return undefined;
  if (weeks !== null && !isWeeks(weeks)) return undefined;
  return { windows, ...(weeks !== null && { weeks }), ...(left && { left }) };
}

/**
 * Returns an object that adds up the scores of members. Call `add` once for each member. `today` is in days since 1970.
 */
export function sumOfGroup(today: number) {
  let members = 0;
  const weeks = pointsOfWeeks({ windows: {} }, today).map((week) => ({ ...week }));
  const topics = new Map<string, { right: number; answered: number; members: number }>();
  return {
    /** Adds the scores of a member. A member who has left the server is ignored. */
    add(member: GroupMember): void {
      const all = member.windows['all'];
      if (member.left || !all) return;
      members += 1;
      for (const [index, { points }] of pointsOfWeeks(member, today).entries()) {
        const week = weeks[index];
        if (week) week.points += points;
      }
      for (const [topic, [, right, answered]] of Object.entries(all.topics)) {
        const sum = topics.get(topic) ?? { right: 0, answered: 0, members: 0 };
        topics.set(topic, { right: sum.right + right, answered: sum.answered + answered, members: sum.members + 1 });
      }
    },
    progress: (): GroupProgress => ({
      members,
      weeks,
      topics: [...topics]
        .map(([topic, sum]) => ({ topic, ...sum }))
        .filter((one) => one.members >= minMembers)
        .toSorted((a, b) => a.right / a.answered - b.right / b.answered || b.answered - a.answered),
    }),
  };
}
