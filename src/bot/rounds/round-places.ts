/** Which round is where: a channel and its thread hold one group round, a member has one solo round in each scope. */
import type { Quiz } from '../../core/quiz/quiz.ts';
import type { LiveRound } from './live-round.ts';
import { isOver } from './saved-round.ts';

export interface RoundPlaces {
  /** Takes the places of a round that is not over; at once, so that two commands at once cannot both begin. */
  reserve(quiz: Quiz): void;
  release(quiz: Quiz): void;
  /** The round that is being played in a channel or thread. */
  inChannel(channel: string): LiveRound | undefined;
  soloOf(user: string, scope: string): LiveRound | undefined;
}

export function createPlaces(liveRounds: ReadonlyMap<string, LiveRound>): RoundPlaces {
  /** Place → id of the round. */
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
