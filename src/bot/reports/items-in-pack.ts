/** Finds the questions and entries of a pack, and applies the server's wording to a question. */
import type { ItemName } from '../../chat/reports/reports.ts';
import type { Bank } from '../../core/questions/bank.ts';
import type { Question } from '../../core/questions/question.ts';
import { mendedQuestion } from '../../core/reports/mend-question.ts';
import { questionVersion } from '../../core/reports/question-sums.ts';
import type { ReportedItem } from '../../core/reports/reported-items.ts';
import type { ServedPack } from '../packs/pack-by-guild.ts';

const knownBanks = new WeakMap<Bank, ReadonlyMap<string, Question>>();

/** Maps the id of each question of the bank to the question. The map is cached. */
export function questionsById(bank: Bank): ReadonlyMap<string, Question> {
  const known = knownBanks.get(bank) ?? new Map(bank.questions.map((question) => [question.id, question]));
  knownBanks.set(bank, known);
  return known;
}

export const hasItem = ({ facts, bank }: ServedPack, kind: ItemName['kind'], id: string): boolean =>
  kind === 'entry' ? facts.entry(id) !== undefined : questionsById(bank).has(id);

export const questionIn = ({ bank }: ServedPack, id: string): Question | undefined => questionsById(bank).get(id);

/**
 * The question with the server's wording, if the server has changed the wording of this version of the question.
 * Otherwise the question of the pack. `spares` are additional wrong answers, which a round may draw, too.
 */
export function wordingNow(
  served: ServedPack,
  id: string,
  item: Pick<ReportedItem, 'mend'> | undefined,
): { readonly question: Question; readonly spares: readonly string[] } | undefined {
  const original = questionIn(served, id);
  if (!original) return undefined;
  const used = item?.mend && item.mend.of === questionVersion(original) ? item.mend : undefined;
  return used ? mendedQuestion(original, used) : { question: original, spares: served.bank.spares?.get(id) ?? [] };
}
