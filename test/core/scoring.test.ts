/** Tests the points for answers. */
import { expect, test } from 'vitest';
import type { Question } from '../../src/core/questions/question.ts';
import { begin, type Quiz } from '../../src/core/quiz/quiz.ts';
import { resultsOf } from '../../src/core/scores/scoring.ts';

const monday = Date.UTC(2026, 10, 23, 12);

/**
 * A round with one question whose right option is 0. `options` maps each member to the option that the member chose.
 */
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
    scope: 'g',
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
] as const)('a right answer to a question of difficulty %d earns %d points', (difficulty, points) => {
  const results = resultsOf(answered({ '100': 0, '200': 3 }, difficulty), 0);
  expect(results.map((one) => [one.user, one.right, one.points])).toEqual([
    ['100', true, points],
    ['200', false, 0],
  ]);
});

test('at any difficulty, the right year earns ten points, and a wrong year earns three points less for each year of difference, but never less than zero', () => {
  const options = { '100': 1995, '200': 1996, '300': 1992, '400': 1991, '500': 2020 };
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
      [7, false],
      [1, false],
      [0, false],
      [0, false],
    ]);
  }
});

test('in style "study", a quick answer earns no more points than a slow answer', () => {
  const quiz = answered({ '100': 0, '200': 0 }, 2);
  const slow = { ...quiz, answers: [{ '100': { option: 0, at: monday }, '200': { option: 0, at: monday + 59_000 } }] };
  expect(resultsOf(slow, 0).map(({ points }) => points)).toEqual([15, 15]);
});

test('there are no results for a void question, an unknown question or a question without answers', () => {
  const quiz = answered({ '100': 0, '200': 0 }, 1);
  expect(resultsOf({ ...quiz, void: [0] }, 0)).toEqual([]);
  expect(resultsOf(quiz, 1)).toEqual([]);
  expect(resultsOf(answered({}, 1), 0)).toEqual([]);
});

test('results of group rounds contain the channel, and results of solo rounds do not', () => {
  expect(resultsOf(answered({ '100': 0 }, 1), 0)[0]?.channel).toBe('c');
  expect(resultsOf(answered({ '100': 0 }, 1, 'solo'), 0)[0]?.channel).toBeUndefined();
});
