/** Handles the host controls of a running round: the buttons "Next", "Pause", "Skip question" and "Add 15 s". */
import { type EventOf, type Step, stepClosed, stepDone, stepWith } from './events.ts';
import { mayControl, resetHostIdle } from './participants.ts';
import { answerBy, postQuestion, type Quiz } from './round.ts';
import { timing } from './timing.ts';
import { afterReveal, reveal } from './transitions.ts';

type ControlEvent = EventOf<'next' | 'pause' | 'skip' | 'extend'>;

/** Applies a host control to the round. A control that is not available in the current phase changes nothing. */
export function afterControl(quiz: Quiz, event: ControlEvent): Step {
  if (!mayControl(quiz, event))
    return stepWith(quiz, quiz.mode === 'solo' ? { is: 'not-yours' } : { is: 'not-host', host: quiz.host });
  const { phase } = quiz;
  if (!('question' in phase) || phase.question !== event.question) return stepClosed(quiz);
  if (event.type === 'skip' && isOutOfQuestion(quiz, phase.question, event.user))
    return stepWith(quiz, { is: 'may-not-skip' });
  const after = applyControl(quiz, event);
  return after ? stepDone(resetHostIdle(after, event.user)) : stepClosed(quiz);
}

/**
 * Whether this member answered wrong in a round of style `first`. Such a member may not skip the question, because
 * after the skip no other player could win the question.
 */
function isOutOfQuestion(quiz: Quiz, question: number, user: string): boolean {
  const given = answerBy(quiz, question, user);
  return quiz.style === 'first' && given !== undefined && given.option !== quiz.questions[question]?.right;
}

function applyControl(quiz: Quiz, { type, at }: ControlEvent): Quiz | undefined {
  const { phase } = quiz;
  if (type === 'next') {
    if (phase.name === 'reveal') return afterReveal(quiz, phase.question, at);
    return phase.name === 'halted' ? postQuestion(quiz, phase.question, at) : undefined;
  }
  if (quiz.mode === 'solo') return undefined;
  if (type === 'pause') {
    if (phase.name === 'reveal') return afterReveal({ ...quiz, hold: true }, phase.question, at);
    return phase.name === 'asking' || phase.name === 'posting' ? { ...quiz, hold: !quiz.hold } : undefined;
  }
  if (phase.name !== 'asking' || phase.closesAt === undefined || at > phase.closesAt) return undefined;
  if (type === 'extend') return { ...quiz, phase: { ...phase, closesAt: phase.closesAt + timing.extension } };
  return reveal({ ...quiz, void: [...quiz.void, phase.question] }, phase, at);
}
