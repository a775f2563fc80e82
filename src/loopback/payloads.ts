/** The world in Discord's own objects, with every field that its clients insist on and none of the others. */
import { refusal } from './errors.ts';
import { botPermissions, everyone, memberPermissions, overwrites } from './permissions.ts';
import {
  timeOf,
  type Application,
  type Channel,
  type Command,
  type Guild,
  type Interaction,
  type Member,
  type Post,
  type User,
  type World,
} from './world.ts';

export const userObject = ({ id, username, global_name, discriminator, avatar, bot }: User): User => ({
  id,
  username,
  global_name,
  discriminator,
  avatar,
  bot,
});

/** Everybody: members, and the bots of all applications. */
export const peopleIn = (world: World): readonly User[] => [
  ...world.members,
  ...world.applications.map(({ bot }) => bot),
];

export const personById = (world: World, id: string): User | undefined =>
  peopleIn(world).find((person) => person.id === id);

/** A server, or a DM with a bot. */
export type Place = Pick<Channel, 'guildId' | 'applicationId'>;

/** The applications whose bots are there. */
export const applicationsIn = ({ guildId, applicationId }: Place, world: World): readonly string[] =>
  applicationId === undefined ? (world.guilds.find(({ id }) => id === guildId)?.applicationIds ?? []) : [applicationId];

/** The people who may see a channel. */
export const readers = (channel: Channel, world: World): readonly Member[] =>
  channel.guildId === undefined ? world.members.filter(({ id }) => id === channel.recipientId) : world.members;

export const applicationObject = ({ id, name, bot }: Application): object => ({
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
  integration_types_config: { '0': {} },
});

export const memberObject = (guild: Guild, user: User): object => ({
  user: userObject(user),
  nick: null,
  avatar: null,
  roles: [],
  joined_at: new Date(timeOf(guild.id)).toISOString(),
  premium_since: null,
  deaf: false,
  mute: false,
  flags: 0,
  pending: false,
  communication_disabled_until: null,
});

export function channelObject(channel: Channel, world: World): object {
  const last = world.posts.findLast(({ message, reader }) => message.channel_id === channel.id && !reader);
  const last_message_id = last?.message.id ?? null;
  if (channel.guildId === undefined) {
    const recipient = world.members.find(({ id }) => id === channel.recipientId);
    return { id: channel.id, type: 1, last_message_id, flags: 0, recipients: recipient ? [userObject(recipient)] : [] };
  }
  return {
    id: channel.id,
    type: 0,
    guild_id: channel.guildId,
    name: channel.name,
    position: world.channels.indexOf(channel),
    parent_id: null,
    topic: null,
    nsfw: false,
    rate_limit_per_user: 0,
    flags: 0,
    last_message_id,
    permission_overwrites: overwrites(channel, applicationsIn(channel, world)),
  };
}

/** A DM as one of its two people sees it: the recipient is the other one. */
export function privateChannelFor(viewerId: string, channel: Channel, world: World): object {
  const bot = world.applications.find(({ id }) => id === channel.applicationId)?.bot;
  return { ...channelObject(channel, world), ...(bot && viewerId !== bot.id && { recipients: [userObject(bot)] }) };
}

/** Fields that a server must show although nothing here uses them. */
const blank = {
  ...all('icon splash discovery_splash banner description vanity_url_code application_id afk_channel_id', null),
  ...all('system_channel_id rules_channel_id public_updates_channel_id safety_alerts_channel_id', null),
  ...all('system_channel_flags verification_level default_message_notifications explicit_content_filter', 0),
  ...all('mfa_level nsfw_level premium_tier premium_subscription_count', 0),
  ...all('features emojis stickers voice_states threads presences stage_instances', []),
  ...all('guild_scheduled_events soundboard_sounds', []),
};
function all(names: string, value: unknown): Readonly<Record<string, unknown>> {
  return Object.fromEntries(names.split(' ').map((name) => [name, value]));
}

/** The role that everybody has; its id is the server's. */
const everyoneRole = (guild: Guild): object => ({
  id: guild.id,
  name: '@everyone',
  color: 0,
  colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
  hoist: false,
  icon: null,
  unicode_emoji: null,
  position: 0,
  permissions: String(everyone),
  managed: false,
  mentionable: false,
  flags: 0,
});

const membersOf = (guild: Guild, world: World): readonly User[] =>
  peopleIn(world).filter(({ id, bot }) => !bot || guild.applicationIds.includes(id));

/** A server as GUILD_CREATE carries it: a bot gets its own member only, people get everybody. */
export const guildObject = (guild: Guild, world: World, viewer: User): object => ({
  ...blank,
  id: guild.id,
  name: guild.name,
  owner_id: guild.ownerId,
  afk_timeout: 300,
  premium_progress_bar_enabled: false,
  preferred_locale: 'en-US',
  roles: [everyoneRole(guild)],
  joined_at: new Date(timeOf(guild.id)).toISOString(),
  large: false,
  unavailable: false,
  member_count: membersOf(guild, world).length,
  members: membersOf(guild, world)
    .filter(({ id }) => !viewer.bot || id === viewer.id)
    .map((user) => memberObject(guild, user)),
  channels: world.channels
    .filter(({ guildId }) => guildId === guild.id)
    .map((channel) => channelObject(channel, world)),
});

export function commandObject({ rest, ...command }: Command): object {
  return { ...rest, ...command };
}

/** A message as MESSAGE_CREATE and MESSAGE_UPDATE carry it. */
export function messageEvent({ message }: Post, channel: Channel, world: World): object {
  const guild = world.guilds.find(({ id }) => id === channel.guildId);
  if (!guild) return message;
  const { user: _, ...member } = memberObject(guild, message.author) as { user: User };
  return { ...message, guild_id: guild.id, member };
}

/** What every interaction tells the bot, whatever its type. docs, interactions/receiving-and-responding. */
export function interactionObject(interaction: Interaction, channel: Channel, member: Member, world: World): object {
  const guild = world.guilds.find(({ id }) => id === channel.guildId);
  const permissions = String(memberPermissions(guild, member.id));
  const user = userObject(member);
  return {
    id: interaction.id,
    application_id: interaction.applicationId,
    type: interaction.type,
    token: interaction.token,
    version: 1,
    channel_id: channel.id,
    channel: { ...channelObject(channel, world), permissions },
    app_permissions: String(botPermissions(channel)),
    locale: member.locale,
    entitlements: [],
    attachment_size_limit: 10_485_760,
    authorizing_integration_owners: { '0': guild?.id ?? '0' },
    context: guild ? 0 : 1,
    ...(guild
      ? {
          guild_id: guild.id,
          guild: { id: guild.id, locale: 'en-US', features: [] },
          guild_locale: 'en-US',
          member: { ...memberObject(guild, member), permissions },
        }
      : { user }),
  };
}

/** People, whole, as `resolved` carries them; 10013 when one is unknown. docs, #resolved-data-structure. */
export function peopleById(ids: readonly string[], world: World, guild: Guild | undefined): { resolved?: object } {
  if (ids.length === 0) return {};
  const people = ids.map((id) => personById(world, id));
  const known = people.flatMap((person) => (person ? [person] : []));
  if (known.length < ids.length) throw refusal('unknownUser');
  const users = Object.fromEntries(known.map((person) => [person.id, userObject(person)]));
  if (!guild) return { resolved: { users } };
  const members = known.map((person) => {
    const { user: _, ...member } = memberObject(guild, person) as { user: object };
    return [person.id, { ...member, permissions: '0' }] as const;
  });
  return { resolved: { users, members: Object.fromEntries(members) } };
}
