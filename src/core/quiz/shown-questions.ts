/** The questions of a round whose answers have been shown, and those of them that a player missed. */
import { answerBy, type Quiz } from './round.ts';

/** Indexes of the questions that were revealed and count. In an ended round: up to the last one that was answered. */
export function shownQuestions(quiz: Quiz): readonly number[] {
  const { phase } = quiz;
  const before = phase.name === 'ended' ? lastAnswered(quiz) + 1 : 'question' in phase ? phase.question : 0;
  const shown = phase.name === 'reveal' ? before + 1 : before;
  return Array.from({ length: shown }, (_, index) => index).filter((index) => !quiz.void.includes(index));
}

/** Indexes of the shown questions that `user` did not answer right, without repeats. */
export function missedBy(quiz: Quiz, user: string): readonly number[] {
  const firstRepeat = quiz.questions.length - quiz.repeats;
  return shownQuestions(quiz).filter(
    (index) => index < firstRepeat && answerBy(quiz, index, user)?.option !== quiz.questions[index]?.right,
  );
}

/** Index of the last question that anybody answered; −1 if none. */
export function lastAnswered({ answers }: Quiz): number {
  return answers.findLastIndex((all) => Object.keys(all).length > 0);
}
