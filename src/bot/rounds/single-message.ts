/**
 * Implements {@link Channels} for a round in a channel where the bot may not post. The reply to the command is the
 * round's only message. The bot overwrites this message with each new card, using the token of the latest interaction.
 * There are no threads.
 */
import type { DiscordTime } from '../ports/discord-time.ts';
import { ChannelError, type Channels } from '../ports/channels.ts';
import type { LiveRound } from './live-round.ts';

/**
 * A round in a single message ends when its token has not been replaced for this time, in ms. The token is valid for 15
 * minutes, so the bot can still show the end of the round. A press replaces the token if the token is older than a
 * minute. Therefore, if the round ends for this reason, nobody has pressed a button for at least 13 minutes.
 */
export const longestQuiet = 14 * 60_000;
/**
 * Minimum age of a token before a press replaces it, in ms. If a press replaces the token, the bot must reply with the
 * round's card, and the member gets the actual response in a second message. Therefore not every press replaces the
 * token.
 */
export const renewAfter = 60_000;

/**
 * Each method throws ChannelError if its request fails. If the message was deleted, the field `why` of the error is
 * `closed`, as if the channel did not exist, because the round has no other message.
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
    shardOf: () => 0,
  };
}
