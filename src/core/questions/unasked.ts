/**
 * Lists the entries that no question is about: entries that must not be asked about, with the reason, and entries that
 * nobody has written a question for yet.
 */
import type { Pack } from '../pack/pack.ts';
import { isSpeculation } from '../pack/voice.ts';
import type { Bank } from './bank.ts';
import { answerOf } from './question.ts';

export interface Unasked {
  readonly never: readonly { readonly id: string; readonly reason: string }[];
  /** Ids of entries that questions could be written about. */
  readonly notYet: readonly string[];
}

export function unasked(pack: Pack, { questions }: Bank): Unasked {
  const asked = new Set(questions.flatMap(({ about }) => about));
  // An entry whose title is the right answer of a question counts as asked about, too.
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
