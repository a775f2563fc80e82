/** Which round is where: a channel and its thread hold one group round, a member has one solo round in each home. */
import type { Quiz } from '../../core/quiz/quiz.ts';
import type { Live } from './live-round.ts';

export interface RoundPlaces {
  /** Takes the places of a round that is not over; at once, so that two commands at once cannot both begin. */
  reserve(quiz: Quiz): void;
  release(quiz: Quiz): void;
  /** The round that is being played in a channel or thread. */
  inChannel(channel: string): Live | undefined;
  soloOf(user: string, home: string): Live | undefined;
}

export const isOver = ({ phase }: Quiz): boolean => phase.name === 'ended';

export function createPlaces(lives: ReadonlyMap<string, Live>): RoundPlaces {
  /** Place → id of the round. */
  const taken = new Map<string, string>();
  const channelKey = (channel: string) => `channel ${channel}`;
  const soloKey = (user: string, home: string) => `solo ${home} ${user}`;
  const placesOf = ({ mode, channel, parent, home, host }: Quiz): readonly string[] =>
    mode === 'solo' ? [soloKey(host, home)] : [channel, ...(parent === undefined ? [] : [parent])].map(channelKey);
  const at = (place: string) => {
    const live = lives.get(taken.get(place) ?? '');
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
    soloOf: (user, home) => at(soloKey(user, home)),
  };
}
