/** Migrates worlds that earlier versions saved. Every old format must stay readable, because users keep saved files. */
import { z } from 'zod';
import { everyonePermissions } from './permission-bits.ts';
import { newWorld, type Seed } from './seed.ts';
import { type World, worldSchema } from './world.ts';

/** Parses a saved world and adds guilds that are new in the seed. Throws a ZodError if the saved value is invalid. */
export const readWorld = (saved: unknown, seed: Seed): World => addMissingGuilds(savedWorldSchema.parse(saved), seed);

type Fields = Record<string, unknown>;

/** The schema of saved worlds. In version 1, there was one bot, which was in every guild. */
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

/**
 * Adds guilds of the seed to a saved world that does not contain them. Adds none to a world of version 3, because its
 * missing guilds were deleted on purpose.
 */
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
