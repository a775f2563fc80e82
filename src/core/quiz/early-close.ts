/**
 * Closes a question before its time is up. A question closes early when all active players have answered. In style
 * `first` a question also closes early when somebody has answered correctly.
 */
import { answersTo, type Quiz } from './round.ts';
import { missesUntilInactive, timing } from './timing.ts';

/** Sets an earlier closing time for the open question if somebody has won it or if all active players have answered. */
export function closeEarly(quiz: Quiz, at: number): Quiz {
  const { phase } = quiz;
  if (phase.name !== 'asking' || phase.closesAt === undefined) return quiz;
  const winner = quiz.style === 'first' ? firstRight(quiz, phase.question) : undefined;
  // In style `first` the question closes at the timestamp of the first right answer. After that, the round waits for
  // `timing.drain`, because a right answer with an earlier timestamp may still arrive.
  if (winner) return { ...quiz, phase: { ...phase, closesAt: Math.min(phase.closesAt, winner.at) } };
  if (!everyoneAnswered(quiz, phase.question)) return quiz;
  const closesAt = Math.min(phase.closesAt, Math.max(at, phase.opensAt + timing.earliestClose));
  return { ...quiz, phase: { ...phase, closesAt } };
}

/** The player who gave the first right answer to a question, and the timestamp of this answer. */
export function firstRight(quiz: Quiz, question: number): { readonly user: string; readonly at: number } | undefined {
  let first: { user: string; at: number } | undefined;
  for (const [user, { option, at }] of Object.entries(answersTo(quiz, question)))
    if (option === quiz.questions[question]?.right && (!first || at < first.at)) first = { user, at };
  return first;
}

/** Whether all active players have answered. */
function everyoneAnswered(quiz: Quiz, question: number): boolean {
  const answers = answersTo(quiz, question);
  return Object.entries(quiz.players).every(
    ([user, { misses }]) => misses >= missesUntilInactive || Object.hasOwn(answers, user),
  );
}
