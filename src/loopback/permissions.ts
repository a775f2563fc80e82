/**
 * Who may do what, worked out as https://discord.com/developers/docs/topics/permissions writes it: roles, then the
 * overwrites of a channel for everybody, for roles and for a person; a thread has its channel's. Absent: categories,
 * the hierarchy of roles, private threads.
 */
import { allPermissions, type Permission, permissionBits } from './permission-bits.ts';
import type { Channel, Command, Guild, World } from './world.ts';

/** docs, receiving-and-responding#interaction-object: what a DM with a bot lets the bot do. */
const dmPermissions = permissionBits('ATTACH_FILES', 'EMBED_LINKS', 'MENTION_EVERYONE', 'USE_EXTERNAL_EMOJIS');

/** docs, #permissions-for-timed-out-members: all that is left; owners and administrators are exempt. */
const timedOutPermissions = permissionBits('VIEW_CHANNEL', 'READ_MESSAGE_HISTORY');

/** docs, #implicit-permissions: what goes with SEND_MESSAGES. */
const impliedBySending = permissionBits('MENTION_EVERYONE', 'ATTACH_FILES', 'EMBED_LINKS');

const includesAll = (permissions: bigint, needed: bigint): boolean => (permissions & needed) === needed;

/** What somebody may do in a server at a time (ms since the epoch); nothing when they are not in it. */
export function guildPermissions(guild: Guild, userId: string, at: number): bigint {
  const member = guild.members.find(({ id }) => id === userId);
  if (!member) return 0n;
  if (guild.ownerId === userId) return allPermissions;
  const roles = guild.roles.filter(({ id }) => id === guild.id || member.roles.includes(id));
  const granted = roles.reduce((sum, { permissions }) => sum | BigInt(permissions), 0n);
  if (includesAll(granted, permissionBits('ADMINISTRATOR'))) return allPermissions;
  return (member.timedOutUntil ?? 0) > at ? granted & timedOutPermissions : granted;
}

/** What somebody may do in a channel at a time (ms since the epoch). */
export function permissionsIn(world: World, channel: Channel, userId: string, at: number): bigint {
  if (channel.guildId === undefined)
    return userId === channel.recipientId || userId === channel.applicationId ? dmPermissions : 0n;
  const guild = world.guilds.find(({ id }) => id === channel.guildId);
  const place = channel.thread ? world.channels.find(({ id }) => id === channel.thread?.parentId) : channel;
  const member = guild?.members.find(({ id }) => id === userId);
  if (!guild || !place || !member) return 0n;
  let granted = guildPermissions(guild, userId, at);
  if (granted === allPermissions) return allPermissions;
  for (const ids of [[guild.id], member.roles.filter((id) => id !== guild.id), [userId]]) {
    const here = place.overwrites.filter(({ id }) => ids.includes(id));
    granted &= ~here.reduce((sum, { deny }) => sum | BigInt(deny), 0n);
    granted |= here.reduce((sum, { allow }) => sum | BigInt(allow), 0n);
  }
  if ((member.timedOutUntil ?? 0) > at) granted &= timedOutPermissions;
  return granted;
}

/** True when all of them are granted; a channel that cannot be seen grants nothing (docs, #implicit-permissions). */
export function hasPermissions(
  world: World,
  channel: Channel,
  userId: string,
  at: number,
  ...names: readonly Permission[]
): boolean {
  const granted = permissionsIn(world, channel, userId, at);
  if (channel.guildId === undefined) return granted !== 0n;
  const needed = permissionBits('VIEW_CHANNEL', ...names);
  const isMute = !includesAll(granted, permissionBits(sendPermission(channel)));
  return includesAll(granted & ~(isMute ? impliedBySending : 0n), needed);
}

/**
 * Whether a command is for somebody. docs, interactions/application-commands#permissions: '0' leaves it to those who
 * administer the server, and in DMs it is for everybody.
 */
export function canUseCommand(
  command: Command,
  world: World,
  guildId: string | undefined,
  userId: string,
  at: number,
): boolean {
  const guild = world.guilds.find(({ id }) => id === guildId);
  if (!guild || command.default_member_permissions === null) return true;
  const needed = BigInt(command.default_member_permissions) || permissionBits('ADMINISTRATOR');
  return includesAll(guildPermissions(guild, userId, at), needed);
}

/** docs, topics/threads#permissions: in a thread SEND_MESSAGES has no effect. */
export const sendPermission = ({ thread }: Channel): Permission =>
  thread ? 'SEND_MESSAGES_IN_THREADS' : 'SEND_MESSAGES';

/** Forbids one person something in a channel, or takes that back. docs, resources/channel#edit-channel-permissions. */
export function setDenied(channel: Channel, userId: string, permission: Permission, isForbidden: boolean): void {
  const known = channel.overwrites.find(({ id }) => id === userId) ?? { id: userId, type: 1, allow: '0', deny: '0' };
  const bit = permissionBits(permission);
  const deny = BigInt(known.deny) & ~bit;
  channel.overwrites = [
    ...channel.overwrites.filter(({ id }) => id !== userId),
    { ...known, allow: String(BigInt(known.allow) & ~bit), deny: String(isForbidden ? deny | bit : deny) },
  ].filter(({ allow, deny }) => allow !== '0' || deny !== '0');
}
