/** Discord's error codes, and the classification of failed requests. */
import { DiscordAPIError } from 'discord.js';
import { ChannelError } from '../bot/ports/channels.ts';

/** JSON error codes. Source: Discord documentation, topics/opcodes-and-status-codes#json. */
export const discordCodes = {
  unknownChannel: 10_003,
  unknownMember: 10_007,
  unknownMessage: 10_008,
  unknownUser: 10_013,
  unknownInteraction: 10_062,
  alreadyAcknowledged: 40_060,
  missingAccess: 50_001,
  missingPermissions: 50_013,
  threadArchived: 50_083,
  threadExists: 160_004,
  threadLocked: 160_005,
  messageBlocked: 200_000,
  titleBlocked: 200_001,
} as const;

const reasons: ReadonlyMap<number | string, ChannelError['why']> = new Map([
  [discordCodes.unknownMessage, 'gone'],
  [discordCodes.unknownChannel, 'closed'],
  [discordCodes.threadArchived, 'closed'],
  [discordCodes.threadLocked, 'locked'],
  [discordCodes.messageBlocked, 'blocked'],
  [discordCodes.titleBlocked, 'blocked'],
  [discordCodes.missingAccess, 'forbidden'],
  [discordCodes.missingPermissions, 'forbidden'],
]);

/** Runs a request. If it fails, throws a ChannelError whose `cause` is the original error. */
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

/** Thrown if a response to an interaction did not reach Discord in time. It is too late to send the response again. */
export class NotDelivered extends Error {
  override readonly name = 'NotDelivered';

  constructor(message: string, cause: unknown) {
    super(message, { cause });
  }
}

/**
 * Whether the interaction can no longer be answered, because Discord does not accept a reply any more or because a
 * reply already exists. The changes that the command has made are saved anyway.
 */
export const isTooLate = (error: unknown): boolean =>
  error instanceof NotDelivered ||
  (error instanceof DiscordAPIError &&
    (error.code === discordCodes.unknownInteraction || error.code === discordCodes.alreadyAcknowledged));

/** Whether the AutoMod of the server blocked the text of a message. */
export const isBlocked = (error: unknown): boolean =>
  error instanceof DiscordAPIError && reasons.get(error.code) === 'blocked';

/** Whether the error means that another process with the same token has already responded to the interaction. */
export const isAnsweredByOthers = (error: unknown): boolean =>
  error instanceof DiscordAPIError && error.code === discordCodes.alreadyAcknowledged;

/**
 * Whether the error means that the user is not a member of the server. This includes users whose account was deleted.
 */
export const isNoMember = (error: unknown): boolean =>
  error instanceof DiscordAPIError &&
  (error.code === discordCodes.unknownMember || error.code === discordCodes.unknownUser);
