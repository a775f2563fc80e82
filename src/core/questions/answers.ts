/** What counts as an answer to a question: the index of an option, or a year where one is typed. */
import { fold } from '../search/normalise.ts';
import type { Question } from './question.ts';

const lastYear = 9_999;

/** Whether `option` can be answered to `question` at all. */
export function isAnswer(question: Question, option: number): boolean {
  return question.kind === 'closest-year'
    ? Number.isInteger(option) && option >= 1 && option <= lastYear
    : question.options[option] !== undefined;
}

/** The year somebody typed, in digits of any script we read; undefined when it is none from 1 to 9999. */
export function readYear(typed: string): number | undefined {
  const digits = fold(typed).trim();
  const year = /^\d{1,4}$/.test(digits) ? Number(digits) : 0;
  return year >= 1 ? year : undefined;
}
