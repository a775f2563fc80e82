/** Converts the outcome of a request to Discord into an event for the quiz. */
import type { QuizEvent, Quiz } from '../../core/quiz/quiz.ts';
import { nextPlace } from '../../core/quiz/moving.ts';
import { findsClosed, type Outcome, type Shown } from '../../core/quiz/shown.ts';
import type { RenderStep } from './render-step.ts';

/**
 * The event that tells the quiz the outcome of a request. Undefined if the outcome does not concern the quiz. `now` is
 * the time on Discord's clock, in ms since the epoch.
 */
export function eventAfter(
  quiz: Quiz,
  shown: Shown,
  step: RenderStep,
  outcome: Outcome,
  now: number,
): QuizEvent | undefined {
  if (outcome.is === 'closed' && findsClosed(step)) return { type: 'lost', at: now };
  if (outcome.is === 'locked' && findsClosed(step)) return { type: 'locked', at: now };
  switch (step.is) {
    case 'moved':
      if (outcome.is !== 'done')
        return quiz.phase.name === 'paused' ? undefined : { type: 'refused', why: 'forbidden', at: now };
      return step.to === 'channel'
        ? { type: 'moved', to: 'channel', at: now }
        : { type: 'moved', to: 'reply', message: outcome.message, at: now };
    case 'question':
      // If posting is forbidden but the round can move to another place, the quiz gets no event, and the round moves in
      // its next step of rendering. In all other cases the quiz is told whether the question was posted.
      if (outcome.is === 'forbidden' && nextPlace(quiz, shown) !== undefined) return undefined;
      return outcome.is === 'done'
        ? { type: 'posted', question: step.question, message: outcome.message, at: outcome.at }
        : {
            type: 'refused',
            why: outcome.is === 'forbidden' || outcome.is === 'blocked' ? outcome.is : 'failed',
            at: now,
          };
    case 'running':
      return outcome.is === 'gone' && step.do.is === 'edit'
        ? { type: 'removed', message: step.do.message, at: now }
        : undefined;
    case 'thread':
      return outcome.is === 'done' ? { type: 'threaded', channel: outcome.message, at: quiz.at } : undefined;
    case 'resuming':
      return {
        type: 'resumed',
        at: outcome.is === 'done' ? Math.max(outcome.at, now) : now,
        ...(shown.resuming !== undefined && { downSince: shown.resuming }),
      };
    case 'finished':
      return { type: 'told', at: quiz.at };
    default:
      return undefined;
  }
}
