/**
 * Calculates the scores of members who do not read the question and follow a simple strategy, such as choosing the
 * longest option. The scores are exact, not estimated from samples: each score is the average over all sets of options
 * that a round can show. A bank is fair if no strategy scores much more than chance, which is 25 %. True-false
 * questions and typed-year questions are left out.
 */
import { hedgeWord } from './checks-stem.ts';
import { type PackIndex, namesOf } from './question-candidate.ts';
import { type QuestionKind, asksRecord } from './question.ts';
import { comparableValues, isContentWord, normalisedWords, normaliseText, sameStem } from './text-comparison.ts';

/** A question with four options. `wrong` contains all approved wrong answers. A round shows three of them. */
export interface Choice {
  readonly id: string;
  readonly kind: QuestionKind;
  readonly answer: string;
  readonly wrong: readonly string[];
}

export type StrategyName =
  | 'the longest option'
  | 'the shortest option'
  | 'the most hedged option'
  | 'the most theme words'
  | 'a title or alias of the pack'
  | 'theme words and titles together'
  | 'a middle value of ordered options'
  | 'the order nearest to the others'
  | 'an option that is right somewhere';

export interface StrategyScore {
  readonly strategy: StrategyName;
  /** The fraction of right answers, from 0 to 1. If members choose an option at random, the fraction is 0.25. */
  readonly share: number;
  /** Number of questions to which the strategy applies. */
  readonly questions: number;
}

/**
 * Rates the options of one question. The strategy picks the option with the highest rating. If several options have the
 * highest rating, the strategy picks one of them at random.
 */
type Rate = (options: readonly string[]) => readonly number[];

interface Strategy {
  readonly name: StrategyName;
  readonly appliesTo?: (choice: Choice) => boolean;
  readonly rate: Rate;
}

/** The scores of all strategies for the questions about the article. Questions about the public record are left out. */
export function strategyScores(choicesOfBank: readonly Choice[], packIndex: PackIndex): StrategyScore[] {
  const bank = choicesOfBank.filter((choice) => !asksRecord(choice));
  return strategies(bank, packIndex).map(({ name, rate, appliesTo = () => true }) => {
    const choices = bank.filter((choice) => choice.wrong.length >= 3 && appliesTo(choice));
    const shares = choices.map((choice) => shareOf(choice, rate));
    return { strategy: name, share: average(shares), questions: choices.length };
  });
}

function strategies(bank: readonly Choice[], packIndex: PackIndex): Strategy[] {
  const theme = themeWords(packIndex);
  const names = new Set(packIndex.pack.entries.flatMap(namesOf).map(normaliseText));
  const answers = new Set(bank.map(({ answer }) => normaliseText(answer)));
  const themeRating = (text: string) =>
    normalisedWords(text).filter((word) => theme.some((other) => sameStem(word, other))).length;
  const nameRating = (text: string) => Number(names.has(normaliseText(text)));
  const each =
    (rating: (text: string) => number): Rate =>
    (options) =>
      options.map(rating);
  return [
    { name: 'the longest option', rate: each((text) => text.length) },
    { name: 'the shortest option', rate: each((text) => -text.length) },
    { name: 'the most hedged option', rate: each((text) => Number(hedgeWord.test(text))) },
    { name: 'the most theme words', rate: each(themeRating) },
    { name: 'a title or alias of the pack', rate: each(nameRating) },
    { name: 'theme words and titles together', rate: each((text) => themeRating(text) + nameRating(text)) },
    {
      name: 'a middle value of ordered options',
      appliesTo: ({ answer, wrong }) => comparableValues([answer, ...wrong]) !== undefined,
      rate: middleRatings,
    },
    {
      name: 'the order nearest to the others',
      appliesTo: ({ kind }) => kind === 'order',
      rate: nearnessRatings,
    },
    { name: 'an option that is right somewhere', rate: each((text) => Number(answers.has(normaliseText(text)))) },
  ];
}

/** The probability that the strategy picks the right answer, averaged over all sets of three wrong answers. */
function shareOf({ answer, wrong }: Choice, rate: Rate): number {
  return average(
    triples(wrong).map((three) => {
      const [right = 0, ...others] = rate([answer, ...three]);
      const equal = others.filter((other) => other === right).length;
      return others.some((other) => other > right) ? 0 : 1 / (1 + equal);
    }),
  );
}

function triples<T>(list: readonly T[]): T[][] {
  return list.flatMap((a, i) => list.slice(i + 1).flatMap((b, j) => list.slice(i + j + 2).map((c) => [a, b, c])));
}

const average = (list: readonly number[]): number => list.reduce((sum, one) => sum + one, 0) / Math.max(1, list.length);

/**
 * Number of theme words. The theme words of a pack are the content words that are most frequent in the names of its
 * entries.
 */
const themeCount = 15;

function themeWords({ pack }: PackIndex): string[] {
  const entriesWith = new Map<string, number>();
  for (const entry of pack.entries)
    for (const word of new Set(namesOf(entry).flatMap(normalisedWords).filter(isContentWord)))
      entriesWith.set(word, (entriesWith.get(word) ?? 0) + 1);
  return [...entriesWith]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, themeCount)
    .map(([word]) => word);
}

/**
 * Gives the rating 1 to the second and third of four sorted values, and the rating 0 to the lowest and highest value.
 */
function middleRatings(options: readonly string[]): number[] {
  const values = comparableValues(options) ?? [];
  return values.map((value) => {
    const below = values.filter((other) => other < value).length;
    return Number(below === 1 || below === 2);
  });
}

/** The separator between the names of events in an option that lists several events. */
export const sequenceSeparator = ' → ';

/**
 * Rates each sequence by its similarity to the other sequences. If the sequence puts many pairs of events in the same
 * order as the other sequences do, its rating is high.
 */
function nearnessRatings(options: readonly string[]): number[] {
  const sequences = options.map((text) => text.split(sequenceSeparator));
  return sequences.map((one) => -sequences.reduce((sum, other) => sum + swappedPairs(one, other), 0));
}

/** The number of pairs of events whose order differs between two sequences (Kendall distance). */
function swappedPairs(one: readonly string[], other: readonly string[]): number {
  const places = one.map((name) => other.indexOf(name));
  return places.flatMap((place, index) => places.slice(index + 1).filter((later) => later < place)).length;
}
