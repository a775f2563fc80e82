/** Closes a question before its time: when all active players have answered, or in a race at the first right answer. */
import { answersTo, missesUntilInactive, type Quiz, timing } from './round.ts';

/** The round with an earlier closing time for its open question, if the answers allow one. */
export function closeEarly(quiz: Quiz, at: number): Quiz {
  const { phase } = quiz;
  if (phase.name !== 'asking' || phase.closesAt === undefined) return quiz;
  const winner = quiz.style === 'first' ? firstRight(quiz, phase.question) : undefined;
  // A race closes at the time of the first right answer. An earlier answer may still arrive during `timing.drain`.
  if (winner) return { ...quiz, phase: { ...phase, closesAt: Math.min(phase.closesAt, winner.at) } };
  if (!everyoneAnswered(quiz, phase.question)) return quiz;
  const closesAt = Math.min(phase.closesAt, Math.max(at, phase.opensAt + timing.earliestClose));
  return { ...quiz, phase: { ...phase, closesAt } };
}

/** Who gave the first right answer to a question, and when. */
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
