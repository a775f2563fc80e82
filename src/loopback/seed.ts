/** Seeds: the initial bots, members and servers of a new loopback. A seed has no messages or threads. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import {
  bitPosition,
  botRolePermissions,
  everyonePermissions,
  type Permission,
  permissionBits,
} from './permission-bits.ts';
import { snowflakeAt } from './snowflake.ts';
import { type Channel, type Guild, newChannel, newRole, type User, type World } from './world.ts';

/** Channel types. Discord docs, resources/channel#channel-object-channel-types. */
const channelTypes = { text: 0, voice: 2, category: 4, announcement: 5, stage: 13, forum: 15, media: 16 } as const;
type Kind = keyof typeof channelTypes;

const permissions = z.array(z.enum(Object.keys(bitPosition) as [Permission, ...Permission[]]));
const overwrite = z.strictObject({ for: z.string(), allow: permissions.default([]), deny: permissions.default([]) });
const inner = z.strictObject({
  name: z.string().min(1).max(100),
  kind: z.enum(Object.keys(channelTypes) as [Kind, ...Kind[]]).default('text'),
  overwrites: z.array(overwrite).optional(),
});
/** Extends a schema of objects: a text is also valid. It stands for an object with this text as its name. */
const orName = <T extends z.ZodObject>(schema: T) =>
  z.preprocess((value: string | z.input<T>) => (typeof value === 'string' ? { name: value } : value), schema);
const channel = inner.extend({ channels: z.array(orName(inner)).default([]) });
const role = z.strictObject({
  name: z.string().min(1),
  permissions: permissions.default([]),
  members: z.array(z.string()).default([]),
});
export const serverSchema = z.strictObject({
  name: z.string().min(1).max(100),
  /** A username. By default, the first member of the server. */
  owner: z.string().optional(),
  /** Usernames. By default, all members of the seed. */
  members: z.array(z.string()).optional(),
  everyone: permissions.optional(),
  roles: z.array(role).default([]),
  channels: z.array(orName(channel)),
});
const bot = z.strictObject({ name: z.string().min(1), permissions: permissions.optional() });
const member = z.strictObject({
  username: z.string().min(2),
  name: z.string().optional(),
  locale: z.string().optional(),
});
export const seedSchema = z.strictObject({
  /** The bots. Every server has all bots. The playground page shows the first bot. */
  bots: z.array(bot).min(1),
  members: z.array(member).min(1),
  servers: z.array(serverSchema).min(1),
});
export type Seed = z.input<typeof seedSchema>;
export type CompleteSeed = z.output<typeof seedSchema>;
type SeedServer = CompleteSeed['servers'][number];

const roles = [{ name: 'Quiz host', members: ['ben'] }];

export const studyGroup: Seed = {
  bots: [{ name: 'Caspian' }],
  // New servers must be added at the end, because ids depend on this order and saved worlds contain the ids.
  servers: [
    { name: 'Study group', channels: ['general', 'quiz-night'], roles },
    { name: 'Polar club', channels: ['base-camp', 'polar-night'], roles },
  ],
  members: [
    { username: 'ana', name: 'Ana' },
    { username: 'ben', name: 'Ben' },
    { username: 'cem', name: 'Cem' },
    { username: 'samira', name: 'سمیرا' },
  ],
};

/** The same members, servers and roles as in `studyGroup`, but two bots with neutral names. */
export const twoBots: Seed = { ...studyGroup, bots: [{ name: 'First bot' }, { name: 'Second bot' }] };

/** Creates a world, always with the same ids and tokens, so that the documentation can contain them. */
export function newWorld(wanted: Seed): World {
  const seed = seedSchema.parse(wanted);
  let days = 0;
  const nextSeedId: NextSeedId = (ms = 0) => String(snowflakeAt(Date.UTC(2020, 0, 1 + days++, 0, 0, 0, ms)));
  const applications = seed.bots.map(({ name }) => {
    const id = nextSeedId();
    return { id, name, token: tokenFor(id), bot: newUser(id, name, null, true), installedBy: [] as string[] };
  });
  const members = seed.members.map(({ username, name = username, locale = 'en-US' }) => {
    const id = nextSeedId();
    return { ...newUser(id, username, name, false), token: tokenFor(id), locale };
  });
  const places = seed.servers.map((server, index) =>
    newGuild(seed, server, index, { applications, members }, nextSeedId),
  );
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

/** Returns the next id. The creation times of the ids are one day apart. `ms` is added to the time of this id. */
type NextSeedId = (ms?: number) => string;

/** All channels of a server: each category is followed by the channels in it. */
export const channelsOf = ({ channels }: SeedServer): readonly SeedChannel[] =>
  channels.flatMap((channel) => [
    { channel },
    ...channel.channels.map((inner) => ({ channel: inner, category: channel })),
  ]);
interface SeedChannel {
  readonly channel: z.output<typeof inner> & { readonly channels?: readonly object[] };
  readonly category?: z.output<typeof channel>;
}

function newGuild(
  { bots }: CompleteSeed,
  server: SeedServer,
  index: number,
  { applications, members }: Pick<World, 'applications' | 'members'>,
  nextSeedId: NextSeedId,
): { readonly guild: Guild; readonly channels: readonly Channel[] } {
  const { name, owner, members: inside, everyone, roles } = server;
  const people = members.filter(({ username }) => inside?.includes(username) ?? true);
  // The shard of a guild is its creation time (ms) modulo the number of shards. Without the extra milliseconds, the
  // creation times would differ by whole days, so all guilds would usually be on one shard.
  const id = nextSeedId(index);
  const channelIds = new Map(channelsOf(server).map(({ channel }) => [channel, nextSeedId()]));
  const botRoles = applications.map(({ id: botId, name }, index) => ({
    role: {
      ...newRole,
      id: nextSeedId(),
      name,
      permissions: bits(bots[index]?.permissions, botRolePermissions),
      botId,
    },
    holders: [botId],
  }));
  const seedRoles = roles.map(({ name, permissions, members: holders }) => ({
    role: { ...newRole, id: nextSeedId(), name, permissions: bits(permissions), mentionable: true },
    holders: people.filter(({ username }) => holders.includes(username)).map((member) => member.id),
  }));
  const given = [...botRoles, ...seedRoles];
  const guild = {
    id,
    name,
    ownerId: (people.find(({ username }) => username === (owner ?? inside?.[0])) ?? members[0])?.id ?? '',
    roles: [
      { ...newRole, id, name: '@everyone', permissions: bits(everyone, everyonePermissions) },
      ...given.map(({ role }) => role),
    ],
    members: [...applications, ...people].map((each) => ({
      id: each.id,
      roles: given.filter(({ holders }) => holders.includes(each.id)).map(({ role }) => role.id),
      nick: null,
    })),
    locale: 'en-US',
    unavailable: false,
  };
  const targets = new Map([
    ['@everyone', id],
    ...members.map(({ username, id }) => [username, id] as const),
    ...seedRoles.map(({ role: { name, id } }) => [name, id] as const),
  ]);
  const overwriteOf = ({ for: target, allow, deny }: z.output<typeof overwrite>): Channel['overwrites'][number] => {
    const targetId = targets.get(target) ?? '';
    const isRole = guild.roles.some((role) => role.id === targetId);
    return { id: targetId, type: isRole ? 0 : 1, allow: bits(allow), deny: bits(deny) };
  };
  const channels = channelsOf(server).map(({ channel, category }) => ({
    ...newChannel,
    id: channelIds.get(channel) ?? '',
    guildId: id,
    name: channel.name,
    type: channelTypes[channel.kind],
    ...(category && { parentId: channelIds.get(category) ?? '' }),
    // If the seed defines no overwrites for a channel, the channel gets the overwrites of its category, as in Discord's
    // own client.
    overwrites: (channel.overwrites ?? category?.overwrites ?? []).map(overwriteOf),
  }));
  return { guild, channels };
}

const bits = (names: readonly Permission[] | undefined, otherwise = 0n): string =>
  String(names ? permissionBits(...names) : otherwise);

export const guildIdsOf = (seed: Seed): readonly string[] => newWorld(seed).guilds.map(({ id }) => id);

const newUser = (id: string, username: string, global_name: string | null, bot: boolean): User => ({
  id,
  username,
  global_name,
  discriminator: '0',
  avatar: null,
  bot,
});

/** Creates a token. It has Discord's format, because programs that redact tokens recognise them by this format. */
export function tokenFor(id: string, earlier = ''): string {
  const secret = createHash('sha256').update(`loopback ${id}${earlier}`).digest('base64url');
  return `${Buffer.from(id).toString('base64url')}.${secret.slice(0, 6)}.${secret.slice(5, 43)}`;
}
