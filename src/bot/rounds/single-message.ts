/**
 * Implements {@link Channels} for a round in a channel where the bot may not post. The reply to the command is the only
 * message. Each new card overwrites this message; the bot edits it with the token of the latest interaction.
 * Deliberately absent: threads.
 */
import type { DiscordTime } from '../ports/discord-time.ts';
import { ChannelError, type Channels } from '../ports/channels.ts';
import type { LiveRound } from './live-round.ts';

/**
 * The round ends this long after its token was last replaced, in ms. The token expires after 15 minutes, so the bot can
 * still show the end. When the round ends, nobody has pressed a button for at least 13 minutes, because a press
 * replaces any token older than a minute.
 */
export const longestQuiet = 14 * 60_000;
/**
 * Minimum age of a token before a press replaces it, in ms. The press that replaces the token is answered with the
 * round's card. The member's real answer then needs a second message, so this should not happen at every press.
 */
export const renewAfter = 60_000;

/**
 * All requests throw ChannelError. If the message was deleted, `why` is `closed`, because the round has no other
 * message.
 */
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
    hears: () => true,
  };
}
