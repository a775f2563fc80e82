/** The possible answers to a question: the index of an option, or a typed year. */
import { fold } from '../search/normalise.ts';
import type { Question } from './question.ts';

const lastYear = 9_999;

/** Whether `option` is a possible answer to `question`. */
export function isAnswer(question: Question, option: number): boolean {
  return question.kind === 'closest-year'
    ? Number.isInteger(option) && option >= 1 && option <= lastYear
    : question.options[option] !== undefined;
}

/** Reads a typed year from 1 to 9999 in Latin, Persian or Arabic digits. Undefined for any other text. */
export function readYear(typed: string): number | undefined {
  const digits = fold(typed).trim();
  const year = /^\d{1,4}$/.test(digits) ? Number(digits) : 0;
  return year >= 1 ? year : undefined;
}
