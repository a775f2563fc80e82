/** When a question closes before its time: everybody awaited has answered, or a race has its first right answer. */
import { answersTo, missesUntilInactive, type Quiz, timing } from './round.ts';

/** The same round with its running question closed, where what was answered asks for that. */
export function closeEarly(quiz: Quiz, at: number): Quiz {
  const { phase } = quiz;
  if (phase.name !== 'asking' || phase.closesAt === undefined) return quiz;
  const winner = quiz.style === 'first' ? firstRight(quiz, phase.question) : undefined;
  // A race ends at the stamp of the first right answer; whoever was earlier may still arrive in the drain.
  if (winner) return { ...quiz, phase: { ...phase, closesAt: Math.min(phase.closesAt, winner.at) } };
  if (!everyoneAnswered(quiz, phase.question)) return quiz;
  const closesAt = Math.min(phase.closesAt, Math.max(at, phase.opensAt + timing.earliestClose));
  return { ...quiz, phase: { ...phase, closesAt } };
}

/** Who gave the right answer first, and when. */
export function firstRight(quiz: Quiz, question: number): { readonly user: string; readonly at: number } | undefined {
  let first: { user: string; at: number } | undefined;
  for (const [user, { option, at }] of Object.entries(answersTo(quiz, question)))
    if (option === quiz.questions[question]?.right && (!first || at < first.at)) first = { user, at };
  return first;
}

/** Everybody the round still waits for has answered. */
function everyoneAnswered(quiz: Quiz, question: number): boolean {
  const answers = answersTo(quiz, question);
  return Object.entries(quiz.players).every(
    ([user, { misses }]) => misses >= missesUntilInactive || Object.hasOwn(answers, user),
  );
}
