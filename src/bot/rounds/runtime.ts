/** What the parts of the round runtime share: the rounds of this process and the ports they act through. */
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { Store } from '../../store/store.ts';
import type { Alarms } from '../alarms.ts';
import type { DiscordTime } from '../ports/discord-time.ts';
import type { PackByGuild } from '../packs/pack-by-guild.ts';
import type { Channels } from '../ports/channels.ts';
import type { Retries } from '../retries.ts';
import type { ScoreStore } from '../scores/score-store.ts';
import type { LiveRound } from './live-round.ts';
import type { QuestionHistory } from './question-history.ts';
import type { RoundPlaces } from './round-places.ts';
import type { Dispatch } from './turns.ts';

export interface Runtime {
  readonly store: Store;
  readonly clock: Clock;
  readonly time: DiscordTime;
  readonly alarms: Alarms;
  readonly retries: Retries;
  readonly channels: Channels;
  readonly packs: PackByGuild;
  readonly scores: ScoreStore;
  readonly history: QuestionHistory;
  readonly log: Log;
  /** A seed that nobody can guess: members see the ids of interactions and could compute a round from them. */
  readonly randomSeed: () => number;
  /** Id → the round. */
  readonly rounds: Map<string, LiveRound>;
  readonly places: RoundPlaces;
  /** Plays an event in a round. */
  readonly dispatch: Dispatch;
  /** Sets the alarm of a round that has just been opened or taken up, and acts on it. */
  readonly wake: (live: LiveRound) => void;
  /** open: takes new rounds; stopping: takes none, lets questions end; closed: nothing starts any more. */
  state: 'open' | 'stopping' | 'closed';
}

/** Adds a round of this process and takes its places. */
export function register({ rounds, places }: Runtime, live: LiveRound): LiveRound {
  rounds.set(live.quiz.id, live);
  places.reserve(live.quiz);
  return live;
}

export function unregister({ rounds, places, alarms }: Runtime, { quiz }: LiveRound): void {
  rounds.delete(quiz.id);
  places.release(quiz);
  for (const key of [quiz.id, `quiet/${quiz.id}`, `token/${quiz.id}`, `render/${quiz.id}/next`]) alarms.clear(key);
}
