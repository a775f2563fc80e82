/** Tests the sums of a question: how often a server asked it, and how often its members chose each answer. */
import { expect, test } from 'vitest';
import { addedSums, askedQuestions, type QuestionSums, shownSums } from '../../src/core/reports/question-sums.ts';
import type { Quiz } from '../../src/core/quiz/quiz.ts';
import { opened, question } from './quiz-fixtures.ts';

/** A finished round with one question, whose right answer is the first option. */
function fourOptions(id: string, answers: Quiz['answers'][number], ask = 'Where?'): Quiz {
  const questions = [{ ...question(0), ask, options: ['A', 'B', 'C', 'D'] }];
  const phase = { name: 'ended', why: 'finished', shown: true } as const;
  return { ...opened('group', 1), id, questions, answers: [answers], phase };
}

const answersOf = (...options: readonly number[]) =>
  Object.fromEntries(options.map((option, index) => [`member-${index}`, { option, at: 1 }]));
const added = (rounds: readonly Quiz[]): QuestionSums | undefined =>
  rounds.flatMap(askedQuestions).reduce<QuestionSums | undefined>(addedSums, undefined);

test('the sums of a question say how often it was asked, answered and answered right, and how often each wrong option was chosen', () => {
  const sums = added([fourOptions('r1', answersOf(0, 1, 1)), fourOptions('r2', answersOf(0, 0, 3))]);
  expect(sums).toMatchObject({
    asked: 2,
    answered: 6,
    right: 3,
    wrong: [
      ['B', 2],
      ['D', 1],
    ],
  });
});

test('if a round is added a second time, the sums do not change', () => {
  const once = added([fourOptions('r1', answersOf(0, 1, 1))]);
  expect(added([fourOptions('r1', answersOf(0, 1, 1)), fourOptions('r1', answersOf(0, 1, 1))])).toEqual(once);
});

test('the sums of a question are shown only after at least three different members have answered it', () => {
  const two = Array.from({ length: 20 }, (_, index) => fourOptions(`r${index}`, answersOf(0, 1)));
  const sums = added(two);
  expect(shownSums(sums, sums?.of ?? 0)).toBeUndefined();
  const three = added([...two, fourOptions('last', answersOf(0, 1, 2))]);
  expect(shownSums(three, three?.of ?? 0)).toEqual(three);
  expect(three?.members).toBe('enough');
});

test('members who answer in different rounds are counted as different members, although their ids are not stored', () => {
  const alone = ['ana', 'ben', 'carl'].map((user, index) => fourOptions(`r${index}`, { [user]: { option: 1, at: 1 } }));
  expect(added(alone)?.members).toBe('enough');
  expect(JSON.stringify(added(alone.slice(0, 2)))).not.toMatch(/ana|ben/);
});

test('if the text of a question changes, its old sums are not shown, and its new sums start at zero', () => {
  const before = added([fourOptions('r1', answersOf(0, 1, 1))]);
  const changed = fourOptions('r2', answersOf(0, 0, 0), 'Another text?');
  const [asked] = askedQuestions(changed);
  if (!asked || !before) throw new Error('nothing was asked');
  expect(shownSums(before, asked.of)).toBeUndefined();
  expect(addedSums(before, asked)).toMatchObject({ asked: 1, answered: 3, right: 3, wrong: [] });
});

test('the sums leave out repeated questions, void questions and the answers of deleted players', () => {
  const round = fourOptions('r1', { ...answersOf(0, 1, 1), 'deleted:1': { option: 2, at: 1 } });
  expect(askedQuestions({ ...round, void: [0] })).toEqual([]);
  expect(askedQuestions({ ...round, repeats: 1 })).toEqual([]);
  expect(added([round])).toMatchObject({ answered: 3 });
});
