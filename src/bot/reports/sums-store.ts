/**
 * Stores how often each question was asked in each server, how often it was answered right, and how often each wrong
 * option was chosen. These counts are called sums. Each question has a value of its own in each server. The questions
 * of a round are added when the round has ended.
 */
import { privateScope } from '../ports/shard-owner.ts';
import type { Quiz } from '../../core/quiz/quiz.ts';
import { addedSums, askedQuestions, type QuestionSums, questionSumsSchema } from '../../core/reports/question-sums.ts';
import { storedId } from '../../core/scores/stored-ids.ts';
import type { Store } from '../../store/store.ts';

export const sumsPrefix = 'sums/';
/** `id` is the stored id of the question (see `storedId`). */
const sumsKey = (server: string, id: string): string => `${sumsPrefix}${server}/${id}`;

export interface SumsStore {
  /** Adds a finished round. A second call for the same round has no effect. Throws StoreError. */
  note(quiz: Quiz): Promise<void>;
  /** The sums of a question with this stored id. Throws StoreError. */
  read(server: string, id: string): Promise<QuestionSums | undefined>;
}

export function createSumsStore(store: Store): SumsStore {
  return {
    async note(quiz) {
      // Only members who manage a server see sums, so nothing is added in private conversations. Rounds from older
      // versions of the bot are left out, because they do not contain the id of their pack.
      if (quiz.scope.startsWith(privateScope) || quiz.pack === '') return;
      const asked = askedQuestions(quiz).filter(({ answers }) => answers.length > 0);
      if (asked.length === 0) return;
      const keys = asked.map(({ id }) => sumsKey(quiz.scope, storedId(quiz.pack, id)));
      await store.changeMany(keys, questionSumsSchema, (old, index) => {
        const one = asked[index];
        if (!one) throw new TypeError('there is a question for each key');
        return addedSums(old, one);
      });
    },
    read: (server, id) => store.get(sumsKey(server, id), questionSumsSchema),
  };
}

/** Deletes the sums of all questions of a pack that a server added. `key` is the key of the pack. Throws StoreError. */
export async function deleteSumsOfPack(store: Store, server: string, key: string): Promise<number> {
  const keys = await store.keys(`${sumsPrefix}${server}/${key}/`, '');
  for (const one of keys) await store.delete(one);
  return keys.length;
}
