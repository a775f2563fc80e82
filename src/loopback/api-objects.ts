/** Converts the state of the emulated Discord into Discord's API objects. Omits fields that no client needs. */
import { permissionBits } from './permission-bits.ts';
import { hasPermissions } from './permissions.ts';
import { timestampOf } from './snowflake.ts';
import type {
  Application,
  Channel,
  Command,
  Guild,
  Member,
  Message,
  Role,
  StoredMessage,
  User,
  World,
} from './world.ts';

export const userObject = ({ id, username, global_name, discriminator, avatar, bot }: User): User => ({
  id,
  username,
  global_name,
  discriminator,
  avatar,
  bot,
});

export const allUsers = (world: World): readonly User[] => [
  ...world.members,
  ...world.applications.map(({ bot }) => bot),
];

export const userById = (world: World, id: string): User | undefined =>
  allUsers(world).find((person) => person.id === id);

/** The fields of an event that say where something happened. */
export const placeOf = ({ id, guildId }: Channel): { channel_id: string; guild_id?: string } => ({
  channel_id: id,
  ...(guildId !== undefined && { guild_id: guildId }),
});

/** A guild (if `guildId` is set), or a DM with the bot of the application `applicationId`. */
export type GuildOrDm = Pick<Channel, 'guildId' | 'applicationId'>;

export function applicationsIn({ guildId, applicationId }: GuildOrDm, world: World): readonly string[] {
  if (applicationId !== undefined) return [applicationId];
  const here = world.guilds.find(({ id }) => id === guildId)?.members ?? [];
  return world.applications.filter(({ id }) => here.some((member) => member.id === id)).map(({ id }) => id);
}

/**
 * Whether a user may see a channel. A timeout does not hide a channel. A category is visible if one of its channels is.
 * Discord docs, resources/channel#channel-object-obfuscated-channels.
 */
export const canView = (channel: Channel, userId: string, world: World): boolean =>
  hasPermissions(world, channel, userId, 0) ||
  (channel.type === 4 && world.channels.some((each) => each.parentId === channel.id && canView(each, userId, world)));

export const membersWithAccess = (channel: Channel, world: World): readonly Member[] =>
  world.members.filter(({ id }) => canView(channel, id, world));

export const applicationObject = ({ id, name, bot, installedBy }: Application): object => ({
  id,
  name,
  icon: null,
  description: '',
  summary: '',
  bot_public: true,
  bot_require_code_grant: false,
  verify_key: '0'.repeat(64),
  flags: 0,
  bot: userObject(bot),
  integration_types_config: { '0': {}, ...(installedBy.length > 0 && { '1': {} }) },
});

export function memberObject(guild: Guild, user: User): object {
  const { roles = [], timedOutUntil, nick = null } = guild.members.find(({ id }) => id === user.id) ?? {};
  return {
    user: userObject(user),
    ...constantMemberFields(guild),
    roles,
    nick,
    communication_disabled_until: isoTime(timedOutUntil),
  };
}
const isoTime = (at: number | undefined): string | null => (at === undefined ? null : new Date(at).toISOString());
const constantMemberFields = (guild: Guild): object => ({
  avatar: null,
  joined_at: new Date(timestampOf(guild.id)).toISOString(),
  premium_since: null,
  deaf: false,
  mute: false,
  flags: 0,
  pending: false,
});

export function channelObject(channel: Channel, world: World): object {
  const last = world.posts.findLast(({ message, reader }) => message.channel_id === channel.id && !reader);
  const last_message_id = last?.message.id ?? null;
  if (channel.guildId === undefined) {
    const recipient = world.members.find(({ id }) => id === channel.recipientId);
    return { id: channel.id, type: 1, last_message_id, flags: 0, recipients: recipient ? [userObject(recipient)] : [] };
  }
  const { id, guildId: guild_id, name, thread, type = 0, parentId = null } = channel;
  const common = { id, guild_id, name, rate_limit_per_user: 0, flags: 0, last_message_id };
  if (!thread)
    return {
      ...common,
      type,
      position: world.channels.indexOf(channel),
      parent_id: parentId,
      topic: channel.topic,
      nsfw: channel.nsfw,
      permission_overwrites: channel.overwrites,
    };
  const count = world.posts.filter(({ message, reader }) => message.channel_id === id && !reader).length;
  return {
    ...common,
    type: 11,
    parent_id: thread.parentId,
    owner_id: thread.ownerId,
    message_count: count,
    total_message_sent: count,
    member_count: 1,
    thread_metadata: {
      archived: thread.archived,
      locked: thread.locked,
      archive_timestamp: isoTime(thread.archivedAt),
      auto_archive_duration: thread.archiveMinutes,
      create_timestamp: isoTime(timestampOf(id)),
    },
  };
}

/**
 * The channel object that `viewer` gets in an event. Since 16 November 2026, bots get hidden channels without their
 * names and topics. Discord docs, resources/channel#channel-object-obfuscated-channels.
 */
export function channelInEvent(channel: Channel, world: World, viewer: User): object | undefined {
  const shown = channelObject(channel, world);
  if (canView(channel, viewer.id, world)) return shown;
  if (channel.thread || !viewer.bot) return undefined;
  const hidden = { id: channel.guildId, type: 0, allow: '0', deny: String(permissionBits('VIEW_CHANNEL')) };
  const hiddenFields = { topic: null, nsfw: false, last_message_id: null, permission_overwrites: [hidden] };
  return { ...shown, name: '___hidden___', ...hiddenFields, flags: obfuscatedFlag };
}
/** The channel flag CHANNEL_OBFUSCATED. Discord docs, resources/channel#channel-object-channel-flags. */
const obfuscatedFlag = 1 << 17;

/** A DM channel as Discord sends it to the user `viewerId`. `recipients` contains the other user. */
export function dmChannelObject(viewerId: string, channel: Channel, world: World): object {
  const bot = world.applications.find(({ id }) => id === channel.applicationId)?.bot;
  return { ...channelObject(channel, world), ...(bot && viewerId !== bot.id && { recipients: [userObject(bot)] }) };
}

/** Guild fields that clients expect. The emulation always leaves them empty. */
const emptyGuildFields = {
  ...fields('icon splash discovery_splash banner description vanity_url_code application_id afk_channel_id', null),
  ...fields('system_channel_id rules_channel_id public_updates_channel_id safety_alerts_channel_id', null),
  ...fields('system_channel_flags verification_level default_message_notifications explicit_content_filter', 0),
  ...fields('mfa_level nsfw_level premium_tier premium_subscription_count', 0),
  ...fields('features emojis stickers voice_states presences stage_instances', []),
  ...fields('guild_scheduled_events soundboard_sounds', []),
};
function fields(names: string, value: unknown): Readonly<Record<string, unknown>> {
  return Object.fromEntries(names.split(' ').map((name) => [name, value]));
}

export const roleObject = (
  { id, name, permissions, mentionable, hoist, colors, botId }: Role,
  guild: Guild,
): object => ({
  id,
  name,
  permissions,
  mentionable,
  position: guild.roles.findIndex((role) => role.id === id),
  color: colors.primary_color,
  colors,
  hoist,
  icon: null,
  unicode_emoji: null,
  managed: botId !== undefined,
  ...(botId !== undefined && { tags: { bot_id: botId } }),
  flags: 0,
});

export const guildUsers = (guild: Guild, world: World): readonly User[] =>
  guild.members.flatMap(({ id }) => userById(world, id) ?? []);

/** The guild object in responses and in GUILD_UPDATE, without channels, threads and members. */
export const guildFields = (guild: Guild): object => ({
  ...emptyGuildFields,
  id: guild.id,
  name: guild.name,
  owner_id: guild.ownerId,
  afk_timeout: 300,
  premium_progress_bar_enabled: false,
  preferred_locale: guild.locale,
  roles: guild.roles.map((role) => roleObject(role, guild)),
});

export const guildObject = (
  guild: Guild,
  world: World,
  viewer: User,
  channels = world.channels.filter(({ guildId }) => guildId === guild.id),
): object => ({
  ...guildFields(guild),
  joined_at: new Date(timestampOf(guild.id)).toISOString(),
  large: false,
  unavailable: false,
  member_count: guildUsers(guild, world).length,
  members: guildUsers(guild, world)
    .filter(({ id }) => !viewer.bot || id === viewer.id)
    .map((user) => memberObject(guild, user)),
  channels: channels.filter(({ thread }) => !thread).flatMap((channel) => channelInEvent(channel, world, viewer) ?? []),
  threads: channels
    .filter((channel) => channel.thread?.archived === false && canView(channel, viewer.id, world))
    .map((channel) => channelObject(channel, world)),
});

/** The channels by guild id. With many guilds, this is faster than filtering all channels for each guild. */
export function channelsByGuild({ channels }: World): ReadonlyMap<string | undefined, Channel[]> {
  const byGuild = new Map<string | undefined, Channel[]>();
  for (const channel of channels) {
    const known = byGuild.get(channel.guildId);
    if (known) known.push(channel);
    else byGuild.set(channel.guildId, [channel]);
  }
  return byGuild;
}

export function commandObject({ rest, ...command }: Command): object {
  return { ...rest, ...command };
}

export type MessageObject = Message & {
  readonly referenced_message?: Message | null;
  readonly guild_id?: string;
  readonly member?: object;
};

/**
 * Adds the field `referenced_message`, which contains the original message, to a reply. The field is null if the
 * original message was deleted, and missing if `viewer` may not see the original message. Discord docs,
 * resources/message#message-object.
 */
function withOriginal({ message }: StoredMessage, world: World, viewer: string): MessageObject {
  const wanted = message.message_reference?.message_id;
  if (!replyTypes.includes(message.type) || wanted === undefined) return message;
  const found = world.posts.find((stored) => stored.message.id === wanted);
  if (found?.reader !== undefined && found.reader !== viewer) return message;
  return { ...message, referenced_message: found?.message ?? null };
}
/** Types of replies and of responses to context menus. Discord docs, resources/message#message-object-message-types. */
const replyTypes: readonly number[] = [19, 23];

/** A message in a response to `viewer`, with its reactions. */
export const messageObject = (stored: StoredMessage, world: World, viewer: string): MessageObject => ({
  ...withOriginal(stored, world, viewer),
  ...(stored.reactions && {
    reactions: Object.entries(stored.reactions).map(([name, users]) => ({
      emoji: { id: null, name },
      count: users.length,
      count_details: { normal: users.length, burst: 0 },
      me: users.includes(viewer),
      me_burst: false,
      burst_colors: [],
    })),
  }),
});

/** The message object in MESSAGE_CREATE and MESSAGE_UPDATE, without reactions. */
export function messageEvent(stored: StoredMessage, channel: Channel, world: World): MessageObject {
  const message = withOriginal(stored, world, stored.reader ?? '');
  const guild = world.guilds.find(({ id }) => id === channel.guildId);
  if (!guild) return message;
  const { user: _, ...member } = memberObject(guild, message.author) as { user: User };
  return { ...message, guild_id: guild.id, member };
}
