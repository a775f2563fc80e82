/** Finds the channels of guilds. */
import { canView } from './api-objects.ts';
import type { Channel, Guild, User, World } from './world.ts';

/** The channels of a guild that the viewer may see. Discord docs, topics/permissions#channel-visibility. */
export const visibleChannels = (guild: Guild, viewer: User, world: World): readonly Channel[] =>
  world.channels.filter((channel) => channel.guildId === guild.id && canView(channel, viewer.id, world));

/** The channels of each guild by the id of the guild. Filtering all channels for each of many guilds would be slow. */
export function channelsByGuild({ channels }: World): ReadonlyMap<string | undefined, Channel[]> {
  const byGuild = new Map<string | undefined, Channel[]>();
  for (const channel of channels) {
    const known = byGuild.get(channel.guildId);
    if (known) known.push(channel);
    else byGuild.set(channel.guildId, [channel]);
  }
  return byGuild;
}
