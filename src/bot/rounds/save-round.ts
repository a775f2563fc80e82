/**
 * Saves rounds. Saving a large round takes milliseconds, but an answer changes only a few bytes. Therefore recent
 * answers are saved under a separate key, and the saved round is not changed. Any other change, except a new count on
 * the card of a question, and about every 64th answer cause the whole round to be saved. After a restart,
 * `withRecentAnswers` applies the recent answers to the saved round.
 */
import { isDeepStrictEqual } from 'node:util';
import { type Quiz, type QuizEvent, step } from '../../core/quiz/quiz.ts';
import type { Shown } from '../../core/quiz/shown.ts';
import type { Store } from '../../store/store.ts';
import type { LiveRound } from './live-round.ts';
import { recentAnswersKey, recentAnswersSchema, roundKey, type SavedRound, savedRoundSchema } from './saved-round.ts';

/** Maximum number of answers that are saved apart from their round. Each save writes all of them. */
const mostRecent = 64;

/**
 * Saves `quiz` as the new state of the round. `events` are the events that led from the old state to the new state, in
 * the order in which they were applied. Throws StoreError.
 */
export async function saveRound(
  store: Store,
  live: LiveRound,
  quiz: Quiz,
  events: readonly QuizEvent[],
): Promise<void> {
  const answers = recentAnswers(live, quiz, events);
  if (!answers) return saveWhole(store, live, quiz);
  await store.set(recentAnswersKey(quiz.id), { after: live.saves, answers });
  if (live.saved) live.saved = { ...live.saved, answers };
}

/**
 * All answers since the whole round was last saved, including those in `events`. Undefined if the whole round must be
 * saved.
 */
function recentAnswers({ saved, shown, quiz: old }: LiveRound, quiz: Quiz, events: readonly QuizEvent[]) {
  if (!saved || !isShownSaved(saved.shown, shown) || quiz.phase.name !== old.phase.name) return undefined;
  const answers = [...saved.answers, ...events.filter((event) => event.type === 'answer')];
  return answers.length === saved.answers.length + events.length && answers.length <= mostRecent ? answers : undefined;
}

/**
 * Whether `saved` and `shown` are equal, except for the field `running`. This field changes every few seconds, when the
 * card of an open question is edited. If the saved value is outdated, a restarted bot only edits this card once more.
 */
const isShownSaved = (saved: Shown, shown: Shown): boolean =>
  saved === shown || isDeepStrictEqual({ ...saved, running: '' }, { ...shown, running: '' });

async function saveWhole(store: Store, live: LiveRound, quiz: Quiz): Promise<void> {
  const { shown, drawing, saved } = live;
  // If this write fails, it is unknown whether the store contains the old round or the new round. Recent answers must
  // never be applied to the wrong one of the two. Therefore each attempt has a new number in `saves`. Because `saved`
  // is undefined after a failure, the next save also saves the whole round.
  live.saves++;
  live.saved = undefined;
  const round: SavedRound = { quiz, shown, saves: live.saves, ...(drawing && { drawing }) };
  await store.set(roundKey(quiz.id), round);
  // The recent answers are outdated now. They must be deleted, because they contain the ids and names of members.
  if (saved?.answers.length !== 0) await store.delete(recentAnswersKey(quiz.id));
  live.saved = { shown, answers: [] };
}

/** Reads a saved round, with its recent answers. Throws StoreError. */
export async function readRound(store: Store, id: string): Promise<SavedRound | undefined> {
  const round = await store.get(roundKey(id), savedRoundSchema);
  return round && withRecentAnswers(store, round);
}

/** Applies the recent answers to a round that was read from the store. Throws StoreError. */
export async function withRecentAnswers(store: Store, round: SavedRound): Promise<SavedRound> {
  const recent = await store.get(recentAnswersKey(round.quiz.id), recentAnswersSchema);
  // The process may have ended after it saved the whole round and before it deleted the recent answers. These answers
  // then have the number of an earlier save. They are ignored, because the saved round already contains them.
  if (recent?.after !== round.saves) return round;
  return { ...round, quiz: recent.answers.reduce((quiz, answer) => step(quiz, answer).quiz, round.quiz) };
}

/** Deletes a round. First deletes its recent answers, so that they never exist without a round. Throws StoreError. */
export async function deleteRound(store: Store, id: string): Promise<void> {
  await store.delete(recentAnswersKey(id));
  await store.delete(roundKey(id));
}
