/**
 * The state of the emulated Discord ("the world") as plain JSON. The names of the fields are part of saved worlds, so a
 * change of a name needs a migration (see world-migrations.ts).
 */
import { z } from 'zod';
import type { CommandOption, Component, Modal } from './component-json.ts';
import { everyonePermissions } from './permission-bits.ts';

const jsonObject = <T>() => z.custom<T>((value) => typeof value === 'object' && value !== null);
const user = z.object({
  id: z.string(),
  username: z.string(),
  global_name: z.string().nullable(),
  discriminator: z.string(),
  avatar: z.null(),
  bot: z.boolean(),
});
const application = z.object({
  id: z.string(),
  name: z.string(),
  token: z.string(),
  bot: user,
  installedBy: z.array(z.string()).default([]),
});
/** The permission overwrite of a role (type 0) or a user (type 1). `allow` and `deny` are decimal bitsets. */
const overwrite = z.object({ id: z.string(), type: z.number(), allow: z.string(), deny: z.string() });
const thread = z.object({
  parentId: z.string(),
  ownerId: z.string(),
  archived: z.boolean(),
  locked: z.boolean(),
  /** Time of the last change of `archived`, in ms since the epoch. */
  archivedAt: z.number(),
  /** `auto_archive_duration` in Discord's API, in minutes. */
  archiveMinutes: z.number().default(1_440),
});
const channel = z.object({
  id: z.string(),
  guildId: z.string().optional(),
  name: z.string().optional(),
  /** The ids of the member and of the bot's application. Present only in DMs. */
  recipientId: z.string().optional(),
  applicationId: z.string().optional(),
  overwrites: z.array(overwrite).default([]),
  /** The channel type of Discord's API. Undefined for text channels, threads and DMs. */
  type: z.number().optional(),
  parentId: z.string().optional(),
  topic: z.string().nullable().default(null),
  nsfw: z.boolean().default(false),
  thread: thread.optional(),
});
const roleColors = z.object({
  primary_color: z.number(),
  secondary_color: z.number().nullable(),
  tertiary_color: z.number().nullable(),
});
const role = z.object({
  id: z.string(),
  name: z.string(),
  permissions: z.string(),
  mentionable: z.boolean().default(false),
  hoist: z.boolean().default(false),
  colors: roleColors.default({ primary_color: 0, secondary_color: null, tertiary_color: null }),
  botId: z.string().optional(),
});
const guildMember = z.object({
  id: z.string(),
  roles: z.array(z.string()),
  timedOutUntil: z.number().optional(),
  nick: z.string().nullable().default(null),
});
const command = z.object({
  id: z.string(),
  application_id: z.string(),
  version: z.string(),
  guild_id: z.string().optional(),
  type: z.number(),
  name: z.string(),
  description: z.string(),
  options: z.array(jsonObject<CommandOption>()).optional(),
  default_member_permissions: z.string().nullable(),
  rest: z.record(z.string(), z.unknown()),
});
const attachment = z.object({
  id: z.string(),
  filename: z.string(),
  size: z.number(),
  url: z.string(),
  proxy_url: z.string(),
  content_type: z.string(),
  description: z.string().optional(),
  /** True if the attachment belongs to an interaction. It then expires with the token of this interaction. */
  ephemeral: z.boolean().optional(),
});
const message = z.object({
  id: z.string(),
  channel_id: z.string(),
  type: z.number(),
  author: user,
  content: z.string(),
  timestamp: z.string(),
  edited_timestamp: z.string().nullable(),
  tts: z.boolean(),
  pinned: z.boolean(),
  mention_everyone: z.boolean(),
  mentions: z.array(user),
  mention_roles: z.array(z.string()),
  attachments: z.array(attachment),
  embeds: z.array(jsonObject<object>()),
  components: z.array(jsonObject<Component>()),
  flags: z.number(),
  nonce: z.union([z.string(), z.number()]).optional(),
  application_id: z.string().optional(),
  webhook_id: z.string().optional(),
  interaction_metadata: jsonObject<{
    readonly authorizing_integration_owners: InstallOwners;
    readonly [key: string]: unknown;
  }>().optional(),
  interaction: jsonObject<object>().optional(),
  message_reference: jsonObject<{ readonly message_id?: string; readonly [key: string]: unknown }>().optional(),
});
/**
 * A message. If the message is ephemeral, only `reader` sees it. If it was sent with the token of an interaction,
 * `interactionId` is set.
 */
const post = z.object({
  message,
  reader: z.string().optional(),
  interactionId: z.string().optional(),
  /** The embeds that the flag SUPPRESS_EMBEDS hides. */
  hiddenEmbeds: z.array(jsonObject<object>()).default([]),
  /** For each emoji, the ids of the users who reacted with it, in the order in which they reacted. */
  reactions: z.record(z.string(), z.array(z.string())).optional(),
  pinnedAt: z.number().optional(),
});
const interaction = z.object({
  id: z.string(),
  applicationId: z.string(),
  token: z.string(),
  type: z.number(),
  userId: z.string(),
  channelId: z.string(),
  nonce: z.string().optional(),
  /** The name of the command with its subcommand group and subcommand, such as `quiz group`. */
  commandName: z.string().optional(),
  commandType: z.number().optional(),
  /** The id of the user or message on which a context menu command was used. */
  targetId: z.string().optional(),
  sourceId: z.string().optional(),
  /** The id of the interaction whose callback opened the submitted modal. */
  openedBy: z.string().optional(),
  focusedType: z.number().optional(),
  /** The type of the callback that the bot sent. Undefined before the callback. */
  answered: z.number().optional(),
  /** The id of the message that `@original` refers to. */
  originalId: z.string().optional(),
  modal: jsonObject<Modal>().optional(),
  /** `authorizing_integration_owners` in Discord's API. See `InstallOwners`. */
  owners: z.record(z.string(), z.string()).default({}),
  followUps: z.number().default(0),
});

const guild = z.object({
  id: z.string(),
  name: z.string(),
  ownerId: z.string(),
  roles: z.array(role),
  members: z.array(guildMember),
  /** `preferred_locale` in Discord's API. */
  locale: z.string().default('en-US'),
  /** True during an outage of the guild. During an outage, bots get no events of the guild. */
  unavailable: z.boolean(),
});

/**
 * The seed describes the bots, members and guilds of a new world. In a world of version 2, some guilds of the seed can
 * be missing (see world-migrations.ts). An application and its bot have the same id.
 */
export const worldSchema = z.object({
  version: z.literal([2, 3]),
  lastId: z.string(),
  applications: z.array(application).min(1),
  members: z.array(user.extend({ token: z.string(), locale: z.string() })),
  guilds: z.array(guild),
  channels: z.array(channel),
  commands: z.array(command),
  /** Creation times of commands in ms since the epoch. The key is `applicationId guildId`. */
  commandCreates: z.record(z.string(), z.array(z.number())).default({}),
  posts: z.array(post),
  interactions: z.array(interaction),
  /**
   * The uploaded files by attachment id. `data` is the content in base64. Only files of interactions have `until`, the
   * time in ms since the epoch at which the file is deleted.
   */
  files: z
    .record(
      z.string(),
      z.object({ path: z.string(), type: z.string(), data: z.string(), until: z.number().optional() }),
    )
    .default({}),
});

/**
 * Key `0` stands for an installation in a guild. Its value is the guild's id, or `0` if the interaction is in a DM. Key
 * `1` stands for an installation by a user. Its value is the user's id. Discord docs,
 * interactions/receiving-and-responding#interaction-object-authorizing-integration-owners-object.
 */
export type InstallOwners = Readonly<Record<string, string>>;

export type World = z.infer<typeof worldSchema>;
export type User = z.infer<typeof user>;
export type Member = World['members'][number];
export type Application = z.infer<typeof application>;
export type Guild = z.infer<typeof guild>;
export type Role = z.infer<typeof role>;
export type Channel = z.infer<typeof channel>;
export type Command = z.infer<typeof command>;
export type Attachment = z.infer<typeof attachment>;
export type Message = z.infer<typeof message>;
export type StoredMessage = z.infer<typeof post>;
export type Interaction = z.infer<typeof interaction>;

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
