/**
 * If the AutoMod of a server blocks a card, the bot posts one of these short messages instead. They contain no texts of
 * the pack and no names of members.
 */
import type { Quiz } from '../../core/quiz/round.ts';
import type { Message } from '../message/message-components.ts';
import { notice } from '../message/notice.ts';
import { quizWords } from '../words/quiz-words.ts';
import { answerLabel } from './round-parts.ts';

/** Shows the right answer without the texts of the question, because AutoMod has blocked these texts. */
export function plainAnswerCard(quiz: Quiz, index: number): Message {
  const question = quiz.questions[index];
  if (!question || quiz.void.includes(index)) return notice(quizWords.cutShort);
  return notice(quizWords.plainAnswer(index + 1, answerLabel(question, question.right)));
}

/** Says that the round has ended. Does not show the final ranking, because AutoMod has blocked the ranking. */
export const plainPodiumCard = ({ phase }: Quiz): Message =>
  notice(`${phase.name === 'ended' ? quizWords.ended(phase.why) : ''} ${quizWords.plainPodium}`.trim());
