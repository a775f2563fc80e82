/**
 * Stores which questions each member has been asked, in one value of limited size per member. Rounds prefer questions
 * that their players have not been asked.
 */
import { z } from 'zod';
import { shownQuestions } from '../../core/quiz/shown-questions.ts';
import { isDeletedPlayer } from '../../core/quiz/participants.ts';
import type { Quiz } from '../../core/quiz/quiz.ts';
import type { Store } from '../../store/store.ts';

/**
 * Maximum number of stored questions per member and pack. If there are more, the questions that were asked longest ago
 * are dropped and count as new again.
 */
const remembered = 1_000;
/** Maximum number of packs stored per member. If there are more, the packs of the latest rounds are kept. */
const packs = 20;

/**
 * A list of pairs: a pack id, and the ids of the questions asked, oldest first. The pack of the latest round comes
 * last.
 *
 * The value is a list, because the order of the packs matters. In an object, keys that look like integers, such as
 * "1921", would always come first. Early versions stored an object that maps pack ids to question ids.
 */
export const askedSchema = z.union([
  z.array(z.tuple([z.string(), z.array(z.string())])),
  z.record(z.string(), z.array(z.string())).transform((old) => Object.entries(old)),
]);
type Asked = z.output<typeof askedSchema>;

export interface QuestionHistory {
  /**
   * The ids of the questions of `pack` that were already asked to at least one of `users`. Questions that were asked to
   * fewer of these members come first. Throws StoreError.
   */
  known(users: readonly string[], pack: string): Promise<ReadonlySet<string>>;
  /**
   * Stores the questions of a round for each player. A second call for the same round has no effect. Throws StoreError.
   */
  note(quiz: Quiz): Promise<void>;
  /** Deletes the history of this member. Throws StoreError. */
  forget(user: string): Promise<void>;
}

export function createQuestionHistory(store: Store): QuestionHistory {
  const keyOf = (user: string) => `asked/${user}`;
  return {
    async known(users, pack) {
      const lists = await Promise.all(users.map((user) => store.get(keyOf(user), askedSchema)));
      const knowers = new Map<string, number>();
      for (const list of lists)
        for (const id of questionsOf(list ?? [], pack)) knowers.set(id, (knowers.get(id) ?? 0) + 1);
      return new Set([...knowers].toSorted(([, a], [, b]) => a - b).map(([id]) => id));
    },
    async note(quiz) {
      const asked = shownQuestions(quiz).flatMap((index) => quiz.questions[index]?.id ?? []);
      const players = Object.keys(quiz.players).filter((user) => !isDeletedPlayer(user));
      if (asked.length === 0) return;
      await Promise.all(
        players.map((user) => store.change(keyOf(user), askedSchema, (old = []) => more(old, quiz.pack, asked))),
      );
    },
    forget: (user) => store.delete(keyOf(user)),
  };
}

const questionsOf = (asked: Asked, pack: string): readonly string[] => asked.find(([id]) => id === pack)?.[1] ?? [];

function more(old: Asked, pack: string, asked: readonly string[]): Asked {
  const now = new Set(asked);
  const list = [...questionsOf(old, pack).filter((id) => !now.has(id)), ...now].slice(-remembered);
  const others = old.filter(([id]) => id !== pack);
  // Drops the packs at the beginning of the list, because they were used longest ago.
  return [...others, [pack, list] satisfies Asked[number]].slice(-packs);
}
