/** How a running round stands, and the link to it. */
import type { Quiz } from '../../core/quiz/round.ts';
import { escapeMarkdown } from '../message/escape-markdown.ts';
import { type Button, linkButton, message, type Message, row, text } from '../message/message-components.ts';
import { names, placeOf } from './round-parts.ts';
import { words } from '../words.ts';

/** How a running round stands, for the member who asked. */
export function statusCard(quiz: Quiz): Message {
  const { phase } = quiz;
  const at = 'question' in phase ? placeOf(quiz, phase.question).replace(/^Q/, 'q') : 'in the lobby';
  const link = linkTo(quiz);
  const lines = [
    `**Round${quiz.topic === undefined ? '' : ` on ${escapeMarkdown(quiz.topic)}`}**, ${at}, hosted by <@${quiz.host}>`,
    `**Players** ${names(quiz)}`,
    ...(phase.name === 'paused' ? [words.waiting] : []),
    ...(phase.name === 'halted' ? [words.isHalted] : []),
  ];
  return message(text(lines.join('\n')), ...(link ? [row(link)] : []));
}

/** The way to a running group round; undefined while none of its messages stands. */
export function linkTo({ mode, scope, channel, parent, lobby, phase }: Quiz): Button | undefined {
  const open = 'message' in phase ? phase.message : undefined;
  const place =
    open === undefined ? (lobby === undefined ? undefined : `${parent ?? channel}/${lobby}`) : `${channel}/${open}`;
  return mode === 'group' && place !== undefined
    ? linkButton(words.goThere, `https://discord.com/channels/${scope}/${place}`)
    : undefined;
}
