/**
 * Labels that several cards use: the letters of options, the names of the kinds of entries and questions, and counts
 * with a noun, such as "3 questions".
 */
import type { Kind } from '../../core/pack/pack.ts';
import type { QuestionKind } from '../../core/questions/question.ts';

const letters = ['A', 'B', 'C', 'D', 'E'] as const;
export const optionLetter = (option: number): string => letters[option] ?? String(option + 1);

export const kindLabels: Readonly<Record<Kind, string>> = {
  event: 'Event',
  dispute: 'Dispute',
  agreement: 'Agreement',
  claim: 'Claim',
  person: 'Person',
  organisation: 'Organisation',
  place: 'Place',
  figure: 'Figure',
  'record-event': 'Event in the public record',
  term: 'Term',
  card: 'Card',
};

export const questionKindLabels: Readonly<Record<QuestionKind, string>> = {
  who: 'Who',
  where: 'Where',
  what: 'What happened',
  which: 'Which one',
  year: 'Which year',
  figure: 'How much',
  'says-who': 'Who says so',
  side: 'Whose side',
  order: 'In which order',
  'true-false': 'True or false',
  'closest-year': 'Closest year',
  'not-said': 'What the article does not say',
  record: 'What the public record says',
  'article-or-record': 'From the article or from the public record',
  card: 'Cards',
};

export const pluralize = (number: number, one: string, many = `${one}s`): string =>
  `${number} ${number === 1 ? one : many}`;

/**
 * A share as a percentage, rounded to a whole number. The result is 100 % only if `part` equals `all`; otherwise it is
 * at most 99 %.
 */
export function percent(part: number, all: number): string {
  const rounded = all === 0 ? 0 : Math.round((100 * part) / all);
  return `${part < all ? Math.min(99, rounded) : rounded} %`;
}

/** Formats sorted paragraph numbers as "paragraph 3", "paragraphs 3 and 7" or "paragraphs 1 and 3 to 7". */
export function paragraphList(numbers: readonly number[]): string {
  const runs: [first: number, last: number][] = [];
  for (const number of numbers) {
    const run = runs.at(-1);
    if (run && number === run[1] + 1) run[1] = number;
    else runs.push([number, number]);
  }
  // A run of only two numbers, such as 3 and 4, is not written as "3 to 4".
  const parts = runs.flatMap(([from, to]) =>
    to - from > 1 ? `${from} to ${to}` : [...new Set([from, to])].map(String),
  );
  const list = parts.join(', ').replace(/, ([^,]+)$/, ' and $1');
  return `${numbers.length === 1 ? 'paragraph' : 'paragraphs'} ${list}`;
}
