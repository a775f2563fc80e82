/** The lobby of a group round: joining, drawing the questions again, starting and cancelling. */
import type { Question } from '../questions/question.ts';
import { type EventOf, type Step, stepClosed, stepDone, stepWith } from './events.ts';
import { addPlayer, mayControl } from './participants.ts';
import { endRound, postQuestion, type Quiz } from './round.ts';

/** Adds a member to the round. Members may join until the round ends, even after the lobby has closed. */
export function join(quiz: Quiz, { user, name }: EventOf<'join'>): Step {
  if (quiz.phase.name === 'ended') return stepClosed(quiz);
  const already = Object.hasOwn(quiz.players, user);
  return stepWith(already ? quiz : addPlayer(quiz, user, name), { is: 'joined', already });
}

export function replaceQuestions(quiz: Quiz, questions: readonly Question[]): Step {
  if (quiz.phase.name !== 'lobby' || questions.length === 0) return stepClosed(quiz);
  return stepDone({
    ...quiz,
    questions: questions.map((question) => ({ ...question })),
    answers: questions.map(() => ({})),
  });
}

export function startOrCancel(quiz: Quiz, event: EventOf<'start' | 'cancel'>): Step {
  if (quiz.phase.name !== 'lobby') return stepClosed(quiz);
  if (!mayControl(quiz, event)) return stepWith(quiz, { is: 'not-host', host: quiz.host });
  return stepDone(event.type === 'start' ? postQuestion(quiz, 0, event.at) : endRound(quiz, 'cancelled'));
}
