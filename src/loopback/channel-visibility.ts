/** Sends events to users when a change of roles, overwrites or categories shows or hides a channel. */
import { allUsers, canView, channelObject } from './api-objects.ts';
import type { Context } from './context.ts';
import type { Channel } from './world.ts';

/**
 * Runs `change` and sends an event to each user for whom `change` shows or hides a channel. If `change` edits a
 * channel, `edited` is this channel. Discord docs, resources/channel#channel-object-obfuscated-channels.
 */
export function changeVisibility(
  { world, gateway }: Context,
  guildId: string | undefined,
  change: () => unknown,
  edited?: Channel,
): void {
  const channels = world.channels.filter((each) => each.guildId === guildId && !each.thread);
  const viewersOf = (channel: Channel) =>
    new Set(allUsers(world).flatMap(({ id }) => (canView(channel, id, world) ? [id] : [])));
  const before = channels.map(viewersOf);
  change();
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
