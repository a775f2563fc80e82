/**
 * Writes the scores of a round to the score store. If the same result is written again, the second write has no effect.
 * When the scores have been written and the end of the round has been shown, the round is deleted from the rounds in
 * progress. Before the deletion, a group round is stored as the latest round of its channel, unless it was cancelled.
 */
import { owed, type Quiz } from '../../core/quiz/quiz.ts';
import { resultsOf } from '../../core/scores/scoring.ts';
import type { Log } from '../../log.ts';
import type { Channels } from '../ports/channels.ts';
import type { ScoreStore } from '../scores/score-store.ts';
import { aboutRound } from './about-round.ts';
import type { LiveRound } from './live-round.ts';
import type { QuestionHistory } from './question-history.ts';
import type { SumsStore } from '../reports/sums-store.ts';
import { keepLastRound, type LastRoundPorts } from './last-rounds.ts';
import { deleteRound } from './save-round.ts';
import type { Dispatch } from './turns.ts';

export interface PayoutPorts extends LastRoundPorts {
  readonly scores: ScoreStore;
  readonly history: QuestionHistory;
  readonly sums: Pick<SumsStore, 'note'>;
  readonly log: Log;
  readonly channels: Pick<Channels, 'shardOf'>;
  readonly dispatch: Dispatch;
  /** Called after the finished round was deleted from the store. */
  readonly onArchived: (live: LiveRound) => void;
}

/** Maximum number of tries. Most retries have a delay of five minutes, so all tries together take about a day. */
const tries = 300;
/**
 * If scores could not be written for this long (ms), they are dropped. The limit must be less than 3 days, because the
 * score store remembers counted results for only 3 days. After that time, it could count a result twice.
 */
const longestOwed = 86_400_000;

/**
 * Writes the scores that have not been written yet. Then deletes the round if it has ended and its end has been shown.
 * Failures are retried.
 */
export function payOut(ports: PayoutPorts, live: LiveRound): void {
  if (live.isArchived || (owed(live.quiz).length === 0 && !isFinished(live.quiz))) return;
  ports.retries.run(payoutKey(live), {
    what: 'a round could not be paid out or put away',
    about: aboutRound(ports, live.quiz),
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
      log.error(
        { ...aboutRound(ports, live.quiz), questions: due.length },
        'points that were owed too long are given up',
      );
    const payable = isGivenUp ? [] : due;
    const tried = await Promise.allSettled(payable.map((index) => scores.apply(resultsOf(live.quiz, index))));
    // The error of a failed write is thrown only now, after all writes have ended, so it does not prevent the others.
    const reduced = tried.flatMap((one) => {
      if (one.status === 'rejected') throw one.reason;
      return one.value;
    });
    await dispatch(live, { type: 'settled', questions: last + 1, reduced, at: live.quiz.at });
  }
  if (isFinished(live.quiz) && owed(live.quiz).length === 0) await archiveRound(ports, live);
}

/**
 * Adds the finished round to the question history and to the answer counts. Stores a group round as the latest round of
 * its channel, unless it was cancelled. Then deletes the round from the rounds in progress.
 */
async function archiveRound(ports: PayoutPorts, live: LiveRound): Promise<void> {
  const { store, history, sums, onArchived } = ports;
  await history.note(live.quiz);
  await sums.note(live.quiz);
  const { quiz } = live;
  const { mode, phase, id } = quiz;
  if (mode === 'group' && phase.name === 'ended' && phase.why !== 'cancelled')
    await keepLastRound(ports, quiz, () => live.quiz);
  live.isArchived = true;
  await deleteRound(store, id);
  onArchived(live);
}
