/** What happens to a round when the process stops, and when it is back. */
import { endRound, postQuestion, type Quiz, timing, voidOpenQuestion } from './round.ts';
import { afterReveal } from './transitions.ts';

/** The process is about to stop: a group round between two questions halts until the next start. */
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
 * The process is back: the round goes on where it was saved, or ends if the outage was too long. `downSince`: when the
 * process was last known to run; a round may rest for longer than that.
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
      // The outage does not count as time used: the clock continues from when the round was last saved.
      return { ...quiz, phase: { ...phase, opensAt: phase.opensAt + Math.max(0, at - quiz.at), closesAt: at + left } };
    }
    case 'halted':
      return phase.by === 'restart' ? postQuestion(quiz, phase.question, at) : quiz;
    case 'reveal':
      // The answer stays for its whole time once it stands.
      return phase.until === undefined
        ? quiz
        : { ...quiz, phase: { ...phase, until: Math.max(phase.until, at + timing.reveal) } };
    case 'paused':
      return quiz;
  }
}
