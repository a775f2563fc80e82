/** Tells users who see other channels than before because roles, overwrites or categories changed. */
import { allUsers, canView, channelObject } from './api-objects.ts';
import type { Context } from './context.ts';
import type { Channel } from './world.ts';

/**
 * Runs a change. Bots that gain or lose a channel get CHANNEL_UPDATE; members get CHANNEL_CREATE or CHANNEL_DELETE, as
 * Discord's own client shows it. `edited` is the channel whose own fields change: all who see it get CHANNEL_UPDATE.
 * Discord docs, resources/channel#channel-object-obfuscated-channels.
 */
export function changeVisibility(
  { world, gateway, worldChanged }: Context,
  guildId: string | undefined,
  change: () => unknown,
  edited?: Channel,
): void {
  const channels = world.channels.filter((each) => each.guildId === guildId && !each.thread);
  const viewersOf = (channel: Channel) =>
    new Set(allUsers(world).flatMap(({ id }) => (canView(channel, id, world) ? [id] : [])));
  const before = channels.map(viewersOf);
  change();
  worldChanged();
  if (edited) gateway.dispatchChannel(edited, 'UPDATE');
  for (const [index, channel] of channels.entries()) {
    const after = viewersOf(channel);
    const isChanged = ({ id }: { id: string }) => after.has(id) !== before[index]?.has(id);
    const bots = world.applications.filter(isChanged).map(({ id }) => id);
    if (channel !== edited) gateway.dispatchChannelToBots(channel, 'CHANNEL_UPDATE', {}, bots);
    for (const { id } of world.members.filter(isChanged)) {
      const event = after.has(id) ? 'CHANNEL_CREATE' : 'CHANNEL_DELETE';
      gateway.dispatchToMember(id, event, channelObject(channel, world));
    }
  }
}
