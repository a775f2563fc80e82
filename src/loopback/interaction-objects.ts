/** The data of INTERACTION_CREATE events. Discord docs, interactions/receiving-and-responding#interaction-object. */
import { apiError } from './api-errors.ts';
import {
  canView,
  channelObject,
  memberObject,
  messageObject,
  roleObject,
  userById,
  userObject,
} from './api-objects.ts';
import { discordLimits } from './discord-limits.ts';
import { permissionsIn } from './permissions.ts';
import type { Attachment, Channel, Interaction, Member, StoredMessage, World } from './world.ts';

/** The fields that all types of interactions have. `at` is the current time, in ms since the epoch. */
export function interactionObject(
  interaction: Interaction,
  channel: Channel,
  member: Member,
  world: World,
  at: number,
): object {
  const guild = world.guilds.find(({ id }) => id === channel.guildId);
  const permissions = String(permissionsIn(world, channel, member.id, at));
  const user = userObject(member);
  return {
    id: interaction.id,
    application_id: interaction.applicationId,
    type: interaction.type,
    token: interaction.token,
    version: 1,
    channel_id: channel.id,
    channel: { ...channelObject(channel, world), permissions },
    app_permissions: String(permissionsIn(world, channel, interaction.applicationId, at)),
    locale: member.locale,
    entitlements: [],
    attachment_size_limit: discordLimits.attachmentBytes,
    authorizing_integration_owners: interaction.owners,
    context: guild ? 0 : 1,
    ...(guild
      ? {
          guild_id: guild.id,
          guild: { id: guild.id, locale: guild.locale, features: [] },
          guild_locale: guild.locale,
          member: { ...memberObject(guild, member), permissions },
        }
      : { user }),
  };
}

export type ResolvableKind = 'user' | 'role' | 'mentionable' | 'channel' | 'message';

/**
 * Returns the field `resolved`. Throws error 10003, 10008, 10011 or 10013 if a channel, message, role or user is
 * unknown. Discord docs, interactions/receiving-and-responding#resolved-data-structure.
 */
export function resolvedData(
  ids: readonly { readonly id: string; readonly as: ResolvableKind }[],
  { world, channel, member: submitter, applicationId, at }: SubmitContext,
  files: readonly Attachment[] = [],
): { resolved?: object } {
  if (ids.length + files.length === 0) return {};
  const guild = world.guilds.find((guild) => guild.id === channel.guildId);
  const objects: Record<
    'users' | 'members' | 'roles' | 'channels' | 'messages' | 'attachments',
    Record<string, object>
  > = {
    users: {},
    members: {},
    roles: {},
    channels: {},
    messages: {},
    attachments: Object.fromEntries(files.map((file) => [file.id, file])),
  };
  for (const { id, as } of ids) {
    const person = as === 'user' || as === 'mentionable' ? userById(world, id) : undefined;
    const role = as === 'role' || as === 'mentionable' ? guild?.roles.find((role) => role.id === id) : undefined;
    const place =
      as === 'channel'
        ? world.channels.find((each) => each.id === id && canView(each, submitter.id, world))
        : undefined;
    const post =
      as === 'message' ? world.posts.find((each) => each.message.id === id && isPublicIn(channel, each)) : undefined;
    if (post) objects.messages[id] = messageObject(post, world, '');
    else if (person) objects.users[id] = userObject(person);
    else if (guild && role) objects.roles[id] = roleObject(role, guild);
    else if (guild && place?.guildId === guild.id)
      objects.channels[id] = {
        ...channelObject(place, world),
        permissions: String(permissionsIn(world, place, submitter.id, at)),
        app_permissions: String(permissionsIn(world, place, applicationId, at)),
      };
    else throw apiError(unknownError[as]);
    if (!person || !guild?.members.some((member) => member.id === id)) continue;
    const { user: _, deaf: __, mute: ___, ...member } = memberObject(guild, person) as Record<string, unknown>;
    objects.members[id] = { ...member, permissions: String(permissionsIn(world, channel, id, at)) };
  }
  return { resolved: Object.fromEntries(Object.entries(objects).filter(([, each]) => Object.keys(each).length > 0)) };
}

const isPublicIn = (channel: Channel, { message, reader }: StoredMessage): boolean =>
  message.channel_id === channel.id && reader === undefined;

const unknownError = {
  user: 'unknownUser',
  role: 'unknownRole',
  mentionable: 'unknownUser',
  channel: 'unknownChannel',
  message: 'unknownMessage',
} as const;

export interface SubmitContext {
  readonly world: World;
  readonly channel: Channel;
  readonly member: Member;
  readonly applicationId: string;
  readonly at: number;
  /** The numbers of the uploaded files. The file with the number `n` is the form field `files[n]`. */
  readonly files: readonly string[];
  /** Stores the uploaded file with the number `n`. After this call, the URL of the attachment works. */
  readonly storeFile: (n: string) => Attachment;
}
