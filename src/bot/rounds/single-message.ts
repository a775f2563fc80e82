/**
 * The stage of a round whose bot may not post: the one message that answered the command, drawn again as the answer to
 * the newest use that brought a token for it. Every new card takes the place of the one before; there are no threads.
 */
import { type Channels, ChannelError } from '../ports/channels.ts';
import type { Clock } from '../../clock.ts';
import type { LiveRound } from './live-round.ts';

/**
 * Discord takes edits for 15 minutes after a use; without a new one by then the round ends in time to say so, in ms.
 * Nobody has pressed for 13 minutes by then: a press within the first minute of a token does not renew it.
 */
export const longestQuiet = 14 * 60_000;
/** A press renews the token once it is this old, in ms: only that press costs a message more than others. */
export const renewAfter = 60_000;

/** Throws ChannelError, as the channels do; a message that is gone closes the stage. */
export function singleMessageChannels(live: LiveRound, clock: Clock): Channels {
  async function draw(message: Parameters<Channels['post']>[1]): Promise<void> {
    if (!live.editReply) throw new ChannelError('failed', 'no use whose answer could be drawn again', undefined);
    try {
      await live.editReply(message);
    } catch (error) {
      if (error instanceof ChannelError && error.why === 'gone') throw new ChannelError('closed', error.message, error);
      throw error;
    }
  }
  return {
    async post(_, message) {
      await draw(message);
      return { id: live.quiz.lobby ?? '', at: clock.now() + live.skew };
    },
    edit: (_, __, message) => draw(message),
    async thread() {
      throw new ChannelError('forbidden', 'no threads without messages', undefined);
    },
  };
}
