/**
 * Applies an answer to a round. The timestamp of the button press decides whether the answer is accepted. The reply to
 * the member is made from the returned outcome.
 */
import { ownValue } from '../own-value.ts';
import { isAnswer } from '../questions/answers.ts';
import { isEarlier, stepClosed, type EventOf, type Outcome, type Step, stepWith } from './events.ts';
import { reveal } from './transitions.ts';
import { closeEarly } from './early-close.ts';
import { answerBy, type Quiz } from './round.ts';

export function takeAnswer(quiz: Quiz, event: EventOf<'answer'>): Step {
  const { phase } = quiz;
  const { user, option, at } = event;
  if (quiz.mode === 'solo' && user !== quiz.host) return stepWith(quiz, { is: 'not-yours' });
  // Members may see the question before Discord confirms that it was posted. Therefore the bot accepts answers even
  // while it is posting the question.
  const open = phase.name === 'asking' || phase.name === 'posting' || phase.name === 'paused';
  if (!open || phase.question !== event.question) return stepClosed(quiz);
  const { question } = phase;
  const asked = quiz.questions[question];
  if (!asked || !isAnswer(asked, option)) return stepClosed(quiz);
  const before = answerBy(quiz, question, user);
  const mayChange = quiz.changes && quiz.style !== 'first' && quiz.mode === 'group';
  // The saved answer does not change if the same option was pressed again. If answers may be changed, the latest press
  // is the answer. Presses may arrive out of order, so a press that was made before the saved one is ignored.
  if (before && (before.option === option || (mayChange && isEarlier(event, before))))
    return stepWith(quiz, { is: 'same', question, option: before.option });
  // If answers may not be changed, the earliest press is the answer, even if it arrives after other presses.
  if (before && !mayChange && !isEarlier(event, before))
    return stepWith(quiz, { is: 'final', question, option: before.option });
  if (phase.name === 'asking' && phase.closesAt !== undefined && at > phase.closesAt) {
    const late: Outcome = { is: 'too-late', by: at - phase.closesAt };
    return stepWith(quiz.mode === 'solo' ? reveal(quiz, phase, at) : quiz, late);
  }

  const player = ownValue(quiz.players, user);
  const players =
    player?.name === event.name
      ? quiz.players
      : { ...quiz.players, [user]: { name: event.name, misses: player?.misses ?? 0 } };
  const elapsed = phase.name === 'asking' ? Math.max(0, at - phase.opensAt) : undefined;
  const given = {
    option,
    at,
    ...(event.tie !== undefined && { tie: event.tie }),
    ...(quiz.style === 'speed' && elapsed !== undefined && { took: elapsed }),
  };
  const after: Quiz = {
    ...quiz,
    players,
    answers: quiz.answers.map((all, index) => (index === question ? { ...all, [user]: given } : all)),
  };
  const locked: Outcome = {
    is: before && mayChange ? 'changed' : quiz.style !== 'first' ? 'locked' : option === asked.right ? 'first' : 'out',
    question,
    option,
    ...(elapsed !== undefined && { elapsed }),
  };
  if (phase.name !== 'asking') return stepWith(after, locked);
  if (quiz.mode === 'solo') return stepWith(reveal(after, phase, at), locked);
  return stepWith(closeEarly(after, at), locked);
}
