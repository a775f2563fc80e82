/**
 * Sentences in a player's own result that say why answers earned fewer points: no speed bonus, or fewer points on the
 * leaderboards than in the round.
 */
import type { Quiz } from '../../core/quiz/quiz.ts';
import { shownQuestions } from '../../core/quiz/shown-questions.ts';
import { reductions } from '../../core/scores/fair-points.ts';
import { isTooFastForBonus } from '../../core/scores/scoring.ts';
import { quizWords } from '../words/quiz-words.ts';

/**
 * One line for each reason why `user` got fewer points. The line lists the questions to which the reason applies. The
 * line for `day-limit` gives only the first of these questions. Returns an empty list if no reason applies.
 */
export function reducedLines(quiz: Quiz, user: string): readonly string[] {
  const own = quiz.reduced.filter((one) => one.user === user);
  const tooFast = shownQuestions(quiz).filter((index) => isTooFastForBonus(quiz, index, user));
  const lines = reductions.flatMap((reduction) => {
    const questions = own.filter((one) => one.reduction === reduction).map(({ question }) => question);
    if (questions.length === 0) return [];
    const list = questionList(reduction === 'day-limit' ? questions.slice(0, 1) : questions);
    return [quizWords.reducedQuestions[reduction](list)];
  });
  const all = tooFast.length > 0 ? [quizWords.noBonusQuestions(questionList(tooFast)), ...lines] : lines;
  return all.map((line) => `-# ${line}`);
}

/** Such as “question 2” or “questions 1, 3”. `questions` are indexes. */
export const questionList = (questions: readonly number[]): string =>
  `${questions.length === 1 ? 'question' : 'questions'} ${questions.map((index) => index + 1).join(', ')}`;
