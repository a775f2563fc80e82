/** Code for several route files of guilds. */
import { z } from 'zod';
import type { InGuild } from './context.ts';
import type { BotEvent } from './gateway-rules.ts';

export const bitset = z.string().regex(/^\d{1,20}$/);

/** Dispatches an event to the members of a guild, and to the bots of the guild that identified with `intent`. */
export function dispatchToGuild(
  { context: { world, gateway }, guild: { id: guildId, members } }: Pick<InGuild, 'context' | 'guild'>,
  event: BotEvent,
  data: object,
  intent: number,
): void {
  gateway.dispatchToBots(event, { guild_id: guildId, ...data }, { guildId }, intent);
  for (const { id } of members)
    if (world.members.some((person) => person.id === id))
      gateway.dispatchToMember(id, event, { guild_id: guildId, ...data });
}
