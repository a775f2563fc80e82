/**
 * The kinds of request bodies. Each kind has the schema that Discord publishes and the fields that the emulation
 * models. Any other field is refused with an error that names the field.
 *
 * A test compares the fields with Discord's specification.
 */
import * as spec from 'discord-api-spec/zod';
import * as z from 'zod/mini';

/**
 * Maps the name of each field to the kind of the objects in the field. The kind is an empty string if the field
 * contains no objects, or objects whose own fields are not checked.
 */
type Fields = Readonly<Record<string, string>>;

const names = (list: string, kind = ''): Fields => Object.fromEntries(list.split(' ').map((name) => [name, kind]));
const command = {
  ...names('name name_localizations description description_localizations'),
  ...names('default_member_permissions dm_permission contexts integration_types'),
  options: 'option',
};
const message = {
  ...names('content flags'),
  embeds: 'embed',
  components: 'component',
  attachments: 'attachment',
  allowed_mentions: 'allowedMentions',
};
const webhookMessage = { ...message, tts: '' };
const channel = { ...names('name type topic nsfw parent_id'), permission_overwrites: 'overwrite' };
const role = { ...names('name permissions color hoist mentionable'), colors: 'colors' };

/**
 * Schemas of bodies for which the specification has no named schema. Discord docs, resources/guild, resources/channel.
 */
const nick = z.optional(z.nullable(z.string().check(z.maxLength(32))));
const member = z.object({
  nick,
  roles: z.optional(z.nullable(z.array(spec.SnowflakeTypeSchema))),
  communication_disabled_until: z.optional(z.nullable(z.iso.datetime({ offset: true }))),
});
const overwriteEdit = z.object({
  type: z.literal([0, 1]),
  allow: z.optional(z.nullable(z.number())),
  deny: z.optional(z.nullable(z.number())),
});
const rolePosition = z.object({ id: spec.SnowflakeTypeSchema, position: z.optional(z.nullable(z.int())) });
const messageIds = z.array(spec.SnowflakeTypeSchema).check(z.minLength(2), z.maxLength(100));

export const bodyKinds = {
  command: [spec.ApplicationCommandCreateRequestSchema, { ...command, type: '' }],
  commandEdit: [spec.ApplicationCommandPatchRequestPartialSchema, command],
  message: [
    spec.MessageCreateRequestSchema,
    { ...webhookMessage, ...names('nonce enforce_nonce'), message_reference: 'reference' },
  ],
  messageEdit: [spec.MessageEditRequestPartialSchema, message],
  reply: [spec.IncomingWebhookInteractionRequestSchema, webhookMessage],
  replyEdit: [spec.IncomingWebhookUpdateRequestPartialSchema, message],
  modal: [spec.ModalInteractionCallbackRequestDataSchema, { ...names('custom_id title'), components: 'component' }],
  // The function that handles autocomplete callbacks checks the choices itself.
  choices: [z.unknown(), { choices: 'choice' }],
  thread: [spec.CreateTextThreadWithoutMessageRequestSchema, names('name auto_archive_duration type')],
  threadFrom: [spec.CreateTextThreadWithMessageRequestSchema, names('name auto_archive_duration')],
  threadEdit: [spec.UpdateThreadRequestPartialSchema, names('name archived locked auto_archive_duration')],
  channel: [spec.CreateGuildChannelRequestSchema, channel],
  channelEdit: [spec.UpdateGuildChannelRequestPartialSchema, channel],
  overwriteEdit: [overwriteEdit, names('type allow deny')],
  role: [spec.CreateRoleRequestSchema, role],
  roleEdit: [spec.UpdateRoleRequestPartialSchema, role],
  rolePositions: [z.array(rolePosition), names('id position')],
  guild: [spec.GuildPatchRequestPartialSchema, names('name preferred_locale')],
  member: [member, names('nick roles communication_disabled_until')],
  ownMember: [z.object({ nick }), names('nick')],
  ownUser: [spec.BotAccountPatchRequestSchema, names('username')],
  dm: [spec.CreatePrivateChannelRequestSchema, names('recipient_id')],
  bulkDelete: [z.object({ messages: messageIds }), names('messages')],
} as const satisfies Readonly<Record<string, readonly [z.ZodMiniType, Fields]>>;
export type BodyKind = keyof typeof bodyKinds;

/** The modelled fields of every kind of body, and of the objects inside bodies. */
export const modelledFields: Readonly<Record<string, Fields>> = {
  ...Object.fromEntries(Object.entries(bodyKinds).map(([kind, [, fields]]) => [kind, fields])),
  option: {
    ...names('name name_localizations description description_localizations'),
    ...names('type required file_types channel_types autocomplete min_value max_value min_length max_length'),
    choices: 'choice',
    options: 'option',
  },
  choice: names('name name_localizations value'),
  overwrite: names('id type allow deny'),
  colors: names('primary_color secondary_color tertiary_color'),
  allowedMentions: names('parse users roles replied_user'),
  attachment: names('id filename description'),
  reference: names('type message_id channel_id guild_id fail_if_not_exists'),
  embed: {
    ...names('type url title color timestamp description'),
    ...names('author image thumbnail footer fields provider video', 'embedPart'),
  },
  embedPart: names(
    'name value inline text url icon_url width height placeholder placeholder_version is_animated description',
  ),
  component: {
    ...names(
      'type id custom_id style label disabled url emoji placeholder min_values max_values required channel_types',
    ),
    ...names('default_values min_length max_length value content description default file_types accent_color spoiler'),
    ...names('spacing divider sku_id'),
    ...names('components accessory component options items', 'component'),
    ...names('media file', 'url'),
  },
  url: names('url'),
};

/** Fields that discord.js sends and Discord ignores, by kind of body. */
export const harmlessFields: Readonly<Record<string, { readonly names: string; readonly reason: string }>> = {
  attachment: {
    names: 'attachment name size url proxyURL height width contentType ephemeral duration flags',
    reason: 'an Attachment in the attachments of an edit is sent with all its properties',
  },
  channelEdit: {
    names: 'lock_permissions',
    reason: 'GuildChannel.setParent also sends the overwrites of the category',
  },
  member: { names: 'communicationDisabledUntil', reason: 'GuildMemberManager.edit leaves its own option in the body' },
  overwriteEdit: { names: 'id', reason: 'PermissionOverwriteManager.upsert repeats the id of the path' },
  threadFrom: {
    names: 'type',
    reason: 'GuildTextThreadManager.create sends the type also for a thread from a message',
  },
};
