/**
 * Channels for a round whose bot may not post: every card takes the place of the one before, in the message that
 * answered the command, by the token of the newest interaction with it. There are no threads.
 */
import type { DiscordTime } from '../ports/discord-time.ts';
import { ChannelError, type Channels } from '../ports/channels.ts';
import type { LiveRound } from './live-round.ts';

/**
 * A token lives for 15 minutes. Without a press by then the round ends in time to say so, in ms. By then nobody has
 * pressed for 13 minutes, as a press within the first minute of a token does not renew it.
 */
export const longestQuiet = 14 * 60_000;
/** A press renews the token once it is this old, in ms; only that press costs one message more. */
export const renewAfter = 60_000;

/** Throws ChannelError; a message that is gone closes the channel. */
export function singleMessageChannels(live: LiveRound, time: DiscordTime): Channels {
  async function draw(message: Parameters<Channels['post']>[1]): Promise<{ at: number }> {
    const { editReply } = live.interaction;
    if (!editReply) throw new ChannelError('failed', 'no interaction whose reply could be edited', undefined);
    try {
      await editReply(message);
      return { at: time.now() };
    } catch (error) {
      if (error instanceof ChannelError && error.why === 'gone') throw new ChannelError('closed', error.message, error);
      throw error;
    }
  }
  return {
    post: async (_, message) => ({ id: live.quiz.lobby ?? '', ...(await draw(message)) }),
    edit: (_, __, message) => draw(message),
    async thread() {
      throw new ChannelError('forbidden', 'no threads without messages', undefined);
    },
    exists: () => true,
  };
}
