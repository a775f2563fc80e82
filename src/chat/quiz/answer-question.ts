/** Answers to a question: a button pressed, or a year typed into a form. */
import { readYear } from '../../core/questions/answers.ts';
import { customId } from '../command.ts';
import { actionRow, button, message, textDisplay } from '../message/message-components.ts';
import type { ModalFields } from '../message/modal-fields.ts';
import { ephemeralNotice } from '../message/notice.ts';
import { yearModal } from './question-card.ts';
import { groupResponse, soloResponse } from './round-responses.ts';
import type { CommandContext, InteractionResponse, MessageResponse } from '../command-context.ts';
import { quizWords } from '../words/quiz-words.ts';

/** One answer to question `index`, as a number that stands for it. */
export async function submitAnswer(
  id: string,
  question: number,
  option: number,
  context: CommandContext,
): Promise<MessageResponse> {
  const { who, at, seed } = context;
  const reaction = await context.rounds.play(
    id,
    { type: 'answer', user: who.id, name: who.name, question, option, at, tie: seed },
    context,
  );
  if (reaction.is === 'stepped' && reaction.quiz.mode === 'solo') return soloResponse(reaction);
  const isClosed = reaction.is === 'unknown' || (reaction.is === 'stepped' && reaction.outcome.is === 'closed');
  return isClosed ? closedQuestionResponse(id, context) : groupResponse(reaction);
}

/** The form to type a year in, while that can still be answered. */
export function openYearModal(
  id: string,
  question: number,
  context: CommandContext,
): InteractionResponse | Promise<InteractionResponse> {
  const quiz = context.rounds.byId(id);
  const isOpen = quiz && 'question' in quiz.phase && quiz.phase.question === question && quiz.phase.name !== 'reveal';
  if (!isOpen) return closedQuestionResponse(id, context);
  if (quiz.mode === 'solo' && quiz.host !== context.who.id) return ephemeralNotice(quizWords.notYours);
  const before = quiz.answers[question]?.[context.who.id];
  const isFinal = before !== undefined && (!quiz.changes || quiz.style === 'first');
  return isFinal ? ephemeralNotice(quizWords.final(String(before.option))) : { modal: yearModal(id, question) };
}

/** The year that was typed is the answer; what is no year is said so and may be typed again. */
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

/** A question nobody can answer any more, and what can be done instead. */
export async function closedQuestionResponse(id: string, { rounds, where }: CommandContext): Promise<MessageResponse> {
  const quiz = await rounds.results(id, where.threadOf ?? where.channel);
  if (!quiz) return ephemeralNotice(quizWords.newRoundHint);
  const results = button(quizWords.results, customId('quiz', 'results', id));
  const again = quiz.phase.name === 'ended' ? [button(quizWords.newRound, customId('quiz', 'again'))] : [];
  return { message: message(textDisplay(quizWords.closedQuestion), actionRow(results, ...again)), ephemeral: true };
}
