/** Calculates the points of each player in a round. Questions that have not been revealed are ignored. */
import type { Question } from '../questions/question.ts';
import { minMembers } from '../scores/min-members.ts';
import { resultsOf } from '../scores/scoring.ts';
import { shownQuestions } from './shown-questions.ts';
import type { Quiz } from './round.ts';

export interface PlayerTally {
  readonly user: string;
  readonly points: number;
  readonly right: number;
  readonly answered: number;
  /** The player's rank. Players with equal points have the same rank: 1, 1, 3. */
  readonly place: number;
}

/**
 * The points and numbers of answers of all players who answered at least one question. The players are sorted by
 * points, highest first. `only` is called with the index of a question and returns whether to include the question.
 */
export function talliesOf(quiz: Quiz, only: (index: number) => boolean = () => true): readonly PlayerTally[] {
  const tallies = new Map<string, { points: number; right: number; answered: number }>();
  for (const index of shownQuestions(quiz).filter(only))
    for (const { user, points, right } of resultsOf(quiz, index)) {
      const before = tallies.get(user) ?? { points: 0, right: 0, answered: 0 };
      tallies.set(user, {
        points: before.points + points,
        right: before.right + (right ? 1 : 0),
        answered: before.answered + 1,
      });
    }
  const ranked = [...tallies].toSorted(([, a], [, b]) => b.points - a.points);
  let place = 0;
  return ranked.map(([user, tally], position) => {
    if (tally.points !== ranked[position - 1]?.[1].points) place = position + 1;
    return { user, ...tally, place };
  });
}

/** Whether any player has points. */
export const hasPoints = (tallies: readonly PlayerTally[]): boolean => tallies.some(({ points }) => points > 0);

/**
 * The question with the lowest percentage of right answers, among the questions that at least {@link minMembers}
 * players answered. Undefined if there is no such question, if the lowest percentage is 100 %, if several questions
 * have the lowest percentage, or if only one question of the round has been revealed.
 */
export function hardestOf(
  quiz: Quiz,
): { readonly question: Question; readonly right: number; readonly answered: number } | undefined {
  const shown = shownQuestions(quiz);
  const answeredByEnough = shown.flatMap((index) => {
    const question = quiz.questions[index];
    const results = resultsOf(quiz, index);
    if (!question || results.length < minMembers) return [];
    return [{ question, right: results.filter((result) => result.right).length, answered: results.length }];
  });
  const share = (one: { readonly right: number; readonly answered: number }) => one.right / one.answered;
  const [hardest, next] = answeredByEnough.toSorted((a, b) => share(a) - share(b));
  if (!hardest || shown.length < 2 || share(hardest) === 1) return undefined;
  return next && share(next) === share(hardest) ? undefined : hardest;
}
