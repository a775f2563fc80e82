/**
 * Pays out what a round owes and puts the round away. Results are written once per member and question, however often
 * that is tried. A round that is over, shown and owes nothing becomes the last one of its channel.
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
import { lastRoundKey, lastRoundsPrefix, roundKey } from './saved-round.ts';
import type { Dispatch } from './turns.ts';

export interface PayoutPorts {
  readonly store: Store;
  readonly retries: Retries;
  readonly time: DiscordTime;
  readonly scores: ScoreStore;
  readonly history: QuestionHistory;
  readonly log: Log;
  readonly dispatch: Dispatch;
  /** The round has been put away. */
  readonly onPutAway: (live: LiveRound) => void;
}

/** About a day of tries, the last ones five minutes apart. */
const tries = 300;
/** A round that owes points for longer gives them up, in ms: members' values guard against a second payout for 3 days. */
const longestOwed = 86_400_000;

/** Pays what is owed now, and puts the round away when it is over. Failures are tried again. */
export function payOut(ports: PayoutPorts, live: LiveRound): void {
  if (owed(live.quiz).length === 0 && !isFinished(live.quiz)) return;
  ports.retries.run(payoutKey(live), {
    what: 'a round could not be paid out or put away',
    tries,
    run: () => settle(ports, live),
  });
}

export const paidOut = ({ retries }: Pick<PayoutPorts, 'retries'>, live: LiveRound): Promise<void> =>
  retries.idle(payoutKey(live));

const payoutKey = ({ quiz }: LiveRound): string => `payout/${quiz.id}`;

/** Over, and shown to the end. */
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
    // One question that cannot be paid keeps nobody from the points of the others.
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
      // A round whose payout was late must not replace a newer one. The same round is replaced by its latest state.
      newer.id !== id && newer.at > quiz.at ? newer : live.quiz,
    );
  live.isPutAway = true;
  await store.delete(roundKey(id));
  onPutAway(live);
}

/** The last round of a channel that is over. Throws StoreError. */
export const lastRoundOf = (store: Store, channel: string): Promise<Quiz | undefined> =>
  store.get(lastRoundKey(channel), quizSchema);

/** Takes a member out of the rounds that are over. Throws StoreError. */
export async function forgetInLastRounds(store: Store, user: string, at: number): Promise<void> {
  for await (const [key, quiz] of store.range(lastRoundsPrefix, quizSchema))
    if (step(quiz, { type: 'forget', user, at }).quiz !== quiz)
      await store.change(key, quizSchema, (latest = quiz) => step(latest, { type: 'forget', user, at }).quiz);
}
