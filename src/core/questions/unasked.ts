/**
 * Lists the entries that no question is about, in two groups. The first group contains entries about which questions
 * are not allowed, with the reason. The second group contains entries about which a question could still be written.
 */
import type { Pack } from '../pack/pack.ts';
import { isSpeculation } from '../pack/voice.ts';
import type { Bank } from './bank.ts';
import { answerOf } from './question.ts';

export interface Unasked {
  readonly never: readonly { readonly id: string; readonly reason: string }[];
  /** Ids of entries for which a question could be written but does not exist yet. */
  readonly notYet: readonly string[];
}

export function unasked(pack: Pack, { questions }: Bank): Unasked {
  const asked = new Set(questions.flatMap(({ about }) => about));
  // An entry is in neither group if its title is the right answer to a question.
  const answers = new Set(questions.map(answerOf));
  const rest = pack.entries
    .filter(({ id, title }) => !asked.has(id) && !answers.has(title))
    .map((entry) => ({
      id: entry.id,
      reason: entry.neverAsk ?? (isSpeculation(entry) ? entry.voice : undefined),
    }));
  return {
    never: rest.flatMap(({ id, reason }) => (reason === undefined ? [] : [{ id, reason }])),
    notYet: rest.flatMap(({ id, reason }) => (reason === undefined ? [id] : [])),
  };
}
