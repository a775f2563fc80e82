/** Turns discord.js errors into the errors of the channels port. */
import { DiscordAPIError } from 'discord.js';
import { ChannelError } from '../bot/ports/channels.ts';

/**
 * docs, topics/opcodes-and-status-codes. Unknown Message; Unknown Channel, thread archived, thread locked; Missing
 * Access, Missing Permissions.
 */
const reasons: ReadonlyMap<number | string, ChannelError['why']> = new Map([
  [10_008, 'gone'],
  [10_003, 'closed'],
  [50_083, 'closed'],
  [160_005, 'closed'],
  [50_001, 'forbidden'],
  [50_013, 'forbidden'],
]);

/** Runs a request; an error of it is thrown as ChannelError. */
export async function orChannelError<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw channelError(error);
  }
}

export function channelError(error: unknown): ChannelError {
  const why = (error instanceof DiscordAPIError && reasons.get(error.code)) || 'failed';
  return new ChannelError(why, error instanceof Error ? error.message : String(error), error);
}
