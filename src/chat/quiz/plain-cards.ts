/**
 * Short messages that take the place of cards that the AutoMod of the server has blocked. They contain no texts of the
 * pack and no names of members.
 */
import type { Quiz } from '../../core/quiz/round.ts';
import type { Message } from '../message/message-components.ts';
import { notice } from '../message/notice.ts';
import { quizWords } from '../words/quiz-words.ts';
import { answerLabel } from './round-parts.ts';

/** The right answer without the texts of the question, which AutoMod has blocked. */
export function plainAnswerCard(quiz: Quiz, index: number): Message {
  const question = quiz.questions[index];
  if (!question || quiz.void.includes(index)) return notice(quizWords.cutShort);
  return notice(quizWords.plainAnswer(index + 1, answerLabel(question, question.right)));
}

/** The end of a round without the final ranking, which AutoMod has blocked. */
export const plainPodiumCard = ({ phase }: Quiz): Message =>
  notice(`${phase.name === 'ended' ? quizWords.ended(phase.why) : ''} ${quizWords.plainPodium}`.trim());
