/** Finds a round by its id, also one that is over: the bot keeps the last round of each channel and thread. */
import type { Quiz } from '../../core/quiz/round.ts';
import type { CommandContext } from '../command-context.ts';

/**
 * The round, kept where the button was pressed, in the parent channel of a thread, or in `kept`. A round in a thread of
 * its own is kept for the channel of its command; one whose command was typed in a thread, for that thread. Undefined
 * when it is no longer kept. Throws StoreError.
 */
export async function findRound(
  id: string,
  { rounds, where }: Pick<CommandContext, 'rounds' | 'where'>,
  kept?: string,
): Promise<Quiz | undefined> {
  const channels = [kept, where.channel, where.threadOf].filter((channel) => channel !== undefined);
  for (const channel of new Set(channels)) {
    const quiz = await rounds.results(id, channel);
    if (quiz) return quiz;
  }
  return undefined;
}
