/** What happens to a round when the process stops and when it starts again. */
import { endRound, postQuestion, type Quiz, timing, voidOpenQuestion } from './round.ts';
import { afterReveal } from './transitions.ts';

/** Called when the process is about to stop. A group round that is between two questions halts until the next start. */
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
 * Called when the process is back. The round continues from its saved state, or ends if the outage was too long.
 * `downSince` is the time when the process was last known to run. It may be later than the last change of the round,
 * because a paused round can stay unchanged for a long time.
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
      if (phase.closesAt === undefined) return quiz;
      const left = Math.max(timing.afterRestart, phase.closesAt - quiz.at);
      // The outage does not use up answer time: the clock continues from when the round was last saved.
      return { ...quiz, phase: { ...phase, opensAt: phase.opensAt + Math.max(0, at - quiz.at), closesAt: at + left } };
    }
    case 'halted':
      return phase.by === 'restart' ? postQuestion(quiz, phase.question, at) : quiz;
    case 'reveal':
      // After a restart the reveal is shown for its full time again.
      return phase.until === undefined
        ? quiz
        : { ...quiz, phase: { ...phase, until: Math.max(phase.until, at + timing.reveal) } };
    case 'paused':
      return quiz;
  }
}
