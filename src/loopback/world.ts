/**
 * Everything the emulated Discord knows, as one plain value: who is there, where they talk, what was said. It is what
 * is kept between runs. Sockets, alarms and the request log are not part of it.
 */
import { z } from 'zod';
import { everyonePermissions } from './permission-bits.ts';

/** A component of a message or a modal, as far as anything here looks inside. */
export interface Component {
  readonly type: number;
  readonly id?: number;
  readonly custom_id?: string;
  readonly components?: readonly Component[];
  readonly accessory?: Component;
  readonly component?: Component;
  readonly content?: string;
  readonly label?: string | null;
  readonly emoji?: unknown;
  readonly url?: string | null;
  readonly sku_id?: string | null;
  readonly style?: number;
  readonly disabled?: boolean | null;
  readonly required?: boolean | null;
  readonly min_values?: number | null;
  readonly max_values?: number | null;
  readonly min_length?: number | null;
  readonly max_length?: number | null;
  readonly options?: readonly { readonly label?: string; readonly value: string }[];
  readonly items?: readonly unknown[];
}

/** An option of a command, as it was registered. */
export interface CommandOption {
  readonly type: number;
  readonly name: string;
  readonly description: string;
  readonly required?: boolean;
  readonly autocomplete?: boolean;
  readonly choices?: readonly { readonly name: string; readonly value: string | number }[];
  readonly options?: readonly CommandOption[];
  readonly min_value?: number;
  readonly max_value?: number;
  readonly min_length?: number;
  readonly max_length?: number;
}

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
  /** The members who have it installed for themselves. */
  installedBy: z.array(z.string()).default([]),
});
/** For a role (0) or a person (1): bitsets in decimal. */
const overwrite = z.object({ id: z.string(), type: z.number(), allow: z.string(), deny: z.string() });
const thread = z.object({
  parentId: z.string(),
  ownerId: z.string(),
  archived: z.boolean(),
  locked: z.boolean(),
  /** When `archived` changed last, in ms since the epoch. */
  archivedAt: z.number(),
});
const channel = z.object({
  id: z.string(),
  guildId: z.string().optional(),
  name: z.string().optional(),
  /** The two ends of a DM: a member, and the bot of an application. */
  recipientId: z.string().optional(),
  applicationId: z.string().optional(),
  overwrites: z.array(overwrite).default([]),
  /** Only of a thread. */
  thread: thread.optional(),
});
const role = z.object({
  id: z.string(),
  name: z.string(),
  /** A bitset in decimal. */
  permissions: z.string(),
  mentionable: z.boolean().default(false),
  /** The bot whose own role this is. */
  botId: z.string().optional(),
});
/** A person or a bot in a server. */
const guildMember = z.object({
  id: z.string(),
  roles: z.array(z.string()),
  /** Milliseconds since the epoch. */
  timedOutUntil: z.number().optional(),
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
  message_reference: jsonObject<object>().optional(),
});
/** `reader` is set for an ephemeral message, `interactionId` for one that was sent with an interaction's token. */
const post = z.object({ message, reader: z.string().optional(), interactionId: z.string().optional() });
const interaction = z.object({
  id: z.string(),
  applicationId: z.string(),
  token: z.string(),
  type: z.number(),
  userId: z.string(),
  channelId: z.string(),
  nonce: z.string().optional(),
  /** The command with group and subcommand, as people type it. */
  commandName: z.string().optional(),
  /** The message whose component was pressed. */
  sourceId: z.string().optional(),
  /** The type of the callback that answered it. */
  answered: z.number().optional(),
  /** What `@original` stands for. */
  originalId: z.string().optional(),
  /** The modal that was shown as the answer. */
  modal: jsonObject<Modal>().optional(),
  /** For whom the application is installed: the server ('0') or the member ('1'), with their ids. */
  owners: z.record(z.string(), z.string()).default({}),
  /** Messages sent after the answer. */
  followUps: z.number().default(0),
});

const guild = z.object({
  id: z.string(),
  name: z.string(),
  ownerId: z.string(),
  /** @everyone, whose id is the server's, is the first. */
  roles: z.array(role),
  members: z.array(guildMember),
  /** What Discord calls the preferred locale. */
  locale: z.string().default('en-US'),
  /** An outage: nobody hears of this server until it is over. */
  unavailable: z.boolean(),
});

/** What the loopback keeps. An application and its bot have one id. */
const world = z.object({
  version: z.literal([2, 3]),
  lastId: z.string(),
  applications: z.array(application).min(1),
  members: z.array(user.extend({ token: z.string(), locale: z.string() })),
  guilds: z.array(guild),
  channels: z.array(channel),
  commands: z.array(command),
  /** When commands were created (ms since the epoch), by application and server. */
  commandCreates: z.record(z.string(), z.array(z.number())).default({}),
  posts: z.array(post),
  interactions: z.array(interaction),
  /** By the id of the attachment; `data` in base64. */
  files: z.record(z.string(), z.object({ path: z.string(), type: z.string(), data: z.string() })).default({}),
});

/** What a kept world is read with. Version 1 had a single bot, which was everywhere; version 2 had fewer servers (seed.ts). */
export const worldSchema = z.preprocess((kept) => {
  const { application, bot, ...rest } = Object(kept) as Record<string, unknown>;
  if (rest['version'] !== 1) return kept;
  const { id } = Object(application) as { id: string };
  const people = [id, ...(rest['members'] as { id: string }[]).map((member) => member.id)];
  const each = (list: unknown, more: (entry: Record<string, unknown>) => object): unknown =>
    Array.isArray(list) ? list.map((entry: Record<string, unknown>) => ({ ...entry, ...more(entry) })) : list;
  return {
    ...rest,
    version: 2,
    applications: [{ ...Object(application), bot }],
    guilds: each(rest['guilds'], (guild) => ({
      roles: [{ id: guild['id'], name: '@everyone', permissions: String(everyonePermissions) }],
      members: people.map((id) => ({ id, roles: [] })),
      unavailable: false,
    })),
    channels: each(rest['channels'], ({ guildId }) => (guildId === undefined ? { applicationId: id } : {})),
    interactions: each(rest['interactions'], () => ({ applicationId: id })),
  };
}, world);

/** docs, interactions/receiving-and-responding#interaction-object-authorizing-integration-owners-object. */
export type InstallOwners = Readonly<Record<string, string>>;

export interface Modal {
  readonly custom_id: string;
  readonly title: string;
  readonly components: readonly Component[];
}
export type World = z.infer<typeof world>;
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

/** Discord's epoch, in milliseconds since the Unix epoch. docs, reference#snowflakes. */
const epoch = 1_420_070_400_000;

/** The snowflake of a moment (ms since the Unix epoch). */
export const snowflakeAt = (at: number): bigint => BigInt(at - epoch) << 22n;

/** The moment that a snowflake carries, in ms since the Unix epoch. */
export const timestampOf = (id: string): number => Number(BigInt(id) >> 22n) + epoch;

/** The next snowflake: carries `now` and is greater than every one before it. */
export function nextId(world: World, now: number): string {
  const last = BigInt(world.lastId);
  const fresh = snowflakeAt(now);
  world.lastId = String(fresh > last ? fresh : last + 1n);
  return world.lastId;
}
