import { everyonePermissions } from './permission-bits.ts';
import type { Channel, Role } from './world.ts';

export const newRole = {
  name: 'new role',
  permissions: String(everyonePermissions),
  mentionable: false,
  hoist: false,
  colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
} as const satisfies Omit<Role, 'id'>;

export const newChannel: Omit<Channel, 'id' | 'overwrites'> & { overwrites: Channel['overwrites'] } = {
  overwrites: [],
  topic: null,
  nsfw: false,
};
