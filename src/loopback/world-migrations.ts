/** Reads worlds that were saved by earlier versions. Every saved world must stay readable: people keep them on disk. */
import { z } from 'zod';
import { everyonePermissions } from './permission-bits.ts';
import { newWorld, type Seed } from './seed.ts';
import { type World, worldSchema } from './world.ts';

/** The world of a saved JSON value, with the guilds that the seed has gained since. Throws a ZodError when unreadable. */
export const readWorld = (saved: unknown, seed: Seed): World => addMissingGuilds(savedWorldSchema.parse(saved), seed);

type Fields = Record<string, unknown>;

/** Version 1 had a single bot, which was in every guild. */
export const savedWorldSchema = z.preprocess((saved) => {
  const { application, bot, ...rest } = Object(saved) as Fields;
  if (rest['version'] !== 1) return saved;
  const { id } = Object(application) as { id: string };
  const userIds = [id, ...(rest['members'] as { id: string }[]).map((member) => member.id)];
  return {
    ...rest,
    version: 2,
    applications: [{ ...Object(application), bot }],
    guilds: withFields(rest['guilds'], (guild) => ({
      roles: [{ id: guild['id'], name: '@everyone', permissions: String(everyonePermissions) }],
      members: userIds.map((id) => ({ id, roles: [] })),
      unavailable: false,
    })),
    channels: withFields(rest['channels'], ({ guildId }) => (guildId === undefined ? { applicationId: id } : {})),
    interactions: withFields(rest['interactions'], () => ({ applicationId: id })),
  };
}, worldSchema);

const withFields = (list: unknown, fieldsFor: (entry: Fields) => object): unknown =>
  Array.isArray(list) ? list.map((entry: Fields) => ({ ...entry, ...fieldsFor(entry) })) : list;

/** Worlds of version 2 were saved before the seed had its later guilds. A guild deleted from version 3 stays deleted. */
function addMissingGuilds(saved: World, seed: Seed): World {
  if (saved.version === 3) return saved;
  const { guilds, channels } = newWorld(seed);
  const missing = guilds.filter(({ id }) => !saved.guilds.some((guild) => guild.id === id));
  const missingChannels = channels.filter(({ guildId }) => missing.some(({ id }) => id === guildId));
  return {
    ...saved,
    version: 3,
    guilds: [...saved.guilds, ...missing],
    channels: [...saved.channels, ...missingChannels],
  };
}
