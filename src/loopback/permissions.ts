/**
 * Who may do what: one role for everybody, the owner may do everything, the bot has what its invitation asks for, and
 * a channel can deny the bot something. No other roles, no overwrites for members.
 * Bits: https://discord.com/developers/docs/topics/permissions
 */
import type { Channel, Command, Guild, Member, World } from './world.ts';

const permissionBits = {
  ADMINISTRATOR: 1n << 3n,
  MANAGE_CHANNELS: 1n << 4n,
  MANAGE_GUILD: 1n << 5n,
  ADD_REACTIONS: 1n << 6n,
  VIEW_CHANNEL: 1n << 10n,
  SEND_MESSAGES: 1n << 11n,
  MANAGE_MESSAGES: 1n << 13n,
  EMBED_LINKS: 1n << 14n,
  ATTACH_FILES: 1n << 15n,
  READ_MESSAGE_HISTORY: 1n << 16n,
  MENTION_EVERYONE: 1n << 17n,
  USE_APPLICATION_COMMANDS: 1n << 31n,
  CREATE_PUBLIC_THREADS: 1n << 35n,
  SEND_MESSAGES_IN_THREADS: 1n << 38n,
} as const;
export type Permission = keyof typeof permissionBits;

export const isPermission = (name: string): name is Permission => Object.hasOwn(permissionBits, name);

const bits = (...names: readonly Permission[]): bigint => names.reduce((all, name) => all | permissionBits[name], 0n);

const everything = bits(...Object.keys(permissionBits).filter(isPermission));

/** The role that every member has. */
export const everyone = bits(
  'VIEW_CHANNEL',
  'SEND_MESSAGES',
  'SEND_MESSAGES_IN_THREADS',
  'EMBED_LINKS',
  'ATTACH_FILES',
  'READ_MESSAGE_HISTORY',
  'ADD_REACTIONS',
  'USE_APPLICATION_COMMANDS',
  'CREATE_PUBLIC_THREADS',
);

const deniedBits = (channel: Channel): bigint => bits(...channel.denied.filter(isPermission));

/** What the bot may do in a channel. */
export const botPermissions = (channel: Channel): bigint => everyone & ~deniedBits(channel);

export const botMay = (channel: Channel, ...names: readonly Permission[]): boolean =>
  (botPermissions(channel) & bits(...names)) === bits(...names);

export const memberPermissions = (guild: Guild | undefined, userId: string): bigint =>
  guild?.ownerId === userId ? everything : everyone;

/** docs, interactions/application-commands#permissions: '0' leaves a command to those who administer the server. */
export function mayUse(command: Command, world: World, guildId: string | undefined, member: Member): boolean {
  if (guildId === undefined || command.default_member_permissions === null) return true;
  const needed = BigInt(command.default_member_permissions) || permissionBits.ADMINISTRATOR;
  const guild = world.guilds.find(({ id }) => id === guildId);
  return (memberPermissions(guild, member.id) & needed) === needed;
}

/** The denials of a channel as Discord shows them: an overwrite for each bot's own member. */
export const overwrites = (channel: Channel, botIds: readonly string[]): readonly object[] =>
  channel.denied.length === 0
    ? []
    : botIds.map((id) => ({ id, type: 1, allow: '0', deny: String(deniedBits(channel)) }));
