/** Handles answers to a question. A member answers by pressing a button, or by typing a year into a modal. */
import { readYear } from '../../core/questions/answers.ts';
import { customId } from '../command.ts';
import { actionRow, button, message, textDisplay } from '../message/message-components.ts';
import type { ModalFields } from '../message/modal-fields.ts';
import { ephemeralNotice } from '../message/notice.ts';
import { inPack } from '../packs/pack-of-button.ts';
import { findRound } from './finished-round.ts';
import { yearModal } from './question-card.ts';
import { receipt, soloResponse } from './round-responses.ts';
import type { CommandContext, InteractionResponse, MessageResponse } from '../command-context.ts';
import { quizWords } from '../words/quiz-words.ts';

/** Submits an answer to a round. `option` is the index of the option, or the typed year. */
export async function submitAnswer(
  id: string,
  question: number,
  option: number,
  context: CommandContext,
): Promise<MessageResponse> {
  const { who, at, seed } = context;
  const result = await context.rounds.play(
    id,
    { type: 'answer', user: who.id, name: who.name, question, option, at, tie: seed },
    context,
  );
  if (result.is === 'stepped' && result.quiz.mode === 'solo') return soloResponse(result);
  const isClosed = result.is === 'unknown' || (result.is === 'stepped' && result.outcome.is === 'closed');
  return isClosed ? closedQuestionResponse(id, context) : receipt(result, question, context);
}

/** Returns the modal for typing a year. If the member cannot answer, returns a message with the reason. */
export function openYearModal(
  id: string,
  question: number,
  context: CommandContext,
): InteractionResponse | Promise<InteractionResponse> {
  const quiz = context.rounds.byId(id);
  const isOpen = quiz && 'question' in quiz.phase && quiz.phase.question === question && quiz.phase.name !== 'reveal';
  if (quiz?.mode === 'solo' && quiz.host !== context.who.id) return ephemeralNotice(quizWords.notYours);
  // If Discord did not receive the reply to the last press, the player sees an outdated card and cannot continue with
  // it. Therefore the response is the current card.
  if (quiz?.mode === 'solo' && !isOpen) return soloResponse({ is: 'stepped', quiz, outcome: { is: 'closed' } });
  if (!isOpen) return closedQuestionResponse(id, context);
  const before = quiz.answers[question]?.[context.who.id];
  const isFinal = before !== undefined && (!quiz.changes || quiz.style === 'first');
  return isFinal ? ephemeralNotice(quizWords.final(String(before.option))) : { modal: yearModal(id, question) };
}

/** Submits the typed year. If the text is not a year, the response says so and the member can try again. */
export async function submitYear(
  id: string,
  question: number,
  { year: typed = '' }: ModalFields,
  context: CommandContext,
): Promise<MessageResponse> {
  const year = readYear(String(typed));
  return year === undefined
    ? ephemeralNotice(quizWords.noYear(String(typed)))
    : submitAnswer(id, question, year, context);
}

/** Says that the question is closed. Offers the results of the round and, if the round has ended, a new round. */
async function closedQuestionResponse(id: string, context: CommandContext): Promise<MessageResponse> {
  const quiz = await findRound(id, context);
  if (!quiz) return ephemeralNotice(quizWords.newRoundHint);
  const results = button(quizWords.results, customId('quiz', 'results', id, quiz.parent ?? quiz.channel));
  const again = customId('quiz', 'again', ...inPack(quiz.pack));
  const newRound = quiz.phase.name === 'ended' ? [button(quizWords.newRound, again)] : [];
  return { message: message(textDisplay(quizWords.closedQuestion), actionRow(results, ...newRound)), ephemeral: true };
}
