/** Answers to a question: a button pressed, or a year typed into a form. */
import { readYear } from '../../core/questions/answers.ts';
import { customId } from '../command.ts';
import { button, message, row, text } from '../message/message-components.ts';
import type { Fields } from '../message/modal-fields.ts';
import { hiddenNotice } from '../message/notice.ts';
import { yearForm } from './question-card.ts';
import { groupReaction, soloReaction } from './round-responses.ts';
import type { CommandContext, InteractionResponse, MessageResponse } from '../services.ts';
import { words } from '../words.ts';

/** One answer to question `index`, as a number that stands for it. */
export async function giveAnswer(
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
  if (reaction.is === 'stepped' && reaction.quiz.mode === 'solo') return soloReaction(reaction);
  const isClosed = reaction.is === 'unknown' || (reaction.is === 'stepped' && reaction.outcome.is === 'closed');
  return isClosed ? closedReply(id, context) : groupReaction(reaction);
}

/** The form to type a year in, while that can still be answered. */
export function askYear(
  id: string,
  question: number,
  context: CommandContext,
): InteractionResponse | Promise<InteractionResponse> {
  const quiz = context.rounds.byId(id);
  const isOpen = quiz && 'question' in quiz.phase && quiz.phase.question === question && quiz.phase.name !== 'reveal';
  if (!isOpen) return closedReply(id, context);
  if (quiz.mode === 'solo' && quiz.host !== context.who.id) return hiddenNotice(words.notYours);
  const before = quiz.answers[question]?.[context.who.id];
  const isFinal = before !== undefined && (!quiz.changes || quiz.style === 'first');
  return isFinal ? hiddenNotice(words.final(String(before.option))) : { modal: yearForm(id, question) };
}

/** The year that was typed is the answer; what is no year is said so and may be typed again. */
export async function giveYear(
  id: string,
  question: number,
  { year: typed = '' }: Fields,
  context: CommandContext,
): Promise<MessageResponse> {
  const year = readYear(String(typed));
  return year === undefined ? hiddenNotice(words.noYear(String(typed))) : giveAnswer(id, question, year, context);
}

/** A question nobody can answer any more, and what can be done instead. */
export async function closedReply(id: string, { rounds, where }: CommandContext): Promise<MessageResponse> {
  const quiz = await rounds.results(id, where.threadOf ?? where.channel);
  if (!quiz) return hiddenNotice(words.newRoundHint);
  const results = button(words.results, customId('quiz', 'results', id));
  const again = quiz.phase.name === 'ended' ? [button(words.newRound, customId('quiz', 'again'))] : [];
  return { message: message(text(words.closedQuestion), row(results, ...again)), ephemeral: true };
}
