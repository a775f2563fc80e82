/**
 * How long a round may keep who chose which option. Afterwards only the counts in the scores of the members are left,
 * such as points and numbers of right answers.
 */
import type { Quiz } from './round.ts';

/** A day, in ms. */
const answersKept = 86_400_000;

/**
 * The time at which the round must be deleted, in ms since the epoch: a day after its first answer. If nobody has
 * answered, a day after the latest change.
 */
export function answersKeptUntil({ answers, at }: Quiz): number {
  let first = at;
  for (const all of answers) for (const given of Object.values(all)) first = Math.min(first, given.at);
  return first + answersKept;
}
