/** Reads seed files: bots, members and servers, but no messages or threads. The README has an example. */
import { readFile } from 'node:fs/promises';
import { parse, YAMLError } from 'yaml';
import { z } from 'zod';
import { bitPosition, everyonePermissions, type Permission, permissionBits } from './permission-bits.ts';
import { newWorld } from './seed.ts';
import { nextId } from './snowflake.ts';
import type { Channel, Guild, World } from './world.ts';

/** Channel types. Discord docs, resources/channel#channel-object-channel-types. */
const channelTypes = { text: 0, voice: 2, category: 4, announcement: 5, stage: 13, forum: 15, media: 16 } as const;
type Kind = keyof typeof channelTypes;

const permissions = z.array(z.enum(Object.keys(bitPosition) as [Permission, ...Permission[]]));
const overwrite = z.strictObject({ for: z.string(), allow: permissions.default([]), deny: permissions.default([]) });
const fields = {
  name: z.string().min(1).max(100),
  kind: z.enum(Object.keys(channelTypes) as [Kind, ...Kind[]]).default('text'),
  overwrites: z.array(overwrite).optional(),
};
const inner = z.preprocess((value) => (typeof value === 'string' ? { name: value } : value), z.strictObject(fields));
const channel = z.preprocess(
  (value) => (typeof value === 'string' ? { name: value } : value),
  z.strictObject({ ...fields, channels: z.array(inner).default([]) }),
);
const role = z.strictObject({
  name: z.string().min(1),
  permissions: permissions.default([]),
  members: z.array(z.string()).default([]),
});
const server = z.strictObject({
  name: z.string().min(1).max(100),
  /** A username. By default, the first member of the server. */
  owner: z.string().optional(),
  /** Usernames. By default, all members in the file. */
  members: z.array(z.string()).optional(),
  everyone: permissions.optional(),
  roles: z.array(role).default([]),
  channels: z.array(channel).min(1),
});
const bot = z.strictObject({ name: z.string().min(1), permissions: permissions.optional() });
const member = z.strictObject({
  username: z.string().min(2),
  name: z.string().optional(),
  locale: z.string().optional(),
});
const seedFile = z.strictObject({
  bots: z.array(bot).min(1),
  members: z.array(member).min(1),
  servers: z.array(server).min(1),
});
type SeedFile = z.infer<typeof seedFile>;
type SeedServer = SeedFile['servers'][number];

/** The mistakes in a seed file. The message says where each mistake is. */
class SeedError extends Error {
  constructor(file: string, problems: readonly string[]) {
    super(problems.map((problem) => `${file}: ${problem}`).join('\n'));
    this.name = 'SeedError';
  }
}

/** Creates a world from a seed file. Throws SeedError. */
export async function readSeedFile(path: string): Promise<World> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new SeedError(path, [`cannot be read: ${error instanceof Error ? error.message : String(error)}`]);
  }
  return worldOfSeed(text, path);
}

/** Creates a world from a text, always with the same ids and tokens. Throws SeedError. */
export function worldOfSeed(text: string, file: string): World {
  const { success, data, error } = seedFile.safeParse(parsed(text, file));
  if (!success)
    throw new SeedError(
      file,
      error.issues.map(({ path, message }) => `${placeOf(path)}: ${message}`),
    );
  const unknown = [...unknownNames(data)];
  if (unknown.length > 0) throw new SeedError(file, unknown);
  const world = newWorld({
    applications: data.bots.map(({ name }) => name),
    members: data.members.map(({ username, name = username, locale = 'en-US' }) => ({ username, name, locale })),
    guilds: data.servers.map(({ name, channels }) => ({
      name,
      channels: flatChannels(channels).map((each) => each.name),
    })),
  });
  for (const [index, guild] of world.guilds.entries()) {
    const wanted = data.servers[index];
    if (wanted) fillServer(world, guild, wanted, data);
  }
  return world;
}

function parsed(text: string, file: string): unknown {
  try {
    return parse(text, { maxAliasCount: 0 });
  } catch (error) {
    if (!(error instanceof YAMLError)) throw error;
    const [{ line, col } = { line: 1, col: 1 }] = error.linePos ?? [];
    throw new SeedError(`${file}:${line}:${col}`, [error.message.split('\n')[0] ?? '']);
  }
}

const placeOf = (path: readonly PropertyKey[]): string =>
  path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./, '') || 'the file';

/** Describes unknown names of members and roles, and channels inside a channel that is no category. */
function* unknownNames({ members, servers }: SeedFile): Iterable<string> {
  const usernames = members.map(({ username }) => username);
  for (const [index, { owner, members: inside = usernames, roles, channels }] of servers.entries()) {
    const at = `servers[${index}]`;
    for (const name of [...inside, ...(owner === undefined ? [] : [owner]), ...roles.flatMap((each) => each.members)])
      if (!usernames.includes(name)) yield `${at}: there is no member ${name}; the members are ${usernames.join(', ')}`;
    if (owner !== undefined && !inside.includes(owner)) yield `${at}.owner: ${owner} is not a member of this server`;
    const targets = ['@everyone', ...roles.map(({ name }) => name), ...usernames];
    for (const { name, kind, channels: below, overwrites = [] } of flatChannels(channels)) {
      if (below && below.length > 0 && kind !== 'category')
        yield `${at}.channels: ${name} contains channels, so its kind must be category`;
      for (const { for: target } of overwrites)
        if (!targets.includes(target))
          yield `${at}.channels: ${name} has an overwrite for ${target}; it must be one of ${targets.join(', ')}`;
    }
  }
}

type SeedChannel = z.infer<typeof inner> & { readonly channels?: readonly z.infer<typeof inner>[] };

const flatChannels = (channels: SeedServer['channels']): readonly SeedChannel[] =>
  channels.flatMap((each) => [each, ...each.channels]);

function fillServer(world: World, guild: Guild, wanted: SeedServer, { bots }: SeedFile): void {
  const { owner, members, everyone, roles, channels } = wanted;
  const ids = new Map(world.members.map(({ username, id }) => [username, id]));
  const idOf = (username: string) => ids.get(username) ?? '';
  if (members)
    guild.members = guild.members.filter(({ id }) => ![...ids.values()].includes(id) || members.map(idOf).includes(id));
  guild.ownerId = idOf(owner ?? members?.[0] ?? world.members[0]?.username ?? '');
  for (const each of guild.roles) {
    const bot = bots[world.applications.findIndex(({ id }) => id === each.botId)];
    if (bot?.permissions) each.permissions = String(permissionBits(...bot.permissions));
    if (each.id === guild.id) each.permissions = String(everyone ? permissionBits(...everyone) : everyonePermissions);
  }
  const [everyoneRole] = guild.roles;
  if (!everyoneRole) return;
  const targets = new Map([['@everyone', guild.id], ...ids]);
  for (const { name, permissions, members: holders } of roles) {
    const id = nextId(world, 0);
    guild.roles.push({
      ...everyoneRole,
      id,
      name,
      permissions: String(permissionBits(...permissions)),
      mentionable: true,
    });
    for (const held of guild.members) if (holders.map(idOf).includes(held.id)) held.roles.push(id);
    targets.set(name, id);
  }
  const made = world.channels.filter(({ guildId }) => guildId === guild.id);
  arrangeChannels(made, channels, targets, ids);
}

/** Sets the kind, category and overwrites of the channels in `made`, which have the same order as in the file. */
function arrangeChannels(
  made: readonly Channel[],
  channels: SeedServer['channels'],
  targets: ReadonlyMap<string, string>,
  members: ReadonlyMap<string, string>,
): void {
  const rest = [...made];
  const arrange = ({ kind, overwrites = [] }: SeedChannel, parentId?: string): string | undefined => {
    const channel = rest.shift();
    if (!channel) return undefined;
    channel.type = channelTypes[kind];
    if (parentId !== undefined) channel.parentId = parentId;
    channel.overwrites = overwrites.map(({ for: target, allow, deny }) => ({
      id: targets.get(target) ?? '',
      type: members.has(target) ? 1 : 0,
      allow: String(permissionBits(...allow)),
      deny: String(permissionBits(...deny)),
    }));
    return channel.id;
  };
  for (const each of channels) {
    const id = arrange(each);
    // If the file defines no overwrites for a channel, the channel gets the overwrites of its category, as in Discord's
    // own client.
    for (const below of each.channels) arrange({ ...below, overwrites: below.overwrites ?? each.overwrites ?? [] }, id);
  }
}
