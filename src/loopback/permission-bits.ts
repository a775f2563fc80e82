/** The permissions that the emulation uses, and default permissions. Discord docs, topics/permissions. */
export const bitPosition = {
  KICK_MEMBERS: 1,
  ADMINISTRATOR: 3,
  MANAGE_CHANNELS: 4,
  MANAGE_GUILD: 5,
  ADD_REACTIONS: 6,
  VIEW_CHANNEL: 10,
  SEND_MESSAGES: 11,
  SEND_TTS_MESSAGES: 12,
  MANAGE_MESSAGES: 13,
  EMBED_LINKS: 14,
  ATTACH_FILES: 15,
  READ_MESSAGE_HISTORY: 16,
  MENTION_EVERYONE: 17,
  USE_EXTERNAL_EMOJIS: 18,
  CHANGE_NICKNAME: 26,
  MANAGE_NICKNAMES: 27,
  MANAGE_ROLES: 28,
  USE_APPLICATION_COMMANDS: 31,
  MANAGE_THREADS: 34,
  CREATE_PUBLIC_THREADS: 35,
  SEND_MESSAGES_IN_THREADS: 38,
  MODERATE_MEMBERS: 40,
  USE_EXTERNAL_APPS: 50,
  PIN_MESSAGES: 51,
} as const;

export type Permission = keyof typeof bitPosition;

export const isPermission = (name: string): name is Permission => Object.hasOwn(bitPosition, name);

export const permissionBits = (...names: readonly Permission[]): bigint =>
  names.reduce((all, name) => all | (1n << BigInt(bitPosition[name])), 0n);

/** The bits of all permissions in Discord's documentation. The highest bit is BYPASS_SLOWMODE. */
export const allPermissions = (1n << 53n) - 1n;

export const everyonePermissions = permissionBits(
  'VIEW_CHANNEL',
  'SEND_MESSAGES',
  'SEND_MESSAGES_IN_THREADS',
  'EMBED_LINKS',
  'ATTACH_FILES',
  'READ_MESSAGE_HISTORY',
  'ADD_REACTIONS',
  'USE_APPLICATION_COMMANDS',
  'CREATE_PUBLIC_THREADS',
  'USE_EXTERNAL_APPS',
  'CHANGE_NICKNAME',
);

export const botRolePermissions = permissionBits(
  'VIEW_CHANNEL',
  'SEND_MESSAGES',
  'SEND_MESSAGES_IN_THREADS',
  'CREATE_PUBLIC_THREADS',
  'ATTACH_FILES',
);
