/** What a round answers to the member who opened it, pressed a button of it or asked about it. */
import type { Outcome, Quiz } from '../../core/quiz/quiz.ts';
import { message, textDisplay } from '../message/message-components.ts';
import { ephemeralNotice, notice } from '../message/notice.ts';
import { roundCard } from './round-card.ts';
import { answerLabel } from './round-parts.ts';
import type { CommandContext, MessageResponse, PlayResult } from '../command-context.ts';
import { words } from '../words.ts';

// ---- Opening

// ---- Answers

/** The outcome of a press in a group round, privately. */
export function groupResponse(reaction: PlayResult): MessageResponse {
  if (reaction.is === 'unknown') return ephemeralNotice(words.roundIsOver);
  if (reaction.is === 'resuming') return ephemeralNotice(words.resuming);
  if (reaction.is === 'waiting') return ephemeralNotice(words.waitsForPress);
  return ephemeralNotice(describeOutcome(reaction.outcome, reaction.quiz));
}

/** The solo round's next state in the place of the pressed message; anybody else is turned away. */
export function soloResponse(reaction: PlayResult): MessageResponse {
  if (reaction.is === 'unknown') return ephemeralNotice(words.newRoundHint);
  if (reaction.is !== 'stepped') return groupResponse(reaction);
  const { quiz, outcome } = reaction;
  if (outcome.is === 'not-yours' || outcome.is === 'not-host') return ephemeralNotice(words.notYours);
  const card = roundCard(quiz) ?? notice(words.closedQuestion);
  const late = outcome.is === 'too-late' ? [textDisplay(words.tooLate(outcome.by))] : [];
  return { message: message(...late, ...card.components), replace: true };
}

/** An outcome as the sentence its member reads. */
export function describeOutcome(outcome: Outcome, { questions }: Quiz): string {
  const said = (given: { readonly question: number; readonly option: number }) =>
    answerLabel(questions[given.question], given.option);
  switch (outcome.is) {
    case 'done':
      return words.started;
    case 'joined':
      return outcome.already ? words.joinedAlready : words.joined;
    case 'locked':
      return words.locked(said(outcome), outcome.elapsed);
    case 'first':
      return words.first(said(outcome), outcome.elapsed);
    case 'out':
      return words.out(said(outcome));
    case 'changed':
      return words.changed(said(outcome), outcome.elapsed);
    case 'same':
      return words.same(said(outcome));
    case 'final':
      return words.final(said(outcome));
    case 'too-late':
      return words.tooLate(outcome.by);
    case 'closed':
      return words.closedQuestion;
    case 'voted':
      return words.voted('', outcome.votes, outcome.needed);
    case 'not-host':
      return words.notHost(outcome.host);
    case 'not-yours':
      return words.notYours;
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
      await context.followUp(picksUp ? notice(words.pickingUp) : reply.message);
    },
  };
}

// ---- Looking back

// ---- The host's controls
