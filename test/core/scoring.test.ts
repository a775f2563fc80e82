/** What an answer is worth, and that nobody is ever paid twice. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Question } from '../../src/core/questions/question.ts';
import { begin, type Quiz } from '../../src/core/quiz.ts';
import { type Member, memberSchema, type Result, resultsOf, withResult } from '../../src/core/scoring.ts';
import { weekOf } from '../../src/core/weeks.ts';

const monday = Date.UTC(2026, 10, 23, 12);
const week = 7 * 86_400_000;
const result = (changes: Partial<Result> = {}): Result => ({
  round: 'r',
  question: 0,
  questionId: 'where-rasht',
  home: 'g',
  user: '100',
  name: 'Ana',
  right: true,
  points: 15,
  practice: false,
  at: monday,
  ...changes,
});
const add = (...results: readonly Result[]): Member => {
  const [first, ...more] = results;
  if (!first) throw new Error('nothing to add');
  return more.reduce<Member>(withResult, withResult(undefined, first));
};

/** A round in which `users` gave these options to its only question, whose right option is 0. */
function answered(
  options: Readonly<Record<string, number>>,
  difficulty: 1 | 2 | 3,
  mode: 'group' | 'solo' = 'group',
): Quiz {
  const question: Question = {
    id: 'where-rasht',
    kind: 'where',
    about: [],
    ask: 'Where?',
    options: ['a', 'b', 'c', 'd'],
    right: 0,
    explanation: '',
    voice: 'reported',
    label: '',
    paragraphs: [1],
    notes: [],
    difficulty,
  };
  const quiz = begin({
    id: 'r',
    mode,
    home: 'g',
    channel: 'c',
    host: { id: '100', name: 'Ana' },
    questions: [question],
    at: monday,
  });
  const given = Object.entries(options).map(([user, option]) => [user, { option, at: monday }] as const);
  return { ...quiz, answers: [Object.fromEntries(given)] };
}

test.each([
  [1, 10],
  [2, 15],
  [3, 20],
] as const)('a right answer of difficulty %d is worth %d, a wrong one nothing', (difficulty, points) => {
  const results = resultsOf(answered({ '100': 0, '200': 3 }, difficulty), 0);
  expect(results.map((one) => [one.user, one.right, one.points, one.practice])).toEqual([
    ['100', true, points, false],
    ['200', false, 0, false],
  ]);
});

test('a year earns ten points when exact and one less for each year off, of whatever difficulty; only exact is right', () => {
  const options = { '100': 1995, '200': 1996, '300': 1986, '400': 1985, '500': 2020 };
  for (const difficulty of [1, 2, 3] as const) {
    const quiz = answered(options, difficulty);
    const [question] = quiz.questions;
    if (!question) throw new Error('no question');
    const results = resultsOf(
      { ...quiz, questions: [{ ...question, kind: 'closest-year', options: [], right: 1995 }] },
      0,
    );
    expect(results.map(({ points, right }) => [points, right])).toEqual([
      [10, true],
      [9, false],
      [1, false],
      [0, false],
      [0, false],
    ]);
  }
});

test('in practice a year that came close has paid for the week', () => {
  const near = result({ round: 'a', practice: true, right: false, points: 7 });
  expect(add(near, result({ round: 'b', practice: true, points: 10 })).windows['all']?.points).toBe(7);
});

test('speed is worth nothing', () => {
  const quiz = answered({ '100': 0, '200': 0 }, 2);
  const slow = { ...quiz, answers: [{ '100': { option: 0, at: monday }, '200': { option: 0, at: monday + 59_000 } }] };
  expect(resultsOf(slow, 0).map(({ points }) => points)).toEqual([15, 15]);
});

test('a question answered by one member alone is practice, as is every solo round', () => {
  expect(resultsOf(answered({ '100': 0 }, 1), 0)).toMatchObject([{ practice: true }]);
  expect(resultsOf(answered({ '100': 0 }, 1, 'solo'), 0)).toMatchObject([{ practice: true }]);
  expect(resultsOf(answered({ '100': 0, '200': 1 }, 1), 0)).toMatchObject([{ practice: false }, { practice: false }]);
});

test('a void question brings nothing, nor does one that is not there', () => {
  const quiz = answered({ '100': 0, '200': 0 }, 1);
  expect(resultsOf({ ...quiz, void: [0] }, 0)).toEqual([]);
  expect(resultsOf(quiz, 1)).toEqual([]);
  expect(resultsOf(answered({}, 1), 0)).toEqual([]);
});

test('a result counts in all and in its week, as points, right answers and answers', () => {
  const member = add(
    result(),
    result({ question: 1, right: false, points: 0 }),
    result({ round: 's', at: monday + week, points: 20 }),
  );
  expect(member.windows).toEqual({
    all: { points: 35, right: 2, answered: 3 },
    '2026-W48': { points: 15, right: 1, answered: 2 },
    '2026-W49': { points: 20, right: 1, answered: 1 },
  });
});

test('a result counted already changes nothing, not even the name', () => {
  const once = add(result(), result({ question: 1 }));
  expect(withResult(once, result({ name: 'Anna' }))).toBe(once);
});

test('practice pays a question once a week: from Monday on it pays again', () => {
  const practice = (round: string, at: number) => result({ round, practice: true, at });
  const sunday = monday + week - 86_400_000;
  const twice = add(practice('a', monday), practice('b', sunday));
  expect(twice.windows['all']).toEqual({ points: 15, right: 2, answered: 2 });
  expect(withResult(twice, practice('c', sunday + 86_400_000)).windows['all']).toEqual({
    points: 30,
    right: 3,
    answered: 3,
  });
});

test('in practice the right try pays after a wrong one, and group rounds pay regardless', () => {
  const missed = result({ round: 'a', practice: true, right: false, points: 0 });
  const known = result({ round: 'b', practice: true });
  expect(add(missed, known).windows['all']?.points).toBe(15);
  expect(add(known, result({ round: 'c' }), result({ round: 'd' })).windows['all']?.points).toBe(45);
});

test('twelve weeks are kept apart from the total, the oldest go first', () => {
  const results = Array.from({ length: 15 }, (_, index) => result({ round: `r${index}`, at: monday + index * week }));
  const { windows } = add(...results);
  const kept = Object.keys(windows).filter((id) => id !== 'all');
  expect(kept.toSorted()).toEqual(results.slice(3).map(({ at }) => weekOf(at)));
  expect(windows['all']).toEqual({ points: 225, right: 15, answered: 15 });
});

test('the fifty latest rounds are remembered', () => {
  const results = Array.from({ length: 51 }, (_, index) => result({ round: `r${index}` }));
  const member = add(...results);
  expect(member.applied).toHaveLength(50);
  expect(withResult(member, result({ round: 'r1' }))).toBe(member);
});

test('in whatever order and however often results come, the totals are those of each once', () => {
  const single = fc
    .record({
      round: fc.constantFrom('a', 'b', 'c', 'd'),
      question: fc.integer({ min: 0, max: 4 }),
      right: fc.boolean(),
      practice: fc.boolean(),
      day: fc.integer({ min: 0, max: 30 }),
    })
    .map(({ day, ...one }) =>
      // Every question of every round is another one here: which of two practices of one question pays, the order decides.
      result({
        ...one,
        questionId: `${one.round}${one.question}`,
        points: one.right ? 15 : 0,
        at: monday + day * 86_400_000,
      }),
    );
  const set = fc.uniqueArray(single, { minLength: 1, selector: ({ round, question }) => `${round} ${question}` });
  const shuffled = set.chain((results) =>
    fc.tuple(
      fc.constant(results),
      fc.shuffledSubarray([...results, ...results, ...results], { minLength: 0 }).map((some) => [...some, ...results]),
    ),
  );
  fc.assert(
    fc.property(shuffled, ([results, muddle]) => {
      const member = add(...muddle);
      const once = add(...results);
      expect(member.windows).toEqual(once.windows);
      expect(once.windows['all']).toEqual({
        points: results.reduce((sum, { points }) => sum + points, 0),
        right: results.filter(({ right }) => right).length,
        answered: results.length,
      });
      expect(memberSchema.parse(JSON.parse(JSON.stringify(member)))).toEqual(member);
    }),
  );
});

test('in one week practice pays each question once, in whatever order its rounds are settled', () => {
  const practice = fc.record({
    round: fc.constantFrom('a', 'b', 'c'),
    question: fc.integer({ min: 0, max: 3 }),
    right: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(practice, { minLength: 1 }), (list) => {
      // The same question stands at the same place of every round.
      const seen = new Map(list.map((one) => [`${one.round}${one.question}`, one]));
      const member = add(
        ...[...seen.values()].map((one) =>
          result({ ...one, questionId: `q${one.question}`, practice: true, points: one.right ? 15 : 0 }),
        ),
      );
      const right = new Set([...seen.values()].filter((one) => one.right).map((one) => one.question));
      expect(member.windows['all']?.points).toBe(15 * right.size);
    }),
  );
});
