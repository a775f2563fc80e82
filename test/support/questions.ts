/** One fixed question of each type, for tests that must not depend on the shipped pack. */
import type { Bank } from '../../src/core/questions/bank.ts';
import type { Question } from '../../src/core/questions/question.ts';

const common = {
  about: ['rasht-astara-railway-agreement'],
  explanation: 'The article says so.',
  voice: 'reported',
  label: 'reported in the article',
  paragraphs: [14],
  notes: [],
  difficulty: 2,
} as const;

/** A question with four options. The first option is right. */
export const lettered = (id: string, changes: Partial<Question> = {}): Question => ({
  ...common,
  id,
  kind: 'where',
  ask: `Where does line ${id} end?`,
  options: ['Rasht', 'Astara', 'Tehran', 'Baku'],
  right: 0,
  ...changes,
});

/** A true-false question. The answer "True" is right. */
export const trueFalse: Question = {
  ...common,
  id: 'railway-signed',
  kind: 'true-false',
  ask: 'The article says the agreement on the railway was signed.',
  options: ['True', 'False'],
  right: 0,
};

/** A question whose answer is a typed year. The right answer is 2023. */
export const closestYear: Question = {
  ...common,
  id: 'railway-year',
  kind: 'closest-year',
  ask: 'In which year was the agreement on the railway signed?',
  options: [],
  right: 2023,
};

export const bankOf = (...questions: readonly Question[]): Bank => ({ questions });
