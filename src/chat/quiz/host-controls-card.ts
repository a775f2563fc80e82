/**
 * The card with the host controls, which are buttons for the host and moderators. The card is ephemeral and also shows
 * the state of the round. Controls that cannot be used now are disabled.
 */
import { type Quiz, answersTo } from '../../core/quiz/round.ts';
import { customId } from '../command.ts';
import { actionRow, button, buttonStyle, type Message, message, textDisplay } from '../message/message-components.ts';
import { ephemeralNotice, notice } from '../message/notice.ts';
import { questionNumber } from './round-parts.ts';
import { groupResponse } from './round-responses.ts';
import type { CommandContext, MessageResponse } from '../command-context.ts';
import { quizWords } from '../words/quiz-words.ts';

export const controlNames = ['next', 'pause', 'skip', 'extend', 'stop'] as const;
export type ControlName = (typeof controlNames)[number];

/** `said` is a sentence about the result of the last button press. */
export function hostControlsCard(quiz: Quiz, said?: string): Message {
  const { phase } = quiz;
  const index = 'question' in phase ? phase.question : 0;
  const offered = availableControls(quiz);
  const control = (name: ControlName, label: string) =>
    button(
      label,
      customId('quiz', 'control', name, quiz.id, index),
      name === 'next' ? buttonStyle.primary : buttonStyle.secondary,
      !offered.includes(name),
    );
  const resume = phase.name === 'asking' || phase.name === 'posting' ? quiz.hold : false;
  return message(
    textDisplay(
      [
        `**${quizWords.controls}** · ${roundState(quiz)}`,
        ...(said === undefined ? [] : [said]),
        ...(offered.includes('skip') ? [quizWords.skipHow] : []),
      ].join('\n'),
    ),
    actionRow(
      control('next', quizWords.next),
      control('pause', resume ? quizWords.pauseOff : quizWords.pause),
      control('skip', quizWords.skip),
      control('extend', quizWords.extend),
      control('stop', quizWords.end),
    ),
  );
}

/** The controls that can be used in the current phase of the round. */
function availableControls({ phase }: Quiz): readonly ControlName[] {
  switch (phase.name) {
    case 'posting':
    case 'asking':
      return ['pause', 'skip', 'extend', 'stop'];
    case 'reveal':
      return ['next', 'pause', 'stop'];
    case 'halted':
      return ['next', 'stop'];
    case 'lobby':
    case 'paused':
      return ['stop'];
    case 'ended':
      return [];
  }
}

function roundState(quiz: Quiz): string {
  const { phase } = quiz;
  if (!('question' in phase)) return phase.name === 'ended' ? quizWords.roundOver : quizWords.inLobby;
  const place = questionNumber(quiz, phase.question);
  const answered = Object.keys(answersTo(quiz, phase.question)).length;
  if (phase.name === 'halted') return quizWords.isHalted;
  if (phase.name === 'reveal') return `${place} is over, ${answered} answered`;
  return phase.name === 'paused' ? quizWords.waiting : `${place} is open, ${answered} answered. ${quizWords.nextLater}`;
}

/** Shows the host controls if the member is the host or a moderator. */
export function openControls(id: string, context: CommandContext): MessageResponse {
  const { rounds, who } = context;
  const quiz = rounds.byId(id);
  if (!quiz) return ephemeralNotice(quizWords.roundIsOver);
  if (who.id !== quiz.host && !who.moderator) return ephemeralNotice(quizWords.notHost(quiz.host));
  return { message: hostControlsCard(quiz), ephemeral: true, onSent: keepingControls(id, context) };
}

/** Applies a host control to the round and shows the updated card. */
export async function useControl(
  name: ControlName,
  id: string,
  question: number,
  context: CommandContext,
): Promise<MessageResponse> {
  const { id: user, moderator } = context.who;
  const host = context.rounds.byId(id)?.host;
  // A member who is no longer the host may still see the card with the controls. Therefore each press is checked.
  if (host !== undefined && host !== user && !moderator) return ephemeralNotice(quizWords.notHost(host));
  const result = await context.rounds.play(id, { type: name, user, moderator, question, at: context.at }, context);
  // If the round is over, the card with the host controls loses its buttons.
  if (result.is === 'unknown') return { message: notice(quizWords.roundIsOver), replace: true };
  if (result.is !== 'stepped') return groupResponse(result);
  const { outcome, quiz } = result;
  if (outcome.is === 'may-not-skip') return groupResponse(result);
  return {
    message: hostControlsCard(quiz, outcome.is === 'done' ? undefined : quizWords.tooLateControl),
    replace: true,
    onSent: keepingControls(id, context),
  };
}

/**
 * Remembers the card with the host controls that was sent, and deletes the member's earlier card with host controls.
 */
const keepingControls = (round: string, context: CommandContext) => async (message: string) =>
  context.rounds.keepControls(round, message, context);
