/** Tests the form with which managers mend (correct) a question of a pack, and how the form is checked. */
import { expect, test } from 'vitest';
import { packIndexOf } from '../../src/core/questions/question-candidate.ts';
import type { Question } from '../../src/core/questions/question.ts';
import {
  type MendForm,
  mendedQuestion,
  mendFormOf,
  noteProblems,
  readMend,
} from '../../src/core/reports/mend-question.ts';
import { library } from '../support/caspian.ts';

const packIndex = packIndexOf(library.pack);
const form: MendForm = {
  ask: 'Which lake lies in Ruritania?',
  answer: 'the Blue Lake',
  wrong: 'the Red Lake\nthe Long Lake\nthe Cold Lake\nthe Deep Lake',
  explanation: 'It is on every map.',
  difficulty: '3',
};
const original: Question = {
  id: 'lake',
  kind: 'where',
  about: ['rasht'],
  ask: 'Where does the article see the lake?',
  options: ['Here', 'There', 'Elsewhere', 'Nowhere'],
  right: 1,
  explanation: 'The article says so.',
  voice: 'reported',
  label: 'reported in the article',
  paragraphs: [3],
  notes: [{ text: 'Note', sources: [] }],
  difficulty: 1,
};
const mended = (change: Partial<MendForm> = {}, of: Question = original) => {
  const read = readMend({ ...form, ...change }, of, packIndex);
  return 'mend' in read ? mendedQuestion(of, read.mend) : read.problems;
};

test('a mended question has the texts of the form and the label "mended by this server", but no paragraphs and no notes', () => {
  const made = mended();
  if (!('question' in made)) throw new Error(made.join('\n'));
  const { question, spares } = made;
  expect(question).toMatchObject({
    id: 'lake',
    kind: 'where',
    about: ['rasht'],
    ask: form.ask,
    explanation: form.explanation,
    difficulty: 3,
    label: 'mended by this server',
    paragraphs: [],
    notes: [],
  });
  expect(question.options).toHaveLength(4);
  expect(question.options[question.right]).toBe('the Blue Lake');
  expect([...question.options, ...spares].toSorted()).toEqual([form.answer, ...form.wrong.split('\n')].toSorted());
});

test('for every question of the shipped pack, the form contains the texts of the question and is accepted unchanged', () => {
  for (const question of library.bank.questions) {
    const own = mendFormOf(question, library.bank.spares?.get(question.id));
    expect(own).toMatchObject({ ask: question.ask, explanation: question.explanation });
    const read = readMend(own, question, packIndex);
    expect('problems' in read ? read.problems : [], question.id).toEqual([]);
  }
});

test('the answers in the form decide whether a mended question is a true-false, year or multiple-choice question', () => {
  expect(mended({ answer: 'False', wrong: 'True' })).toMatchObject({
    question: { kind: 'true-false', options: ['True', 'False'], right: 1 },
  });
  expect(mended({ ask: 'In which year?', answer: '1995', wrong: '' })).toMatchObject({
    question: { kind: 'closest-year', options: [], right: 1995 },
  });
  expect(mended({}, { ...original, kind: 'closest-year', options: [], right: 1995 })).toMatchObject({
    question: { kind: 'what' },
  });
});

test.each([
  ['an empty question', { ask: ' ' }, 'Question: write at least a word.'],
  ['a question that is too long', { ask: 'x'.repeat(321) }, 'Question: shorten it to 320 characters.'],
  ['no right answer', { answer: '' }, 'Right answer: write at least a word.'],
  [
    'an option that is too long',
    { wrong: `${'x'.repeat(121)}\na\nb` },
    'Wrong answer 1: shorten it to 120 characters.',
  ],
  [
    'two wrong answers',
    { wrong: 'the Red Lake\nthe Long Lake' },
    'Wrong answers: 2 approved wrong answers; write three to five.',
  ],
  [
    'a wrong answer that equals another one',
    { wrong: `${form.wrong}\nThe blue lake` },
    'are one thing or part of one another',
  ],
  [
    'a wrong answer of another form than the right answer',
    { wrong: 'the Red Lake\nthe Long Lake\n1995' },
    'it has another form than the answer',
  ],
  [
    'a question that contains the answer',
    { ask: 'Is the Blue Lake in Ruritania?' },
    'stands in the question; ask without it.',
  ],
  ['an invisible character', { explanation: 'a\u202eb' }, 'Explanation: the text contains the invisible character'],
  ['no difficulty', { difficulty: '' }, 'Difficulty: write 1 (easy), 2 (medium) or 3 (hard).'],
] as const)('a form with %s is refused with an error message about the field', (_, change, sentence) => {
  const problems = mended(change);
  expect('question' in problems ? '' : problems.join('\n')).toContain(sentence);
});

test('a note is refused if it has more than 300 characters or an invisible character; an empty note is accepted', () => {
  expect(noteProblems('x'.repeat(301))).toEqual(['Note: shorten it to 300 characters.']);
  expect(noteProblems('a\u202eb')).not.toEqual([]);
  expect(noteProblems('')).toEqual([]);
});
