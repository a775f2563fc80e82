/**
 * Moves a round to another place if the bot may no longer post in the current place. The places are used in this order:
 * the thread, the channel in which the command was used, and one message that is edited with the token of an
 * interaction. A round never moves back. If no place is left, the round pauses (see `afterPostFailed`).
 */
import type { EventOf } from './events.ts';
import type { Phase, Quiz } from './round.ts';
import type { Shown } from './shown.ts';

/**
 * The place to which the round moves after Discord has refused a request. Undefined if the round must not move. While a
 * question is open, the round does not move, because the buttons of the question work without any permission.
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

/**
 * Called when the round has moved to another place. If the current question could not be posted, it is posted in the
 * new place.
 */
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
