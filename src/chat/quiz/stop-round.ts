/**
 * Stops a round: the group round of the channel or the member's solo round. If the member can stop both rounds, asks
 * which round is meant.
 */
import { mayStop } from '../../core/quiz/participants.ts';
import { cutShortQuestion, type Quiz } from '../../core/quiz/round.ts';
import { shownQuestions } from '../../core/quiz/shown-questions.ts';
import { customId } from '../command.ts';
import type { CommandContext, MessageResponse } from '../command-context.ts';
import { actionRow, button, message, textDisplay } from '../message/message-components.ts';
import { ephemeralNotice, notice } from '../message/notice.ts';
import { quizWords } from '../words/quiz-words.ts';
import { describeOutcome, groupResponse } from './round-responses.ts';

/**
 * Stops the round that the member is allowed to stop here. If the member can stop two rounds, asks which round is
 * meant.
 */
export async function stopHere(context: CommandContext): Promise<MessageResponse> {
  const { rounds, who, where } = context;
  const group = rounds.inChannel(where.channel);
  const solo = rounds.soloOf(who.id, where.scope);
  if (!group || !solo) {
    const quiz = group ?? solo;
    return quiz ? stopRound(quiz.id, context) : ephemeralNotice(quizWords.noRoundToStop);
  }
  if (!mayStop(group, { user: who.id, moderator: who.moderator })) return stopRound(solo.id, context);
  const stop = (label: string, id: string) => button(label, customId('quiz', 'stop', id));
  return {
    message: message(
      textDisplay(quizWords.whichToStop),
      actionRow(stop(quizWords.stopChannelRound, group.id), stop(quizWords.stopSoloRound, solo.id)),
    ),
    ephemeral: true,
  };
}

/** Stops a round or counts a vote to stop it. A vote is announced in the channel. */
export async function stopRound(id: string, context: CommandContext): Promise<MessageResponse> {
  const { rounds, who, at } = context;
  const result = await rounds.play(id, { type: 'stop', user: who.id, moderator: who.moderator, at }, context);
  if (result.is !== 'stepped') return groupResponse(result);
  const { outcome, quiz } = result;
  if (outcome.is === 'not-host')
    return ephemeralNotice(quiz.mode === 'solo' ? quizWords.notYours : quizWords.notHostStop(outcome.host));
  if (outcome.is === 'voted') return { message: notice(quizWords.voted(who.name, outcome.votes, outcome.needed)) };
  return ephemeralNotice(outcome.is === 'done' ? stoppedText(quiz) : describeOutcome(outcome, quiz));
}

/** Says which answers of the stopped round count. */
function stoppedText(quiz: Quiz): string {
  if (quiz.mode === 'solo') return quizWords.soloIsStopped;
  return quizWords.stopped(shownQuestions(quiz).length, cutShortQuestion(quiz) !== undefined);
}
