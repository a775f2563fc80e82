/**
 * The fields of request bodies that the emulation models. Any other field is refused with an error that names the
 * field. Empty fields (null, false, 0, '' or []) are ignored, because discord.js sends them. A `position` of 0 does not
 * count as empty, because it is a real position.
 *
 * A test compares the table with Discord's specification.
 */
import { unmodelledField, type Path } from './api-errors.ts';

const mention = { allowed_mentions: 'allowedMentions' };
const message = {
  content: '',
  embeds: 'embed',
  components: 'component',
  attachments: 'attachment',
  flags: '',
  ...mention,
};
const webhookMessage = { ...message, tts: '' };
const names = <T extends string = ''>(list: string, shape = '' as T): Readonly<Record<string, T>> =>
  Object.fromEntries(list.split(' ').map((name) => [name, shape]));
const described = names('name name_localizations description description_localizations');
const channel = { ...names('name topic nsfw parent_id'), permission_overwrites: 'overwrite' };
const media = { media: 'url', file: 'url', items: 'component' };

/** The fields of each kind of body. The value is the kind of the objects in the field, or an empty string. */
export const modelledFields = {
  command: {
    ...described,
    ...names('default_member_permissions dm_permission contexts integration_types type'),
    options: 'option',
  },
  commandEdit: {
    ...described,
    ...names('default_member_permissions dm_permission contexts integration_types'),
    options: 'option',
  },
  option: {
    ...described,
    ...names('type required file_types channel_types autocomplete min_value max_value min_length max_length'),
    choices: 'choice',
    options: 'option',
  },
  choice: names('name name_localizations value'),
  message: { ...webhookMessage, ...names('nonce enforce_nonce'), message_reference: 'reference' },
  messageEdit: message,
  reply: webhookMessage,
  replyEdit: message,
  modal: { ...names('custom_id title'), components: 'component' },
  choices: { choices: 'choice' },
  thread: names('name auto_archive_duration type'),
  threadFrom: names('name auto_archive_duration'),
  threadEdit: names('name archived locked auto_archive_duration'),
  channel: { ...channel, type: '' },
  channelEdit: { ...channel, type: '' },
  overwrite: names('id type allow deny'),
  overwriteEdit: names('type allow deny'),
  role: { ...names('name permissions color hoist mentionable'), colors: 'colors' },
  roleEdit: { ...names('name permissions color hoist mentionable'), colors: 'colors' },
  rolePositions: names('id position'),
  colors: names('primary_color secondary_color tertiary_color'),
  guild: names('name preferred_locale'),
  member: names('nick roles communication_disabled_until'),
  ownMember: names('nick'),
  ownUser: names('username'),
  dm: names('recipient_id'),
  bulkDelete: names('messages'),
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
    ...names('components accessory component options', 'component'),
    ...media,
  },
  url: names('url'),
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>;

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

const isHarmless = (kind: string, name: string): boolean =>
  harmlessFields[kind]?.names.split(' ').includes(name) === true;

export type BodyFields = keyof typeof modelledFields;

const asksForNothing = (name: string, value: unknown): boolean =>
  (!value && name !== 'position') || (Array.isArray(value) && value.length === 0);

/** Throws a NotModelledError for the first field of the body that the emulation does not model. */
export function requireModelledFields(kind: BodyFields, body: unknown, at: Path = []): void {
  const fields: Readonly<Record<string, string>> = modelledFields[kind];
  for (const [index, each] of (Array.isArray(body) ? body : [body]).entries()) {
    if (typeof each !== 'object' || each === null) continue;
    const here = Array.isArray(body) ? [...at, index] : at;
    for (const [name, value] of Object.entries<unknown>(each)) {
      const inner = fields[name];
      if (value === null || value === undefined) continue;
      if (inner === undefined && (asksForNothing(name, value) || isHarmless(kind, name))) continue;
      if (inner === undefined) throw unmodelledField([...here, name]);
      if (inner !== '') requireModelledFields(inner as BodyFields, value, [...here, name]);
    }
  }
}
