/** Changes a round when the process stops and when the process starts again. */
import { endRound, postQuestion, type Quiz, voidOpenQuestion } from './round.ts';
import { timing } from './timing.ts';
import { afterReveal } from './transitions.ts';

/**
 * Called when the process is about to stop. If a group round is showing the answer to a question, the round halts
 * before the next question. If the host has asked for a pause, the round then waits for the host. Otherwise it waits
 * until the process has restarted.
 */
export function halt(quiz: Quiz, at: number): Quiz {
  const { phase } = quiz;
  if (quiz.mode === 'solo' || phase.name !== 'reveal') return quiz;
  const after = afterReveal({ ...quiz, hold: false }, phase.question, at);
  if (after.phase.name !== 'posting') return after;
  return {
    ...after,
    phase: {
      name: 'halted',
      question: after.phase.question,
      by: quiz.hold ? 'host' : 'restart',
      ...(quiz.hold && { until: at + timing.longestHalt }),
    },
  };
}

/**
 * Called when the process runs again. The round continues from its saved state. If the outage was too long, a group
 * round ends.
 *
 * `downSince` is the last time at which the process is known to have run. `downSince` can be later than the last change
 * of the round, because a paused round may stay unchanged for a long time.
 */
export function resume(quiz: Quiz, at: number, downSince = quiz.at): Quiz {
  const { phase } = quiz;
  if (phase.name === 'ended') return quiz;
  if (quiz.mode === 'group' && at - Math.max(quiz.at, downSince) > timing.longestOutage)
    return endRound(voidOpenQuestion(quiz), 'away');
  switch (phase.name) {
    case 'lobby':
      return { ...quiz, phase: { ...phase, endsAt: Math.max(phase.endsAt, at + timing.afterRestart) } };
    case 'posting':
      return postQuestion(quiz, phase.question, at);
    case 'asking': {
      const left = timeLeftAfterRestart(quiz);
      if (left === undefined) return quiz;
      return { ...quiz, phase: { ...phase, opensAt: phase.opensAt + Math.max(0, at - quiz.at), closesAt: at + left } };
    }
    case 'halted':
      return phase.by === 'restart' ? postQuestion(quiz, phase.question, at) : quiz;
    case 'reveal':
      // The reveal is shown for its full time again, because members may have missed it during the outage.
      return phase.until === undefined
        ? quiz
        : { ...quiz, phase: { ...phase, until: Math.max(phase.until, at + timing.reveal) } };
    case 'paused':
      return quiz;
  }
}

/**
 * How long the open question stays open after a restart, in ms. Undefined if no question with a time limit is open.
 * The question gets the time that was left when the round last changed, but at least `timing.afterRestart`. The
 * duration of the outage is not subtracted.
 */
export function timeLeftAfterRestart({ phase, at }: Quiz): number | undefined {
  if (phase.name !== 'asking' || phase.closesAt === undefined) return undefined;
  return Math.max(timing.afterRestart, phase.closesAt - at);
}
