/** Reads seed files. The README has an example. */
import { readFile } from 'node:fs/promises';
import { parse, YAMLError } from 'yaml';
import { z } from 'zod';
import { channelsOf, type CompleteSeed, newWorld, seedSchema, serverSchema } from './seed.ts';
import type { World } from './world.ts';

/** In a seed file, every server must have a channel. */
const server = serverSchema.extend({ channels: serverSchema.shape.channels.min(1) });
const seedFile = seedSchema.extend({ servers: z.array(server).min(1) });

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
  return newWorld(data);
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

/**
 * Describes three kinds of mistakes: a name for which the seed defines no member or role, an owner who is not a member
 * of the server, and a channel that contains channels but is not a category.
 */
function* unknownNames({ members, servers }: CompleteSeed): Iterable<string> {
  const usernames = members.map(({ username }) => username);
  for (const [index, server] of servers.entries()) {
    const { owner, members: inside = usernames, roles } = server;
    const at = `servers[${index}]`;
    for (const name of [...inside, ...(owner === undefined ? [] : [owner]), ...roles.flatMap((each) => each.members)])
      if (!usernames.includes(name)) yield `${at}: there is no member ${name}; the members are ${usernames.join(', ')}`;
    if (owner !== undefined && !inside.includes(owner)) yield `${at}.owner: ${owner} is not a member of this server`;
    const targets = ['@everyone', ...roles.map(({ name }) => name), ...usernames];
    for (const { channel } of channelsOf(server)) {
      const { name, kind, channels: below, overwrites = [] } = channel;
      if (below && below.length > 0 && kind !== 'category')
        yield `${at}.channels: ${name} contains channels, so its kind must be category`;
      for (const { for: target } of overwrites)
        if (!targets.includes(target))
          yield `${at}.channels: ${name} has an overwrite for ${target}; it must be one of ${targets.join(', ')}`;
    }
  }
}
