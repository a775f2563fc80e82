/**
 * Applies the changes of one server to a pack. The changed pack lacks the questions and entries that the server has
 * retired, and also those that are set aside because enough members have reported them. It contains the server's
 * wording of questions and the server's notes. All servers share the original pack and its indexes, which do not
 * change.
 */
import { factsWithout } from '../../core/pack/facts-without.ts';
import type { Bank } from '../../core/questions/bank.ts';
import { mendedQuestion } from '../../core/reports/mend-question.ts';
import { questionVersion } from '../../core/reports/question-sums.ts';
import type { Mend, Reported } from '../../core/reports/reported-items.ts';
import { idInPack } from '../../core/scores/stored-ids.ts';
import type { ServedPack } from '../packs/pack-by-guild.ts';

/** Returns `served` itself if the server has no changes in this pack. */
export function changedPack(served: ServedPack, { items }: Reported): ServedPack {
  const { id } = served.facts.pack;
  const entries = new Set<string>();
  const questions = new Set<string>();
  const mends = new Map<string, Mend>();
  const notes = new Map<string, string>();
  for (const { kind, id: stored, isRetired, isSetAside, mend, note } of items) {
    const own = idInPack(id, stored);
    if (own === undefined) continue;
    if (isRetired || isSetAside) (kind === 'entry' ? entries : questions).add(own);
    else if (mend) mends.set(own, mend);
    else if (note !== undefined) notes.set(own, note);
  }
  if (entries.size + questions.size + mends.size + notes.size === 0) return served;
  const bank = changedBank(served.bank, entries, questions, mends);
  const asked = new Set(bank.questions.flatMap(({ about }) => about));
  return {
    ...served,
    facts: { ...factsWithout(served.facts, entries), ...(notes.size > 0 && { noteOn: (entry) => notes.get(entry) }) },
    hasQuestions: (entry) => asked.has(entry),
    bank,
    drawRound: (options) => served.drawRound({ ...options, bank }),
  };
}

function changedBank(
  bank: Bank,
  entries: ReadonlySet<string>,
  questions: ReadonlySet<string>,
  mends: ReadonlyMap<string, Mend>,
): Bank {
  const spares = new Map(bank.spares);
  const changed = bank.questions
    .filter(({ id, about }) => !questions.has(id) && !about.some((entry) => entries.has(entry)))
    .map((question) => {
      const mend = mends.get(question.id);
      // The server's wording belongs to one version of the question. If the pack now has another version, the wording
      // of the pack is used.
      if (!mend || mend.of !== questionVersion(question)) return question;
      const mended = mendedQuestion(question, mend);
      spares.set(question.id, mended.spares);
      return mended.question;
    });
  return { ...bank, questions: changed, spares };
}
