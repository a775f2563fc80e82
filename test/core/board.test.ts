/**
 * Tests that the leaderboard entries computed from a few fields of a stored member are the same as those computed from
 * all fields.
 */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Board,
  boardId,
  entriesFromParts,
  boardEntry,
  memberPartsSchema,
  memberPathsFor,
  type ScopeBoard,
} from '../../src/core/scores/board.ts';
import { type Member } from '../../src/core/scores/member.ts';
import { ownValue } from '../../src/core/own-value.ts';
import {
  memberFieldsSchema,
  memberSummary,
  partsFromFields,
  summaryFieldsFor,
} from '../../src/core/scores/member-summary.ts';
import { applyResult } from '../../src/core/scores/apply-result.ts';

const today = 20_779;
const boards: readonly ScopeBoard[] = [
  { by: 'points', window: 'all' },
  { by: 'points', window: 'all', topic: 'trade' },
  { by: 'points', window: 'constructor' },
  { by: 'accuracy', window: 'all' },
  { by: 'accuracy', window: '2026-11' },
  { by: 'streak', day: today },
  { by: 'streak', day: today + 9 },
];

const member = fc
  .array(fc.record({ day: fc.integer({ min: today - 9, max: today }), right: fc.boolean(), trade: fc.boolean() }), {
    minLength: 1,
    maxLength: 40,
  })
  .map((answers) =>
    answers.reduce<Member | undefined>(
      (before, { day, right, trade }, question) =>
        applyResult(
          before,
          {
            round: 'r',
            question,
            questionId: `q${question}`,
            kind: 'who',
            about: [],
            scope: 'g',
            user: '1',
            name: ':ana',
            right,
            points: right ? 10 : 0,
            at: 0,
          },
          { day, topics: trade ? ['trade'] : [] },
        ),
      undefined,
    ),
  )
  .map((made): Member => made ?? expect.unreachable());

/** The fields that leaderboards need from a stored member. The store returns them without the rest of the value. */
const fieldsForBoards = (value: Member) =>
  memberPartsSchema.parse(
    memberPathsFor(boards).map(
      (path) =>
        path.reduce<unknown>(
          (at, step) =>
            typeof at === 'object' && at !== null && Object.hasOwn(at, step)
              ? (at as Record<string, unknown>)[step]
              : undefined,
          value,
        ) ?? null,
    ),
  );

test('leaderboard entries computed from the summary of a member are the same as those computed from all fields of the member', () => {
  const wanted = boards.filter((board) => summaryFieldsFor([board]));
  expect(boards.length - wanted.length).toBe(1);
  expect(summaryFieldsFor(boards)).toBeUndefined();
  fc.assert(
    fc.property(member, fc.constantFrom({}, { left: true as const }, { excluded: true as const }), (made, hidden) => {
      const value: Member = { ...made, ...hidden };
      const summary = memberSummary(value);
      const fields = summaryFieldsFor(wanted)?.map((field) => ownValue(summary, field) ?? null);
      expect(entriesFromParts(wanted, '1', partsFromFields(memberFieldsSchema.parse(fields)))).toEqual(
        wanted.map((board) => boardEntry(board, '1', value)),
      );
    }),
  );
});

test('leaderboard entries computed only from the fields that leaderboards need are the same as those computed from all fields of a member', () => {
  fc.assert(
    fc.property(member, fc.boolean(), (made, gone) => {
      const value: Member = gone ? { ...made, left: true } : made;
      expect(entriesFromParts(boards, '1', fieldsForBoards(value))).toEqual(
        boards.map((board) => boardEntry(board, '1', value)),
      );
    }),
  );
});

test('entriesFromParts returns undefined if the stored member has an old version or an invalid field', () => {
  expect(
    entriesFromParts([{ by: 'points', window: 'all' }], '1', [1, 'Ana', null, null, { points: 1 }]),
  ).toBeUndefined();
  expect(entriesFromParts([{ by: 'points', window: 'all' }], '1', [2, 'Ana', null, null, 'broken'])).toBeUndefined();
  expect(entriesFromParts([{ by: 'streak', day: 1 }], '1', [2, 'Ana', null, null, [1]])).toBeUndefined();
});

test('different leaderboards have different ids, and the order of the fields of a leaderboard does not change its id', () => {
  const all: readonly Board[] = [...boards, { by: 'points', round: 'all' }, { by: 'accuracy', round: 'all' }];
  expect(new Set(all.map(boardId)).size).toBe(all.length);
  expect(boardId({ window: 'all', by: 'points' })).toBe(boardId({ by: 'points', window: 'all' }));
});
