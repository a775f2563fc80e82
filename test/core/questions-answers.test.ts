/** Tests which answers to a question are valid, and how typed years are parsed. */
import { expect, test } from 'vitest';
import { isAnswer, readYear } from '../../src/core/questions/answers.ts';
import { closestYear, lettered, trueFalse } from '../support/questions.ts';

test.each([
  ['1995', 1995],
  [' 1995 ', 1995],
  ['۱۹۹۵', 1995],
  ['١٩٩٥', 1995],
  ['１９９５', 1995],
  ['7', 7],
  ['9999', 9999],
])('the text %j is parsed as the year %d', (typed, year) => expect(readYear(typed)).toBe(year));

test.each(['', ' ', 'abc', '99999', '0', '-5', '19.5', '1995 or 1996', '1e3', '0x7cb', 'NaN', '1995\n1996'])(
  'the text %j is not parsed as a year',
  (typed) => expect(readYear(typed)).toBeUndefined(),
);

test('a valid answer is the index of an option or, for a year question, a year from 1 to 9999', () => {
  const fits = (question: Parameters<typeof isAnswer>[0]) =>
    [0, 1, 2, 4, -1, 0.5, 1995, 10_000, Number.NaN].filter((option) => isAnswer(question, option));
  expect(fits(lettered('a'))).toEqual([0, 1, 2]);
  expect(fits(trueFalse)).toEqual([0, 1]);
  expect(fits(closestYear)).toEqual([1, 2, 4, 1995]);
});
