/**
 * Writes the scores of a round to the score store. Writing the same result twice has no effect. The round is deleted
 * from the store after its end has been shown and its scores have been written. A group round is then stored as the
 * latest round of its channel.
 */
import { owed, type Quiz, quizSchema, step } from '../../core/quiz/quiz.ts';
import { resultsOf } from '../../core/scores/scoring.ts';
import type { Log } from '../../log.ts';
import type { Store } from '../../store/store.ts';
import type { DiscordTime } from '../ports/discord-time.ts';
import type { Retries } from '../retries.ts';
import type { ScoreStore } from '../scores/score-store.ts';
import type { LiveRound } from './live-round.ts';
import type { QuestionHistory } from './question-history.ts';
import { deleteRound } from './save-round.ts';
import { lastRoundKey, lastRoundsPrefix } from './saved-round.ts';
import type { Dispatch } from './turns.ts';

export interface PayoutPorts {
  readonly store: Store;
  readonly retries: Retries;
  readonly time: DiscordTime;
  readonly scores: ScoreStore;
  readonly history: QuestionHistory;
  readonly log: Log;
  readonly dispatch: Dispatch;
  /** Called after the finished round was deleted from the store. */
  readonly onPutAway: (live: LiveRound) => void;
}

/** Maximum number of tries. Most retries have a delay of five minutes, so all tries together take about a day. */
const tries = 300;
/**
 * If scores could not be written for this long (ms), they are dropped. The limit must be less than 3 days, because the
 * score store remembers counted results for only 3 days. A later write could count a result twice.
 */
const longestOwed = 86_400_000;

/** Writes the scores that have not been written yet. Deletes the round if it has ended. Failures are retried. */
export function payOut(ports: PayoutPorts, live: LiveRound): void {
  if (live.isPutAway || (owed(live.quiz).length === 0 && !isFinished(live.quiz))) return;
  ports.retries.run(payoutKey(live), {
    what: 'a round could not be paid out or put away',
    tries,
    run: () => settle(ports, live),
  });
}

export const paidOut = ({ retries }: Pick<PayoutPorts, 'retries'>, live: LiveRound): Promise<void> =>
  retries.idle(payoutKey(live));

const payoutKey = ({ quiz }: LiveRound): string => `payout/${quiz.id}`;

/** Whether the round has ended and its end has been shown. */
const isFinished = ({ phase }: Quiz): boolean => phase.name === 'ended' && phase.shown;

async function settle(ports: PayoutPorts, live: LiveRound): Promise<void> {
  const { scores, dispatch, time, log } = ports;
  const due = owed(live.quiz);
  const last = due.at(-1);
  if (last !== undefined) {
    const isGivenUp = time.now() - live.quiz.at > longestOwed;
    if (isGivenUp)
      log.error({ round: live.quiz.id, questions: due.length }, 'points that were owed too long are given up');
    const payable = isGivenUp ? [] : due;
    const tried = await Promise.allSettled(payable.map((index) => scores.apply(resultsOf(live.quiz, index))));
    // All writes have been tried before this error is thrown, so one failed write does not prevent the other writes.
    for (const one of tried) if (one.status === 'rejected') throw one.reason;
    await dispatch(live, { type: 'settled', questions: last + 1, at: live.quiz.at });
  }
  if (isFinished(live.quiz) && owed(live.quiz).length === 0) await putAway(ports, live);
}

async function putAway({ store, history, onPutAway }: PayoutPorts, live: LiveRound): Promise<void> {
  await history.note(live.quiz);
  const { quiz } = live;
  const { mode, phase, parent, channel, id } = quiz;
  if (mode === 'group' && phase.name === 'ended' && phase.why !== 'cancelled')
    await store.change(lastRoundKey(parent ?? channel), quizSchema, (newer = quiz) =>
      // The scores of this round may have been written late. If a newer round of this channel is already stored, that
      // newer round stays stored.
      newer.id !== id && newer.at > quiz.at ? newer : live.quiz,
    );
  live.isPutAway = true;
  await deleteRound(store, id);
  onPutAway(live);
}

/** Reads the latest finished round of a channel. Throws StoreError. */
export const lastRoundOf = (store: Store, channel: string): Promise<Quiz | undefined> =>
  store.get(lastRoundKey(channel), quizSchema);

/** Removes a member from the stored latest round of every channel. Throws StoreError. */
export async function forgetInLastRounds(store: Store, user: string, at: number): Promise<void> {
  for await (const [key, quiz] of store.range(lastRoundsPrefix, quizSchema))
    if (step(quiz, { type: 'forget', user, at }).quiz !== quiz)
      await store.change(key, quizSchema, (latest = quiz) => step(latest, { type: 'forget', user, at }).quiz);
}
