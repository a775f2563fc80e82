/**
 * The time for which a stored round keeps the answers of its players. After this time, only sums such as points and
 * numbers of right answers are kept, in the scores of the members.
 */
import type { Quiz } from './round.ts';

/** A day, in ms. */
const answersKept = 86_400_000;

/**
 * The time at which the stored round must be deleted, in ms since the epoch. This is one day after the first answer. If
 * nobody has answered, this is one day after the latest change.
 */
export function answersKeptUntil({ answers, at }: Quiz): number {
  let first = at;
  for (const all of answers) for (const given of Object.values(all)) first = Math.min(first, given.at);
  return first + answersKept;
}
