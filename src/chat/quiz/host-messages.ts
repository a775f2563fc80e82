/**
 * Messages that only the host of a round gets. They say why the round waits or ends, where it continues, why no thread
 * was created, or that AutoMod blocked a text.
 */
import type { Quiz } from '../../core/quiz/quiz.ts';
import type { Shown } from '../../core/quiz/shown.ts';
import { actionRow, type Message, message, textDisplay } from '../message/message-components.ts';
import { notice } from '../message/notice.ts';
import { quizWords } from '../words/quiz-words.ts';
import type { RenderStep } from './render-step.ts';
import { roundLink } from './round-status.ts';

/**
 * Returns the step that sends the next message to the host. If the host has got all messages, returns an empty list.
 */
export function toldHost(quiz: Quiz, shown: Shown): readonly RenderStep[] {
  const { phase, parent, at, blocked } = quiz;
  const { hostTold, noThread, refused, gone, moved } = shown;
  const tell = (since: number, sentence: string): RenderStep => ({
    is: 'hostTold',
    since,
    do: { is: 'followUp', card: notice(sentence) },
  });
  if (phase.name === 'paused' && hostTold !== phase.since)
    return [tell(phase.since, quizWords.paused(refused > 0 ? 'View Channel or Send Messages' : ''))];
  const why = phase.name === 'ended' ? phase.why : undefined;
  if (gone && (why === 'locked' || (why === 'lost' && parent === undefined)) && hostTold !== at)
    return [tell(at, quizWords.ended(why))];
  const isBlocked = blocked > 0 || shown.plainPodium || Object.values(shown.questions).some(({ plain }) => plain);
  if (isBlocked && !shown.blockTold)
    return [{ is: 'blockTold', do: { is: 'followUp', card: notice(quizWords.blocked) } }];
  if (moved !== undefined && moved !== 'told' && phase.name !== 'ended')
    return [{ is: 'movedTold', do: { is: 'followUp', card: movedCard(quiz, moved) } }];
  if (noThread === undefined || noThread === 'told') return [];
  const missing = noThread === 'forbidden' ? ['Create Public Threads'] : [];
  return [{ is: 'noThreadTold', do: { is: 'followUp', card: notice(quizWords.noThread(missing)) } }];
}

function movedCard(quiz: Quiz, to: 'channel' | 'reply'): Message {
  const link = roundLink(quiz);
  return message(textDisplay(quizWords.moved(to)), ...(link ? [actionRow(link)] : []));
}
