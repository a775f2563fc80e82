/** The host's controls: a private panel that says how the round stands and offers what fits the moment. */
import { answersTo, type Quiz } from '../../core/quiz/round.ts';
import { customId } from '../command.ts';
import { button, buttonStyle, message, type Message, row, text } from '../message/message-components.ts';
import { placeOf } from './quiz-question.ts';
import { words } from '../words.ts';

export const controlNames = ['next', 'pause', 'skip', 'extend', 'stop'] as const;
export type ControlName = (typeof controlNames)[number];

/** `said`: what the last press came to. */
export function panel(quiz: Quiz, said?: string): Message {
  const { phase } = quiz;
  const index = 'question' in phase ? phase.question : 0;
  const offered = fits(quiz);
  const control = (name: ControlName, label: string) =>
    button(
      label,
      customId('quiz', 'control', name, quiz.id, index),
      name === 'next' ? buttonStyle.primary : buttonStyle.secondary,
      !offered.includes(name),
    );
  const resume = phase.name === 'asking' || phase.name === 'posting' ? quiz.hold : false;
  return message(
    text([`**${words.controls}** · ${stateOf(quiz)}`, ...(said === undefined ? [] : [said])].join('\n')),
    row(
      control('next', words.next),
      control('pause', resume ? words.pauseOff : words.pause),
      control('skip', words.skip),
      control('extend', words.extend),
      control('stop', words.end),
    ),
  );
}

/** The controls that do something at this moment. */
function fits({ phase }: Quiz): readonly ControlName[] {
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

function stateOf(quiz: Quiz): string {
  const { phase } = quiz;
  if (!('question' in phase)) return phase.name === 'ended' ? words.roundOver : words.inLobby;
  const place = placeOf(quiz, phase.question);
  const answered = Object.keys(answersTo(quiz, phase.question)).length;
  if (phase.name === 'halted') return words.isHalted;
  if (phase.name === 'reveal') return `${place} is over, ${answered} answered`;
  return phase.name === 'paused' ? words.waiting : `${place} is open, ${answered} answered`;
}
