/**
 * Tracks where rounds are played. A channel or thread has at most one group round; a round in a thread also blocks the
 * parent channel. A member has at most one solo round per scope (a server, or a private conversation).
 */
import type { Quiz } from '../../core/quiz/quiz.ts';
import type { LiveRound } from './live-round.ts';
import { isOver } from './saved-round.ts';

export interface RoundPlaces {
  /** Occupies the places of a round unless it is over. Synchronous, so two concurrent commands cannot both succeed. */
  reserve(quiz: Quiz): void;
  release(quiz: Quiz): void;
  /** The group round that is being played in this channel or thread. */
  inChannel(channel: string): LiveRound | undefined;
  soloOf(user: string, scope: string): LiveRound | undefined;
}

export function createPlaces(liveRounds: ReadonlyMap<string, LiveRound>): RoundPlaces {
  /** Key of an occupied place → id of its round. */
  const taken = new Map<string, string>();
  const channelKey = (channel: string) => `channel ${channel}`;
  const soloKey = (user: string, scope: string) => `solo ${scope} ${user}`;
  const placesOf = ({ mode, channel, parent, scope, host }: Quiz): readonly string[] =>
    mode === 'solo' ? [soloKey(host, scope)] : [channel, ...(parent === undefined ? [] : [parent])].map(channelKey);
  const at = (place: string) => {
    const live = liveRounds.get(taken.get(place) ?? '');
    return live && !isOver(live.quiz) ? live : undefined;
  };
  return {
    reserve(quiz) {
      if (!isOver(quiz)) for (const place of placesOf(quiz)) taken.set(place, quiz.id);
    },
    release(quiz) {
      for (const place of placesOf(quiz)) if (taken.get(place) === quiz.id) taken.delete(place);
    },
    inChannel: (channel) => at(channelKey(channel)),
    soloOf: (user, scope) => at(soloKey(user, scope)),
  };
}
