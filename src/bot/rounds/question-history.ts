/** Which questions each member has been asked, so that rounds prefer others: one value per member, bounded. */
import { z } from 'zod';
import { shownQuestions } from '../../core/quiz/shown-questions.ts';
import { isDeletedPlayer } from '../../core/quiz/participants.ts';
import type { Quiz } from '../../core/quiz/quiz.ts';
import type { Store } from '../../store/store.ts';

/** The latest questions of a pack that are remembered; a pack with more is new again before it is through. */
const remembered = 1_000;
/** Packs remembered, the latest ones. */
const packs = 20;

/** Pack → ids of questions, the oldest first. */
const askedSchema = z.record(z.string(), z.array(z.string()));

export interface QuestionHistory {
  /** Questions of `pack` that some of these members know; those that fewest know first. Throws StoreError. */
  known(users: readonly string[], pack: string): Promise<ReadonlySet<string>>;
  /** Notes what everybody in a round was asked; doing it twice changes nothing. Throws StoreError. */
  note(quiz: Quiz): Promise<void>;
  /** Throws StoreError. */
  forget(user: string): Promise<void>;
}

export function createQuestionHistory(store: Store): QuestionHistory {
  const keyOf = (user: string) => `asked/${user}`;
  return {
    async known(users, pack) {
      const lists = await Promise.all(users.map((user) => store.get(keyOf(user), askedSchema)));
      const knowers = new Map<string, number>();
      for (const list of lists) for (const id of list?.[pack] ?? []) knowers.set(id, (knowers.get(id) ?? 0) + 1);
      return new Set([...knowers].toSorted(([, a], [, b]) => a - b).map(([id]) => id));
    },
    async note(quiz) {
      const asked = shownQuestions(quiz).flatMap((index) => quiz.questions[index]?.id ?? []);
      const players = Object.keys(quiz.players).filter((user) => !isDeletedPlayer(user));
      if (asked.length === 0) return;
      await Promise.all(
        players.map((user) => store.change(keyOf(user), askedSchema, (old = {}) => more(old, quiz.pack, asked))),
      );
    },
    forget: (user) => store.delete(keyOf(user)),
  };
}

function more(old: z.output<typeof askedSchema>, pack: string, asked: readonly string[]): z.output<typeof askedSchema> {
  const { [pack]: before = [], ...others } = old;
  const now = new Set(asked);
  const list = [...before.filter((id) => !now.has(id)), ...now].slice(-remembered);
  // The newest pack stands last.
  return Object.fromEntries([...Object.entries(others), [pack, list] as const].slice(-packs));
}
