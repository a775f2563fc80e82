/** A description of the state of a running round, and a link to its message. */
import type { Quiz } from '../../core/quiz/round.ts';
import { escapePart } from '../message/escape-markdown.ts';
import {
  actionRow,
  type Button,
  linkButton,
  type Message,
  message,
  textDisplay,
} from '../message/message-components.ts';
import { playerNames, questionNumber } from './round-parts.ts';
import { quizWords } from '../words/quiz-words.ts';

/** `now` is the time on Discord's clock, in ms since the epoch. */
export function roundStatusCard(quiz: Quiz, now: number): Message {
  const { phase } = quiz;
  const at = 'question' in phase ? questionNumber(quiz, phase.question).replace(/^Q/, 'q') : 'in the lobby';
  const link = roundLink(quiz);
  const left = phase.name === 'asking' ? (phase.closesAt ?? now) - now : 0;
  const lines = [
    `**Round${quiz.topic === undefined ? '' : ` on ${escapePart(quiz.topic)}`}**, ${at}, hosted by <@${quiz.host}>`,
    `**Players** ${playerNames(quiz)}`,
    ...(left > 0 ? [quizWords.timeLeft(left)] : []),
    ...(phase.name === 'paused' ? [quizWords.waiting] : []),
    ...(phase.name === 'halted' ? [quizWords.isHalted] : []),
  ];
  return message(textDisplay(lines.join('\n')), ...(link ? [actionRow(link)] : []));
}

/** A link button to the latest message of a group round. Undefined if there is no message to link to. */
export function roundLink({ mode, scope, channel, parent, lobby, phase }: Quiz): Button | undefined {
  const open = 'message' in phase ? phase.message : undefined;
  const place =
    open === undefined ? (lobby === undefined ? undefined : `${parent ?? channel}/${lobby}`) : `${channel}/${open}`;
  return mode === 'group' && place !== undefined
    ? linkButton(quizWords.goThere, `https://discord.com/channels/${scope}/${place}`)
    : undefined;
}
