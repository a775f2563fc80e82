/**
 * Moves a round to another place if the bot may no longer post where the round is. The places are, in this order: the
 * thread, the channel of the command, and one message that is edited with the token of an interaction. A round never
 * moves back. If no place is left, the round pauses (see `afterPostFailed`).
 */
import type { EventOf } from './events.ts';
import type { Phase, Quiz } from './round.ts';
import type { Shown } from './shown.ts';

/**
 * The place to which the round moves if a request was refused. Undefined if the round should stay where it is. An open
 * question stays in its message until it closes, because its buttons work without any permission.
 */
export function nextPlace(
  { mode, shownIn, phase, parent, lobby }: Quiz,
  { noToken }: Pick<Shown, 'noToken'>,
): 'channel' | 'reply' | undefined {
  const isOpen = phase.name === 'asking' && phase.message !== undefined;
  if (mode === 'solo' || shownIn === 'reply' || isOpen) return undefined;
  if (parent !== undefined) return 'channel';
  return lobby === undefined || noToken === true ? undefined : 'reply';
}

/** Called when the round goes on in another place. A question that could not be posted is posted there. */
export function move(quiz: Quiz, event: EventOf<'moved'>): Quiz {
  if (nextPlace(quiz, {}) === undefined) return quiz;
  const { parent, ...rest } = quiz;
  const channel = parent ?? quiz.channel;
  const place = event.to === 'channel' ? { channel } : { channel, shownIn: event.to, lobby: event.message };
  return { ...rest, ...place, phase: phaseAfterMove(quiz.phase, event.at) };
}

function phaseAfterMove(phase: Phase, at: number): Phase {
  switch (phase.name) {
    case 'posting':
    case 'paused':
      return { name: 'posting', question: phase.question, since: at };
    case 'reveal': {
      const { message: _, ...elsewhere } = phase;
      return elsewhere;
    }
    default:
      return phase;
  }
}
