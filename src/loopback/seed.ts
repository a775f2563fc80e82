/** Creates the initial users, guilds and channels of a new loopback. */
import { createHash } from 'node:crypto';
import { botRolePermissions, type Permission, permissionBits } from './permission-bits.ts';
import { snowflakeAt } from './snowflake.ts';
import { type Channel, type Guild, newChannel, newRole, type User, type World } from './world.ts';

export interface Seed {
  /** Names of the applications. Every guild has all bots. The playground page shows the first application. */
  readonly applications: readonly string[];
  readonly guilds: readonly { readonly name: string; readonly channels: readonly string[] }[];
  readonly members: readonly { readonly username: string; readonly name: string; readonly locale?: string }[];
  /** Roles that every guild gets. `members` are usernames. */
  readonly roles?: readonly {
    readonly name: string;
    readonly permissions: readonly Permission[];
    readonly members: readonly string[];
  }[];
}

export const studyGroup: Seed = {
  applications: ['Caspian'],
  // New guilds must be added at the end, because ids depend on this order and saved worlds contain the ids.
  guilds: [
    { name: 'Study group', channels: ['general', 'quiz-night'] },
    { name: 'Polar club', channels: ['base-camp', 'polar-night'] },
  ],
  members: [
    { username: 'ana', name: 'Ana' },
    { username: 'ben', name: 'Ben' },
    { username: 'cem', name: 'Cem' },
    { username: 'samira', name: 'سمیرا' },
  ],
  roles: [{ name: 'Quiz host', permissions: [], members: ['ben'] }],
};

/** The same members, guilds and roles as in `studyGroup`, but two bots with neutral names. */
export const twoBots: Seed = { ...studyGroup, applications: ['First bot', 'Second bot'] };

/** Creates a world, always with the same ids and tokens, so that the documentation can contain them. */
export function newWorld(seed: Seed): World {
  let days = 0;
  const nextSeedId: NextSeedId = (ms = 0) => String(snowflakeAt(Date.UTC(2020, 0, 1 + days++, 0, 0, 0, ms)));
  const applications = seed.applications.map((name) => {
    const id = nextSeedId();
    return { id, name, token: tokenFor(id), bot: newUser(id, name, null, true), installedBy: [] as string[] };
  });
  const members = seed.members.map(({ username, name, locale = 'en-US' }) => {
    const id = nextSeedId();
    return { ...newUser(id, username, name, false), token: tokenFor(id), locale };
  });
  const places = seed.guilds.map((_, index) => newGuild(seed, index, applications, members, nextSeedId));
  return {
    version: 3,
    lastId: nextSeedId(),
    applications,
    members,
    guilds: places.map(({ guild }) => guild),
    channels: places.flatMap(({ channels }) => channels),
    commands: [],
    commandCreates: {},
    posts: [],
    interactions: [],
    files: {},
  };
}

/** Returns the next id. The ids are one day apart. `ms` is added to the creation time. */
type NextSeedId = (ms?: number) => string;

function newGuild(
  seed: Seed,
  index: number,
  applications: World['applications'],
  members: World['members'],
  nextSeedId: NextSeedId,
): { readonly guild: Guild; readonly channels: readonly Channel[] } {
  const { name = '', channels = [] } = seed.guilds[index] ?? {};
  // The shard of a guild is its creation time (ms) modulo the number of shards. Without the extra milliseconds, the
  // creation times would differ by whole days, so all guilds would usually be on one shard.
  const id = nextSeedId(index);
  const guildChannels = channels.map((name) => ({ id: nextSeedId(), guildId: id, name, ...newChannel }));
  const botRoles = applications.map(({ id: botId, name }) => ({
    role: { ...newRole, id: nextSeedId(), name, permissions: String(botRolePermissions), botId },
    holders: [botId],
  }));
  const seedRoles = (seed.roles ?? []).map((role) => ({
    role: {
      ...newRole,
      id: nextSeedId(),
      name: role.name,
      permissions: String(permissionBits(...role.permissions)),
      mentionable: true,
    },
    holders: members.filter(({ username }) => role.members.includes(username)).map((member) => member.id),
  }));
  const given = [...botRoles, ...seedRoles];
  const guild = {
    id,
    name,
    ownerId: members[0]?.id ?? '',
    roles: [{ ...newRole, id, name: '@everyone' }, ...given.map(({ role }) => role)],
    members: [...applications, ...members].map((each) => ({
      id: each.id,
      roles: given.filter(({ holders }) => holders.includes(each.id)).map(({ role }) => role.id),
      nick: null,
    })),
    locale: 'en-US',
    unavailable: false,
  };
  return { guild, channels: guildChannels };
}

export const guildIdsOf = (seed: Seed): readonly string[] => newWorld(seed).guilds.map(({ id }) => id);

const newUser = (id: string, username: string, global_name: string | null, bot: boolean): User => ({
  id,
  username,
  global_name,
  discriminator: '0',
  avatar: null,
  bot,
});

/** Creates a token in Discord's format, so that code that redacts tokens by format recognises the token. */
export function tokenFor(id: string, earlier = ''): string {
  const secret = createHash('sha256').update(`loopback ${id}${earlier}`).digest('base64url');
  return `${Buffer.from(id).toString('base64url')}.${secret.slice(0, 6)}.${secret.slice(5, 43)}`;
}
