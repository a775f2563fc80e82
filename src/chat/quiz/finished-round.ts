/**
 * Finds a round by its id, even if the round has ended. The bot keeps only the latest ended round of each channel and
 * thread.
 */
import type { Quiz } from '../../core/quiz/round.ts';
import type { CommandContext } from '../command-context.ts';

/**
 * Finds a round by its id. Undefined if the round is no longer stored. Throws StoreError.
 *
 * A round that has ended is stored under the channel or thread in which its command was used. If the bot created a
 * thread for the round, the round is not stored under this thread. Therefore the function looks in `kept`, then in the
 * channel or thread of the pressed button, and then in the parent channel of the button's thread.
 * @param kept the channel under which the round is stored, as the custom_id of the button says
 */
export async function findRound(
  id: string,
  { rounds, where }: Pick<CommandContext, 'rounds' | 'where'>,
  kept?: string,
): Promise<Quiz | undefined> {
  const channels = [kept, where.channel, where.threadOf].filter((channel) => channel !== undefined);
  for (const channel of new Set(channels)) {
    const quiz = await rounds.results(id, channel);
    // A forged custom_id could contain the id of a round in another server. Only rounds of this server are shown.
    if (quiz?.scope === where.scope) return quiz;
  }
  return undefined;
}
