/**
 * A {@link Channels} for a round in a channel where the bot may not post. The reply to the command is the only message:
 * each new card overwrites it, edited with the token of the newest interaction. Deliberately absent: threads.
 */
import type { DiscordTime } from '../ports/discord-time.ts';
import { ChannelError, type Channels } from '../ports/channels.ts';
import type { LiveRound } from './live-round.ts';

/**
 * The round ends this long after its token was last renewed, in ms. A token expires after 15 minutes, so the bot can
 * still show the end. Members have then not pressed for at least 13 minutes, because any press after the token's first
 * minute renews it.
 */
export const longestQuiet = 14 * 60_000;
/**
 * Minimum age of a token before a press renews it, in ms. A press that renews the token is answered with the round's
 * card, so the actual answer to the member needs a second message.
 */
export const renewAfter = 60_000;

/** All requests throw ChannelError. If the message was deleted, `why` is `closed`, because the round has no other. */
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
