/** Responses to a press in a round, made from the outcome of the event. */
import type { Outcome, Quiz } from '../../core/quiz/quiz.ts';
import { message, textDisplay } from '../message/message-components.ts';
import { ephemeralNotice, notice } from '../message/notice.ts';
import { roundCard } from './round-card.ts';
import { answerLabel } from './round-parts.ts';
import type { CommandContext, MessageResponse, PlayResult } from '../command-context.ts';
import { quizWords } from '../words/quiz-words.ts';

/** Tells the member the outcome, ephemerally. */
export function groupResponse(result: PlayResult): MessageResponse {
  if (result.is === 'unknown') return ephemeralNotice(quizWords.roundIsOver);
  if (result.is === 'resuming') return ephemeralNotice(quizWords.resuming);
  if (result.is === 'waiting') return ephemeralNotice(quizWords.waitsForPress);
  return ephemeralNotice(describeOutcome(result.outcome, result.quiz));
}

/** Replaces the pressed message with the next card of the solo round; tells other members that it is not theirs. */
export function soloResponse(result: PlayResult): MessageResponse {
  if (result.is === 'unknown') return ephemeralNotice(quizWords.newRoundHint);
  if (result.is !== 'stepped') return groupResponse(result);
  const { quiz, outcome } = result;
  if (outcome.is === 'not-yours' || outcome.is === 'not-host') return ephemeralNotice(quizWords.notYours);
  const card = roundCard(quiz) ?? notice(quizWords.closedQuestion);
  const late = outcome.is === 'too-late' ? [textDisplay(quizWords.tooLate(outcome.by))] : [];
  return { message: message(...late, ...card.components), replace: true };
}

/** The outcome as a sentence for the member. */
export function describeOutcome(outcome: Outcome, { questions }: Quiz): string {
  const said = (given: { readonly question: number; readonly option: number }) =>
    answerLabel(questions[given.question], given.option);
  switch (outcome.is) {
    case 'done':
      return quizWords.started;
    case 'joined':
      return outcome.already ? quizWords.joinedAlready : quizWords.joined;
    case 'locked':
      return quizWords.locked(said(outcome), outcome.elapsed);
    case 'first':
      return quizWords.first(said(outcome), outcome.elapsed);
    case 'out':
      return quizWords.out(said(outcome));
    case 'changed':
      return quizWords.changed(said(outcome), outcome.elapsed);
    case 'same':
      return quizWords.same(said(outcome));
    case 'final':
      return quizWords.final(said(outcome));
    case 'too-late':
      return quizWords.tooLate(outcome.by);
    case 'closed':
      return quizWords.closedQuestion;
    case 'voted':
      return quizWords.voted('', outcome.votes, outcome.needed);
    case 'not-host':
      return quizWords.notHost(outcome.host);
    case 'not-yours':
      return quizWords.notYours;
    case 'may-not-skip':
      return quizWords.mayNotSkip;
  }
}

/**
 * For a press in a round that is played in a single message. That message is edited with the token of an interaction,
 * which is valid for 15 minutes. Now and then a press is therefore answered with the round's card, so that its newer
 * token takes over; `response` then follows as an ephemeral message.
 */
export function withTokenTakeover(round: string, response: MessageResponse, context: CommandContext): MessageResponse {
  const quiz = context.rounds.takeOverToken(round, context);
  if (!quiz) return response;
  return {
    message: roundCard(quiz) ?? message(),
    replace: true,
    async onSent(id) {
      const isResuming = id === quiz.lobby && context.rounds.confirmTakeover(quiz, context);
      await context.followUp(isResuming ? notice(quizWords.pickingUp) : response.message);
    },
  };
}
