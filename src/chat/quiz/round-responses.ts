/** What a round answers to the member who opened it, pressed a button of it or asked about it. */
import type { Outcome, Quiz } from '../../core/quiz/quiz.ts';
import { message, textDisplay } from '../message/message-components.ts';
import { ephemeralNotice, notice } from '../message/notice.ts';
import { roundCard } from './round-card.ts';
import { answerLabel } from './round-parts.ts';
import type { CommandContext, MessageResponse, PlayResult } from '../command-context.ts';
import { quizWords } from '../words/quiz-words.ts';

// ---- Opening

// ---- Answers

/** The outcome of a press in a group round, privately. */
export function groupResponse(reaction: PlayResult): MessageResponse {
  if (reaction.is === 'unknown') return ephemeralNotice(quizWords.roundIsOver);
  if (reaction.is === 'resuming') return ephemeralNotice(quizWords.resuming);
  if (reaction.is === 'waiting') return ephemeralNotice(quizWords.waitsForPress);
  return ephemeralNotice(describeOutcome(reaction.outcome, reaction.quiz));
}

/** The solo round's next state in the place of the pressed message; anybody else is turned away. */
export function soloResponse(reaction: PlayResult): MessageResponse {
  if (reaction.is === 'unknown') return ephemeralNotice(quizWords.newRoundHint);
  if (reaction.is !== 'stepped') return groupResponse(reaction);
  const { quiz, outcome } = reaction;
  if (outcome.is === 'not-yours' || outcome.is === 'not-host') return ephemeralNotice(quizWords.notYours);
  const card = roundCard(quiz) ?? notice(quizWords.closedQuestion);
  const late = outcome.is === 'too-late' ? [textDisplay(quizWords.tooLate(outcome.by))] : [];
  return { message: message(...late, ...card.components), replace: true };
}

/** An outcome as the sentence its member reads. */
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
  }
}

/**
 * A press on the message in which a whole round is played: now and then it is answered with the card itself, which the
 * round can then draw for another quarter of an hour; what the press came to is said to its member besides.
 */
export function takingOverToken(round: string, reply: MessageResponse, context: CommandContext): MessageResponse {
  const quiz = context.rounds.takeOverToken(round, context);
  if (!quiz) return reply;
  return {
    message: roundCard(quiz) ?? message(),
    replace: true,
    async onSent(id) {
      const picksUp = id === quiz.lobby && context.rounds.confirmTakeover(quiz, context);
      await context.followUp(picksUp ? notice(quizWords.pickingUp) : reply.message);
    },
  };
}

// ---- Looking back

// ---- The host's controls
