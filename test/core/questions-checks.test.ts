/** Tests every quality check of questions. Each question of the test pack fails at most one check. */
import { describe, expect, test } from 'vitest';
import { PackError } from '../../src/core/pack/pack-file.ts';
import { checkQuestions, readBank, failureCounts } from '../../src/core/questions/bank.ts';
import type { QuestionCandidate } from '../../src/core/questions/question-candidate.ts';
import { maxLongestShare, maxPerFact, maxPerSentence, setChecks } from '../../src/core/questions/checks-set.ts';
import { giveAwayCheck } from '../../src/core/questions/give-away.ts';
import { checks, failedChecks } from '../../src/core/questions/checks.ts';
import { packOf, questionsOf } from '../support/packs/read.ts';

const folder = 'test/support/packs/tripping';
const pack = packOf(folder);
const file = questionsOf(folder);
const { checked, packIndex, problems } = checkQuestions(pack, file);
const written = checked.filter(({ candidate }) => candidate.origin === 'written');
const checkOf = (id: string) => id.replace(/-\d+$/, '');
const validQuestion = written.flatMap(({ candidate }) => (candidate.id === 'sound-where' ? [candidate] : []))[0];
if (!validQuestion) throw new Error('the pack needs the question sound-where');

describe('single questions', () => {
  test('the questions of the test pack match their schema', () => expect(problems).toEqual([]));

  test.each(written.map(({ candidate, failed }) => [candidate.id, failed] as const))(
    'question %s fails exactly the check that its id names; if its id begins with "sound", it fails none',
    (id, failed) => {
      const expected = id.startsWith('sound') ? [] : [checkOf(id)];
      const why = failed.map(({ problem }) => problem).join('\n');
      expect([...new Set(failed.map(({ check }) => check))], why).toEqual(expected);
    },
  );

  test.each(Object.keys(checks))('the test pack has at least one question that should fail the check %s', (name) => {
    expect(written.filter(({ candidate }) => checkOf(candidate.id) === name).length).toBeGreaterThan(0);
  });

  test('failureCounts returns for every check the number of questions that fail the check', () => {
    const counts = failureCounts(checked);
    expect([...counts.keys()]).toEqual(Object.keys(checks));
    expect([...counts].filter(([, times]) => times === 0)).toEqual([]);
  });

  // The schemas refuse entries and questions with empty fields, so the test pack cannot contain such questions.
  test.each<[string, Partial<QuestionCandidate>]>([
    ['label', { label: ' ' }],
    ['paragraphs', { paragraphs: [] }],
    ['explanation', { explanation: '' }],
  ])('a question whose field %s is empty fails the check label-and-source', (_, gap) => {
    expect(failedChecks({ ...validQuestion, ...gap }, packIndex).map(({ check }) => check)).toEqual([
      'label-and-source',
    ]);
  });

  test('a pack is invalid if one of its written questions fails a check', () => {
    expect(() => readBank(pack, file)).toThrow(PackError);
    expect(() => readBank(pack, file)).toThrow(
      /questions\.yaml, attribution, ask: the source is not named; write "According to the article/,
    );
  });
});

describe('checks of a whole bank', () => {
  const many = (count: number, make: (index: number) => Partial<QuestionCandidate>): QuestionCandidate[] =>
    Array.from({ length: count }, (_, index) => ({ ...validQuestion, ...make(index) }));
  const apart = (index: number) => ({
    id: `one-${index}`,
    ask: `According to the article, which lamp${index}s were rope${index}s of the harbour?`,
    about: [{ ...validQuestion.about[0], id: `fact-${index}` }] as unknown as QuestionCandidate['about'],
  });
  const stated = (index: number, holds: boolean) => ({ ...apart(index), statement: { says: 'So it was.', holds } });
  const long = { ...validQuestion.answer, text: 'a town with a very long name' };

  const sets: Record<string, [failing: QuestionCandidate[], passing: QuestionCandidate[]]> = {
    'same-id': [many(2, (index) => ({ ...apart(index), id: 'one' })), many(2, apart)],
    crowded: [
      many(maxPerFact + 1, (index) => ({ ...apart(index), about: validQuestion.about })),
      many(maxPerFact, (index) => ({ ...apart(index), about: validQuestion.about })),
    ],
    'crowded-sentence': [
      many(maxPerSentence + 1, (index) => ({ ...apart(index), sentences: [`1/${index + 1}`, '2/1'] })),
      many(maxPerSentence, (index) => ({ ...apart(index), sentences: [`1/${index + 1}`, '2/1', '2/1'] })),
    ],
    paraphrase: [many(2, (index) => ({ ...apart(index), ask: validQuestion.ask })), many(2, apart)],
    longest: [
      many(12, (index) => ({ ...apart(index), ...(index < 5 ? { answer: long } : {}) })),
      many(12, (index) => ({ ...apart(index), ...(index < 4 ? { answer: long } : {}) })),
    ],
    'many-true-false': [
      many(12, (index) => (index < 4 ? stated(index, index % 2 === 0) : apart(index))),
      many(12, (index) => (index < 3 ? stated(index, index % 2 === 0) : apart(index))),
    ],
    'true-or-false': [
      many(40, (index) => (index < 10 ? stated(index, index < 3) : apart(index))),
      many(40, (index) => (index < 10 ? stated(index, index < 4) : apart(index))),
    ],
  };

  test('there is a failing and a passing example for every check that looks at the whole question bank', () =>
    expect(Object.keys(sets)).toEqual(Object.keys(setChecks)));

  test.each(Object.entries(sets))(
    'the check %s rejects the failing example and accepts the passing example',
    (name, [failing, passing]) => {
      expect(failedBy(failing)).toEqual([name]);
      expect(failedBy(passing)).toEqual([]);
    },
  );

  test('the right answer may be the longest option in four of twelve questions, but not in five', () => {
    expect([5 / 12 > maxLongestShare, 4 / 12 <= maxLongestShare]).toEqual([true, true]);
  });
});

describe('pairs in which one question gives away the answer of the other', () => {
  const bank = readBank(pack, { ...file, value: { ...(file.value as object), questions: validQuestions() } });
  const givesAway = giveAwayCheck(bank, packIndex);
  const one = (id: string) => {
    const found = bank.questions.find((question) => question.id === id);
    if (!found) throw new Error(`the question ${id} did not pass`);
    return found;
  };
  const [where, year] = [one('sound-where'), one('sound-year')];
  const same = { ...year, about: where.about };

  test('a question gives away the answer of another question about the same entry if its text contains a name of that answer', () => {
    expect(givesAway(where, same)).toBe(false);
    const telling = { ...same, ask: 'Who lives in Alba Town, by the article?' };
    expect([givesAway(where, telling), givesAway(telling, where)]).toEqual([true, true]);
    expect(givesAway(where, { ...telling, about: year.about, paragraphs: [40] })).toBe(false);
    const explaining = { ...same, explanation: 'It was held in Alba.' };
    expect([givesAway(where, explaining), givesAway(where, explaining, true)]).toEqual([false, true]);
  });

  test('if the pack lists two questions together under "apart", each counts as giving away the answer of the other', () => {
    const pairs = (apart: readonly string[][]) => giveAwayCheck({ ...bank, apart }, packIndex)(where, year);
    expect([pairs([]), pairs([['sound-year', 'sound-where']])]).toEqual([false, true]);
    expect(
      pairs([
        ['sound-where', 'another'],
        ['sound-year', 'another'],
      ]),
    ).toBe(false);
    const value = { ...(file.value as object), questions: validQuestions(), apart: [['sound-where', 'sound-yaer']] };
    expect(() => readBank(pack, { ...file, value })).toThrow(
      'apart [1]: there is no question "sound-yaer"; did you mean "sound-year"?',
    );
  });

  test('an option gives away the answer of another question if the option contains that answer and also a word from the text of that question', () => {
    const options = ['a song of the sailors', 'two captains in Alba', 'ropes for sale', 'lamps'];
    expect(givesAway(where, { ...same, options, right: 0 })).toBe(true);
    expect(givesAway(where, { ...same, options: ['Alba', 'Brunn', 'Corvo', 'Dorn'], right: 1 })).toBe(false);
  });

  test('a "not-said" question gives away the answer of another question if one of its wrong options is that answer, because its wrong options are statements of the article', () => {
    const unsaid = { ...same, kind: 'not-said', options: ['Alba', 'Brunn', 'Corvo', 'Dorn'], right: 1 } as const;
    expect(givesAway(where, unsaid)).toBe(true);
    expect(givesAway(where, { ...unsaid, right: 0 })).toBe(false);
  });

  test('the answer of a true-false question is given away by any question about the same fact or with similar words', () => {
    const holds = one('sound-true');
    expect(holds).toMatchObject({ options: ['True', 'False'], right: 0 });
    expect(holds.ask).toBe('True or false: The article says that the two captains met in Alba.');
    expect(one('sound-false')).toMatchObject({
      ask: 'True or false: The article says that a parade was held in Brunn.',
      right: 1,
    });
    expect(givesAway(holds, { ...where, ask: 'Who lives there?' })).toBe(true);
    expect(givesAway(holds, { ...year, ask: 'Which captains met in Alba, says the article?' })).toBe(true);
    expect(givesAway(holds, { ...year, ask: 'Where was the race?' })).toBe(false);
  });

  test('the answer of a year question is given away by a question whose text or answer contains the right year', () => {
    const closest = one('sound-closest');
    expect(closest).toMatchObject({ options: [], right: 2015 });
    expect(givesAway(closest, year)).toBe(true);
    expect(givesAway(closest, where)).toBe(false);
    expect(givesAway(closest, { ...where, ask: 'Where did they meet in 2015?' })).toBe(true);
  });
});

function failedBy(set: readonly QuestionCandidate[]): string[] {
  return Object.keys(setChecks).filter((check) => setChecks[check]?.(set, packIndex).length);
}

function validQuestions(): unknown[] {
  const { questions } = file.value as { questions: { id: string }[] };
  return questions.filter(({ id }) => id.startsWith('sound'));
}
