/**
 * Ensures that rounds do not overlap. A channel or thread has at most one group round. A round in a thread also
 * occupies the parent channel. In each server or private conversation, a member has at most one solo round.
 */
import type { Quiz } from '../../core/quiz/quiz.ts';
import type { LiveRound } from './live-round.ts';
import { isOver } from './saved-round.ts';

export interface RoundPlaces {
  /**
   * Reserves the channel or thread of a group round, so that no second group round can open there. Reserves the member
   * of a solo round, so that this member cannot open a second solo round. Does nothing if the round has ended. The
   * function is synchronous so that two concurrent commands cannot both succeed.
   */
  reserve(quiz: Quiz): void;
  release(quiz: Quiz): void;
  /** The group round that is running in this channel or thread, if any. */
  inChannel(channel: string): LiveRound | undefined;
  soloOf(user: string, scope: string): LiveRound | undefined;
}

export function createPlaces(liveRounds: ReadonlyMap<string, LiveRound>): RoundPlaces {
  /** A map from the key of each reserved channel, thread or member to the id of the round. */
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
      // All places with the round's id are released. The places in `quiz` are not sufficient: if the round has moved
      // out of a thread, `quiz` no longer contains the thread.
      for (const [place, id] of taken) if (id === quiz.id) taken.delete(place);
    },
    inChannel: (channel) => at(channelKey(channel)),
    soloOf: (user, scope) => at(soloKey(user, scope)),
  };
}
