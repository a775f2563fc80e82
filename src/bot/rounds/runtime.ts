/** The state and the interfaces that all modules in this folder share. */
import type { CommandContext } from '../../chat/command-context.ts';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { Store } from '../../store/store.ts';
import type { Alarms } from '../alarms.ts';
import type { DiscordTime } from '../ports/discord-time.ts';
import type { ServerPacks } from '../packs/server-packs.ts';
import type { Channels } from '../ports/channels.ts';
import type { ShardOwner } from '../ports/shard-owner.ts';
import type { Retries } from '../retries.ts';
import type { ScoreStore } from '../scores/score-store.ts';
import type { LiveRound } from './live-round.ts';
import type { SumsStore } from '../reports/sums-store.ts';
import type { QuestionHistory } from './question-history.ts';
import type { RoundPlaces } from './round-places.ts';
import type { Dispatch } from './turns.ts';

/**
 * A receipt is the reply to an interaction. It can be edited and deleted with the functions of this interaction.
 * `question` is the index of the question that was answered.
 */
export interface Receipt extends Pick<CommandContext, 'editReply' | 'deleteReply'> {
  readonly question: number;
  /** Whether the receipt already says if the answer was right. */
  readonly hasVerdict?: true;
}

/** A private card with host controls. `message` is its id. */
export interface ControlsCard extends Pick<CommandContext, 'deleteReply'> {
  readonly message: string;
}

export interface Runtime {
  readonly store: Store;
  readonly clock: Clock;
  readonly time: DiscordTime;
  readonly alarms: Alarms;
  readonly retries: Retries;
  readonly channels: Channels;
  readonly packs: ServerPacks;
  readonly scores: ScoreStore;
  readonly history: QuestionHistory;
  readonly sums: Pick<SumsStore, 'note'>;
  readonly owner: ShardOwner;
  readonly log: Log;
  /**
   * Returns a seed that members cannot guess. The seed must not come from the id of an interaction, because members
   * could then compute the questions.
   */
  readonly randomSeed: () => number;
  /** The rounds in memory, by id. */
  readonly rounds: Map<string, LiveRound>;
  readonly places: RoundPlaces;
  /** The newest receipts of answers, by round and player. */
  readonly receipts: Map<string, Map<string, Receipt>>;
  /** The newest cards with host controls, by round and member: the key is `ROUND/MEMBER`. */
  readonly controls: Map<string, ControlsCard>;
  /** Applies an event to a round and saves the result. */
  readonly dispatch: Dispatch;
  /** Sets the alarm of a round, renders the round and writes its scores. Called after a round was opened or resumed. */
  readonly wake: (live: LiveRound) => void;
  /**
   * `open`: new rounds are accepted. `stopping`: new rounds are refused, but open questions may end. `closed`: no new
   * work starts.
   */
  state: 'open' | 'stopping' | 'closed';
}

/** Adds a round to memory and reserves its channel, thread or member (see {@link RoundPlaces}). */
export function register({ rounds, places }: Runtime, live: LiveRound): LiveRound {
  rounds.set(live.quiz.id, live);
  places.reserve(live.quiz);
  return live;
}

export function unregister({ rounds, places, alarms }: Runtime, { quiz }: LiveRound): void {
  rounds.delete(quiz.id);
  places.release(quiz);
  for (const key of [
    quiz.id,
    `quiet/${quiz.id}`,
    `token/${quiz.id}/followUp`,
    `token/${quiz.id}/editReply`,
    `render/${quiz.id}/next`,
  ])
    alarms.clear(key);
}
