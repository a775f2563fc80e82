/**
 * Computes permissions: roles, then overwrites for @everyone, roles and users. A thread uses the overwrites of its
 * channel. The overwrites of a category do not apply to its channels: a channel that is synchronised with its category
 * has its own copies of them. Discord docs, topics/permissions.
 */
import { allPermissions, type Permission, permissionBits } from './permission-bits.ts';
import type { Channel, Command, Guild, World } from './world.ts';

/** The value of `app_permissions` in a DM with a bot. Discord docs, receiving-and-responding#interaction-object. */
const dmPermissions = permissionBits('ATTACH_FILES', 'EMBED_LINKS', 'MENTION_EVERYONE', 'USE_EXTERNAL_EMOJIS');

/** Permissions that a timeout does not take away. Discord docs, #permissions-for-timed-out-members. */
const timedOutPermissions = permissionBits('VIEW_CHANNEL', 'READ_MESSAGE_HISTORY');

/** Permissions that require SEND_MESSAGES. Discord docs, topics/permissions#implicit-permissions. */
const impliedBySending = permissionBits('MENTION_EVERYONE', 'ATTACH_FILES', 'EMBED_LINKS');

const includesAll = (permissions: bigint, needed: bigint): boolean => (permissions & needed) === needed;

/** Permissions of a user in a guild at the time `at` (ms since the epoch), or 0 if the user is not a member. */
export function guildPermissions(guild: Guild, userId: string, at: number): bigint {
  const member = guild.members.find(({ id }) => id === userId);
  if (!member) return 0n;
  if (guild.ownerId === userId) return allPermissions;
  const roles = guild.roles.filter(({ id }) => id === guild.id || member.roles.includes(id));
  const granted = roles.reduce((sum, { permissions }) => sum | BigInt(permissions), 0n);
  if (includesAll(granted, permissionBits('ADMINISTRATOR'))) return allPermissions;
  return (member.timedOutUntil ?? 0) > at ? granted & timedOutPermissions : granted;
}

/**
 * The position of a user's highest role: 0 without roles, Infinity for the owner of the guild. Discord docs,
 * #permission-hierarchy.
 */
export function highestPosition({ ownerId, roles, members }: Guild, userId: string): number {
  if (ownerId === userId) return Infinity;
  const held = members.find(({ id }) => id === userId)?.roles ?? [];
  return Math.max(
    0,
    roles.findLastIndex(({ id }) => held.includes(id)),
  );
}

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

/**
 * Whether a user has VIEW_CHANNEL and the permissions in `names`. In a DM, always true for both users. Discord docs,
 * topics/permissions#implicit-permissions.
 */
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
 * Whether a user may use a command. If `default_member_permissions` is '0', only administrators may. Discord docs,
 * application-commands#permissions.
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

/** The permission to send messages. Threads have a separate permission. Discord docs, topics/threads#permissions. */
export const sendPermission = ({ thread }: Channel): Permission =>
  thread ? 'SEND_MESSAGES_IN_THREADS' : 'SEND_MESSAGES';

/**
 * Denies a user a permission if `isForbidden` is true. Otherwise removes the denial. Discord docs,
 * resources/channel#edit-channel-permissions.
 */
export function setDenied(channel: Channel, userId: string, permission: Permission, isForbidden: boolean): void {
  const known = channel.overwrites.find(({ id }) => id === userId) ?? { id: userId, type: 1, allow: '0', deny: '0' };
  const bit = permissionBits(permission);
  const deny = BigInt(known.deny) & ~bit;
  channel.overwrites = [
    ...channel.overwrites.filter(({ id }) => id !== userId),
    { ...known, allow: String(BigInt(known.allow) & ~bit), deny: String(isForbidden ? deny | bit : deny) },
  ].filter(({ allow, deny }) => allow !== '0' || deny !== '0');
}
