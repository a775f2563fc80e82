/** The host's controls: a private panel that says how the round stands and offers what fits the moment. */
import { type Quiz, answersTo } from '../../core/quiz/round.ts';
import { customId } from '../command.ts';
import { actionRow, button, buttonStyle, type Message, message, textDisplay } from '../message/message-components.ts';
import { ephemeralNotice } from '../message/notice.ts';
import { questionNumber } from './round-parts.ts';
import { groupResponse } from './round-responses.ts';
import type { CommandContext, MessageResponse } from '../command-context.ts';
import { words } from '../words.ts';

export const controlNames = ['next', 'pause', 'skip', 'extend', 'stop'] as const;
export type ControlName = (typeof controlNames)[number];

/** `said`: what the last press came to. */
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
    textDisplay([`**${words.controls}** · ${roundState(quiz)}`, ...(said === undefined ? [] : [said])].join('\n')),
    actionRow(
      control('next', words.next),
      control('pause', resume ? words.pauseOff : words.pause),
      control('skip', words.skip),
      control('extend', words.extend),
      control('stop', words.end),
    ),
  );
}

/** The controls that do something at this moment. */
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
  if (!('question' in phase)) return phase.name === 'ended' ? words.roundOver : words.inLobby;
  const place = questionNumber(quiz, phase.question);
  const answered = Object.keys(answersTo(quiz, phase.question)).length;
  if (phase.name === 'halted') return words.isHalted;
  if (phase.name === 'reveal') return `${place} is over, ${answered} answered`;
  return phase.name === 'paused' ? words.waiting : `${place} is open, ${answered} answered`;
}

/** The panel, for the host and moderators alone. */
export function openControls(id: string, { rounds, who }: CommandContext): MessageResponse {
  const quiz = rounds.byId(id);
  if (!quiz) return ephemeralNotice(words.roundIsOver);
  if (who.id !== quiz.host && !who.moderator) return ephemeralNotice(words.notHost(quiz.host));
  return { message: hostControlsCard(quiz), ephemeral: true };
}

/** One of the controls; the panel then says how the round stands. */
export async function useControl(
  name: ControlName,
  id: string,
  question: number,
  context: CommandContext,
): Promise<MessageResponse> {
  const { id: user, moderator } = context.who;
  const host = context.rounds.byId(id)?.host;
  // Somebody else could only press a panel from the time when they were host.
  if (host !== undefined && host !== user && !moderator) return ephemeralNotice(words.notHost(host));
  const reaction = await context.rounds.play(id, { type: name, user, moderator, question, at: context.at }, context);
  if (reaction.is !== 'stepped') return groupResponse(reaction);
  const { outcome, quiz } = reaction;
  return { message: hostControlsCard(quiz, outcome.is === 'done' ? undefined : words.tooLateControl), replace: true };
}
