/**
 * What a round owes, and what is left of it. Results are written once per member and question, however often it is tried;
 * a round that has ended, been shown and owes nothing is put away as the last one of its channel.
 */
import type { QuestionHistory } from './question-history.ts';
import type { Clock } from '../../clock.ts';
import { owed, type Quiz, type QuizEvent, quizSchema, step } from '../../core/quiz/quiz.ts';
import { resultsOf } from '../../core/scores/scoring.ts';
import type { LiveRound } from './live-round.ts';
import type { Log } from '../../log.ts';
import type { ScoreStore } from '../scores/score-store.ts';
import type { Store } from '../../store/store.ts';

/** After a failed payment, the next attempt, in ms. */
const retryAfter = 3_000;

/** Where a round that is being played is kept. */
export const roundKey = (id: string): string => `round/${id}`;
/** The last round of a channel, for whoever looks back. */
const lastKey = (channel: string): string => `over/${channel}`;

export interface Payouts {
  /** Writes what a round owes, and puts the round away when it is all over. Failures are logged and tried again. */
  pay(live: LiveRound): void;
  /** The last round of a channel that is over. Throws StoreError. */
  lastOf(channel: string): Promise<Quiz | undefined>;
  /** Takes a member out of the rounds that are over. Throws StoreError. */
  forget(user: string, at: number): Promise<void>;
}

interface Ports {
  readonly store: Store;
  readonly clock: Clock;
  readonly scores: ScoreStore;
  readonly asked: QuestionHistory;
  readonly log: Log;
  readonly turn: (live: LiveRound, event: QuizEvent) => Promise<unknown>;
  readonly isClosing: () => boolean;
  /** The channel is free for another round. */
  readonly release: (quiz: Quiz) => void;
  /** The round has been put away. */
  readonly drop: (id: string) => void;
}

export function createPayouts({ store, clock, scores, asked, log, turn, isClosing, release, drop }: Ports): Payouts {
  function pay(live: LiveRound): void {
    const due = owed(live.quiz);
    const last = due.at(-1);
    if (last === undefined) return retire(live);
    if (live.paying) return;
    live.paying = (async () => {
      try {
        const tried = await Promise.allSettled(due.map((index) => scores.apply(resultsOf(live.quiz, index))));
        // A question that cannot be paid in full keeps nobody from what the others brought.
        for (const one of tried) if (one.status === 'rejected') throw one.reason;
        live.paying = undefined;
        await turn(live, { type: 'settled', questions: last + 1, at: live.quiz.at });
      } catch (error) {
        live.paying = undefined;
        log.error({ err: error, round: live.quiz.id }, 'points could not be written yet; they stay owed');
        if (!isClosing()) clock.alarm(clock.now() + retryAfter, () => void (isClosing() || pay(live)));
      }
    })();
  }

  function retire(live: LiveRound): void {
    const { phase, mode, id } = live.quiz;
    if (phase.name !== 'ended' || !phase.shown || owed(live.quiz).length > 0) return;
    release(live.quiz);
    live.retiring ??= (async () => {
      try {
        await asked.note(live.quiz);
        const { parent, channel } = live.quiz;
        if (mode === 'group' && phase.why !== 'cancelled') await store.set(lastKey(parent ?? channel), live.quiz);
        await store.delete(roundKey(id));
      } catch (error) {
        // It is settled and shown; the next start finds that out again and puts it away.
        log.warn({ err: error, round: id }, 'a finished round could not be put away');
      }
      drop(id);
    })();
  }

  return {
    pay,
    lastOf: (channel) => store.get(lastKey(channel), quizSchema),
    async forget(user, at) {
      for await (const [key, quiz] of store.range(lastKey(''), quizSchema)) {
        const without = step(quiz, { type: 'forget', user, at }).quiz;
        if (without !== quiz) await store.set(key, without);
      }
    },
  };
}
