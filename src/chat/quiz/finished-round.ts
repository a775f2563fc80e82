/**
 * Finds a round by its id, even if the round has ended. The bot keeps only the latest ended round of each channel and
 * thread.
 */
import type { Quiz } from '../../core/quiz/round.ts';
import type { CommandContext } from '../command-context.ts';

/**
 * Finds a round by its id. Undefined if the round is no longer stored. Throws StoreError. An ended round is stored
 * under the channel or thread in which its command was used, not under the thread that the bot created for the round.
 * Therefore an ended round is looked up in the channel `kept`, in the channel or thread where the button was pressed,
 * and in the parent channel of that thread.
 */
export async function findRound(
  id: string,
  { rounds, where }: Pick<CommandContext, 'rounds' | 'where'>,
  kept?: string,
): Promise<Quiz | undefined> {
  const channels = [kept, where.channel, where.threadOf].filter((channel) => channel !== undefined);
  for (const channel of new Set(channels)) {
    const quiz = await rounds.results(id, channel);
    // A custom_id alone must not show the round of another server.
    if (quiz?.scope === where.scope) return quiz;
  }
  return undefined;
}
