/**
 * Reads which permissions the bot has in the channels that were given as options of a command. Discord sends these
 * permissions in the field `app_permissions` of each resolved channel. discord.js drops this field, so the field is
 * read from the raw event. Source: Discord documentation,
 * interactions/receiving-and-responding#resolved-data-structure.
 */
import { type ChannelType, type Client, Events, PermissionsBitField } from 'discord.js';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';

export interface ResolvedChannel {
  readonly type: ChannelType;
  readonly permissions: Readonly<PermissionsBitField>;
}

/** Returns a channel that was given as an option. Undefined if Discord has not sent it. */
export type ResolvedChannels = (interaction: string, channel: string) => ResolvedChannel | undefined;

const eventSchema = z.object({
  t: z.literal('INTERACTION_CREATE'),
  d: z.object({
    id: z.string(),
    data: z.object({
      resolved: z.object({
        channels: z.record(z.string(), z.object({ type: z.number(), app_permissions: z.string().regex(/^\d+$/) })),
      }),
    }),
  }),
});
/** The part of an event that is checked before the event is parsed. */
interface RawEvent {
  readonly d?: { readonly data?: { readonly resolved?: { readonly channels?: unknown } | null } | null } | null;
}

type Channels = z.output<typeof eventSchema>['d']['data']['resolved']['channels'];

/**
 * Number of interactions whose channels are remembered. A small number is enough, because a command reads its channels
 * immediately.
 */
const remembered = 100;

export function resolvedChannels(client: Client): ResolvedChannels {
  const known = new LRUCache<string, Channels>({ max: remembered });
  client.on(Events.Raw, (event: RawEvent) => {
    // Most events contain no channels. They are skipped first, because a failed parse is slow.
    if (!event.d?.data?.resolved?.channels) return;
    const { data } = eventSchema.safeParse(event);
    if (data) known.set(data.d.id, data.d.data.resolved.channels);
  });
  return (interaction, channel) => {
    const found = known.get(interaction)?.[channel];
    return found && { type: found.type, permissions: new PermissionsBitField(BigInt(found.app_permissions)) };
  };
}
