/** Tests how questions.yaml is read: error messages, pools of wrong answers, and generated questions. */
import { describe, expect, test } from 'vitest';
import { PackError } from '../../src/core/pack/pack-file.ts';
import { checkQuestions, readBank } from '../../src/core/questions/bank.ts';
import { voiceLabel } from '../../src/core/pack/voice.ts';
import { packIndexOf } from '../../src/core/questions/question-candidate.ts';
import { packOf, questionsOf } from '../support/packs/read.ts';

const folder = 'test/support/packs/tripping';
const pack = packOf(folder);
const whole = questionsOf(folder).value as { questions: { id: string }[]; generate: unknown };
const good = whole.questions.find(({ id }) => id === 'sound-where');

/** Reads a bank of one question. `change` replaces fields of the question. A value `undefined` removes the field. */
const read = (change: object, rest: object = {}) =>
  readBank(pack, { name: 'questions.yaml', value: { questions: [{ ...good, ...change }], ...rest } });

function problemsOf(change: object, rest: object = {}): readonly string[] {
  try {
    read(change, rest);
    return [];
  } catch (error) {
    if (error instanceof PackError) return error.problems;
    throw error;
  }
}

describe('error messages for questions.yaml', () => {
  test.each([
    ['no mistake', {}, []],
    ['a missing field', { ask: undefined }, ['questions.yaml, sound-where, ask: is missing; write a text']],
    [
      'a misspelt field',
      { anser: 'x' },
      ['questions.yaml, sound-where: there is no field "anser"; take it out or check its spelling'],
    ],
    [
      'an unknown kind',
      { kind: 'why' },
      [
        'questions.yaml, sound-where, kind: write who, where, what, which, year, figure, says-who, side, order, true-false, closest-year, not-said, record or article-or-record',
      ],
    ],
    [
      'an unknown difficulty',
      { difficulty: 7 },
      ['questions.yaml, sound-where, difficulty: write 1 (easy), 2 or 3 (hard)'],
    ],
    ['an unknown entry', { about: ['atlantis'] }, ['questions.yaml, sound-where, about: there is no entry "atlantis"']],
    [
      'an unknown pool',
      { wrong: undefined, pool: 'moons' },
      [
        'questions.yaml, sound-where, pool: there is no pool "moons"; write it under pools',
        'questions.yaml, sound-where, wrong: 0 approved wrong answers; write three to five',
      ],
    ],
    [
      'both wrong answers and a pool',
      { pool: 'towns' },
      ['questions.yaml, sound-where, wrong: write either three to five wrong answers or the name of a pool, not both'],
    ],
    [
      'neither wrong answers nor a pool',
      { wrong: undefined },
      ['questions.yaml, sound-where, wrong: write either three to five wrong answers or the name of a pool, not both'],
    ],
  ])('a questions.yaml with %s gives exactly the expected error messages', (_, change, problems) =>
    expect(problemsOf(change)).toEqual(problems),
  );

  test('mistakes in pools, in forbidden words and in rules for generated questions give error messages', () => {
    expect(problemsOf({}, { pools: { towns: ['brunn'] } })).toEqual([
      'questions.yaml, pools, towns: list at least three wrong answers',
    ]);
    expect(problemsOf({}, { deny: [{ words: ['x'], about: ['atlantis'], because: 'sunk' }] })).toEqual([
      'questions.yaml, deny [1], about: there is no entry "atlantis"',
    ]);
    expect(problemsOf({}, { generate: [{ from: 'dreams', pool: 'towns' }] })[0]).toMatch(
      /^questions\.yaml, generate, \[1\], from: write role, described-as/,
    );
  });

  test('a question with several mistakes gives at least one error message', () =>
    expect(problemsOf({ kind: 'why', difficulty: 7, ask: undefined }).length).toBeGreaterThan(0));
});

test('the question bank of a pack without questions.yaml and without cards is empty', () =>
  expect(readBank(pack, undefined).questions).toEqual([]));

test('a question has three wrong options, and the field `spares` of the bank contains the other wrong answers of the question', () => {
  const { questions, spares } = read({});
  expect(questions[0]?.options).toHaveLength(4);
  expect(questions[0]?.options[questions[0].right]).toBe('Alba');
  expect([...(questions[0]?.options ?? []), ...(spares?.get('sound-where') ?? [])].toSorted()).toEqual([
    'Alba',
    'Brunn',
    'Corvo',
    'Dorn',
    'Elva',
  ]);
});

describe('pools and generated questions', () => {
  const { checked } = checkQuestions(pack, questionsOf(folder));
  const made = checked.filter(({ candidate }) => candidate.origin === 'generated');
  const one = (id: string) => made.find(({ candidate }) => candidate.id === id);
  const wrongOf = (id: string) =>
    one(id)
      ?.candidate.wrong.map(({ text }) => text)
      .toSorted();

  test('the wrong answers that a question takes from a pool include neither its right answer nor an answer that a note of its entry mentions', () => {
    const pool = checked.find(({ candidate }) => candidate.id === 'sound-pool');
    expect(pool?.candidate.wrong.map(({ text }) => text).toSorted()).toEqual(['Alba', 'Brunn', 'Dorn', 'Elva']);
    expect(one('place-ferry-visit')?.dropped.map(({ check }) => check)).toEqual(['note-option']);
    expect(wrongOf('place-ferry-visit')).toEqual(['Alba', 'Corvo', 'Dorn']);
  });

  test('if the right answer is a person, another person with the same role is not used as a wrong answer', () => {
    expect(wrongOf('role-anna-lind')).not.toContain('Frida Hald');
    expect(one('role-anna-lind')?.dropped.map(({ check }) => check)).toEqual(['two-right']);
  });

  test('no question is generated about speculation, about an entry with the field neverAsk, or about a date in the article if other sources contradict the date', () => {
    const passed = made.filter(({ failed }) => failed.length === 0).map(({ candidate }) => candidate.id);
    expect(passed).toEqual(
      expect.arrayContaining(['role-bo-holm', 'place-bridge-opening', 'year-parade', 'position-strait-1']),
    );
    expect(passed.filter((id) => /ferry-visit|secret-letter|feast|dreams/.test(id))).toEqual(['place-ferry-visit']);
    expect(one('year-ferry-visit')?.failed.map(({ check }) => check)).toEqual(['conflicting-date']);
    expect(one('place-secret-letter')?.failed.map(({ check }) => check)).toEqual(['never-ask']);
  });

  test('a question about the position of a party in a dispute has the source label and the paragraph of that position', () => {
    expect(one('position-strait-1')?.candidate).toMatchObject({
      voice: 'reported',
      paragraphs: [9],
      label: 'reported in the article',
    });
    expect(one('position-strait-2')?.candidate.label).toBe('claimed by Anna Lind, put cautiously');
    expect(one('position-strait-2')?.failed.map(({ check }) => check)).toEqual(['attribution', 'hedge-kept']);
  });

  test('a generated question that asks who made a claim does not contain the speaker’s name', () => {
    expect(one('claim-lind-tolls')?.candidate.ask).toBe(
      'Who, according to the article, says that tolls on the strait hurt every honest sailor?',
    );
    expect(one('claim-lind-tolls')?.dropped.map(({ check }) => check)).toEqual(['two-right']);
  });

  test('a generated question is removed if a written question is about the same fact and has the same answer', () => {
    const generate = [
      { from: 'year', pool: 'years' },
      { from: 'place', pool: 'towns' },
    ];
    const pools = { years: [2001, 2005, 2008, 2012, 2020], towns: ['brunn', 'corvo', 'dorn', 'elva'] };
    const ids = read({}, { generate, pools }).questions.map(({ id }) => id);
    expect(ids).toContain('year-harbour-meeting');
    expect(ids).not.toContain('place-harbour-meeting');
  });
});

test('the source label of a question says who made the statement and whether the statement is hedged', () => {
  const packIndex = packIndexOf(pack);
  const labelOf = (voice: string, hedged: boolean) =>
    voiceLabel({ voice, hedged }, (id) => packIndex.entry(id)?.title ?? id, packIndex.pack);
  expect(labelOf('reported', false)).toBe('reported in the article');
  expect(labelOf("author's view", true)).toBe('the author’s view, put cautiously');
  expect(labelOf('claimed by anna-lind', false)).toBe('claimed by Anna Lind');
  expect(labelOf('claimed by unnamed observers', false)).toBe('claimed by unnamed observers');
});

test('a question shows at most two notes of its entry', () => {
  const [asked] = read({
    about: ['ferry-visit'],
    ask: 'Where, by the article, did a ferry come?',
    answer: 'brunn',
    wrong: ['alba', 'corvo', 'dorn'],
  }).questions;
  expect(asked?.notes).toEqual([{ text: 'The log book has another day. A second ferry went to Elva.', sources: [] }]);
});
