/** Finds channels and their servers by the names that a test uses. */
import type { readWorld } from './member-client.js';
import type { SeenEvent } from './member-events.ts';

interface Place {
  readonly channel_id: string;
  readonly guild_id?: string;
}

export type Places = ReturnType<typeof createPlaces>;

export function createPlaces(
  guilds: Awaited<ReturnType<typeof readWorld>>['guilds'],
  guildId: string | undefined,
  events: readonly SeenEvent[],
) {
  const channels = [...guilds.filter(({ id }) => id === guildId), ...guilds].flatMap((guild) => guild.channels);
  let dm: string | undefined;
  function channelId(channel: string): string {
    if (channel === 'dm' && dm !== undefined) return dm;
    const known = channels.find(({ id, name }) => name === channel || id === channel);
    if (known) return known.id;
    if (/^\d+$/.test(channel)) return channel;
    throw new Error(`There is no channel ${channel}.`);
  }
  return {
    /** Returns the ids of a channel and its server. Throws an error for an unknown name. */
    of(channel: string): Place {
      const channel_id = channelId(channel);
      const made = events.find(({ t, d }) => /^(?:THREAD|CHANNEL)_CREATE$/.test(t) && d['id'] === channel_id);
      const guild = guilds.find(
        (one) => one.channels.some((each) => each.id === channel_id) || made?.d['guild_id'] === one.id,
      );
      return { channel_id, ...(guild && { guild_id: guild.id }) };
    },
    useDm: (id: string) => void (dm = id),
  };
}
