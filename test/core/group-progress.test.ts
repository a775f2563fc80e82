/** Tests the progress of a whole server, which is the sum of the scores of its members. */
import { expect, test } from 'vitest';
import {
  type GroupMember,
  groupMember,
  groupMemberPartsSchema,
  sumOfGroup,
} from '../../src/core/scores/group-progress.ts';
import { dayNumber, weekId } from '../../src/core/scores/time-windows.ts';

const today = dayNumber(Date.UTC(2026, 10, 23), 'UTC');

/**
 * Creates a member. `topics` maps each topic to the number of right answers and the number of answers. `points`
 * contains the points of each week, latest week first.
 */
function member(
  topics: Record<string, [right: number, answered: number]>,
  points: readonly number[] = [],
): GroupMember {
  const tallies = Object.entries(topics).map(([id, [right, answered]]): [string, [number, number, number]] => [
    id,
    [10 * right, right, answered],
  ]);
  return {
    windows: { all: { all: [0, 0, 1], topics: Object.fromEntries(tallies) } },
    weeks: Object.fromEntries(points.map((each, index) => [weekId(today - 7 * index), each])),
  };
}
function progressOf(...members: readonly GroupMember[]) {
  const sum = sumOfGroup(today);
  for (const one of members) sum.add(one);
  return sum.progress();
}

test('a topic is listed if at least three members have answered questions on it, and the topic with the lowest accuracy comes first', () => {
  const { topics } = progressOf(
    member({ trade: [3, 4], syria: [1, 4], war: [0, 9] }),
    member({ trade: [3, 4], syria: [1, 4], war: [0, 9] }),
    member({ trade: [3, 4], syria: [0, 1] }),
  );
  expect(topics).toEqual([
    { topic: 'syria', right: 2, answered: 9, members: 3 },
    { topic: 'trade', right: 9, answered: 12, members: 3 },
  ]);
});

test('the points of all members are added up by week', () => {
  const { weeks, members } = progressOf(member({}, [10, 5]), member({}, [0, 20]), member({}));
  expect(members).toBe(3);
  expect(weeks.map(({ points }) => points)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 25, 10]);
});

test('members who left the server and members without answers are not included', () => {
  const { members, weeks } = progressOf({ ...member({}, [10]), left: true }, { windows: {} }, member({}, [5]));
  expect(members).toBe(1);
  expect(weeks.at(-1)?.points).toBe(5);
});

test('groupMember reads a member from the parts of a stored value, or returns undefined if the parts are old or invalid', () => {
  const { windows, weeks } = member({ syria: [1, 2] }, [7]);
  expect(groupMember(groupMemberPartsSchema.parse([2, null, windows, weeks]))).toEqual({ windows, weeks });
  expect(groupMember(groupMemberPartsSchema.parse([2, true, windows, null]))).toEqual({ windows, left: true });
  expect(groupMember(groupMemberPartsSchema.parse([1, null, windows, null]))).toBeUndefined();
  const invalid = { all: { all: [1, 2], topics: {} } };
  expect(groupMember(groupMemberPartsSchema.parse([2, null, invalid, null]))).toBeUndefined();
  expect(groupMember(groupMemberPartsSchema.parse([2, null, windows, { 5: 'many' }]))).toBeUndefined();
});
