/** Finds the questions of a round whose answers have been revealed, and the revealed questions that a player missed. */
import { answerBy, type Quiz } from './round.ts';

/**
 * Indexes of the revealed questions. Void questions are left out. If the round has ended, the result contains all
 * questions up to the last answered question.
 */
export function shownQuestions(quiz: Quiz): readonly number[] {
  const { phase } = quiz;
  const before = phase.name === 'ended' ? lastAnswered(quiz) + 1 : 'question' in phase ? phase.question : 0;
  const shown = phase.name === 'reveal' ? before + 1 : before;
  return Array.from({ length: shown }, (_, index) => index).filter((index) => !quiz.void.includes(index));
}

/**
 * Indexes of the revealed questions that `user` answered wrong or not at all. The repetitions at the end of a solo
 * round are left out.
 */
export function missedBy(quiz: Quiz, user: string): readonly number[] {
  const firstRepeat = quiz.questions.length - quiz.repeats;
  return shownQuestions(quiz).filter(
    (index) => index < firstRepeat && answerBy(quiz, index, user)?.option !== quiz.questions[index]?.right,
  );
}

/** Index of the last question that anybody answered, or −1 if nobody answered any question. */
export function lastAnswered({ answers }: Quiz): number {
  return answers.findLastIndex((all) => Object.keys(all).length > 0);
}
