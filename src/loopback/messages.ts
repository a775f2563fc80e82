/** Creates, edits and deletes messages. Discord docs, resources/message. */
import { apiError, byId, type Path, throwIfAny } from './api-errors.ts';
import { placeOf, userObject } from './api-objects.ts';
import {
  type AttachmentsBody,
  deleteUnusedFiles,
  nextAttachments,
  type RequestBody,
  resolveAttachmentUrls,
} from './attachments.ts';
import type { BodyKind } from './body-kinds.ts';
import { validateBody } from './body-validation.ts';
import type { Component } from './component-json.ts';
import { withComponentIds } from './component-rules.ts';
import { type Context, newId } from './context.ts';
import { discordLimits } from './discord-limits.ts';
import { type AllowedMentions, type DefaultMentions, mentionFields, mentionProblems } from './mentions.ts';
import { hideEmbeds, richEmbed } from './embeds.ts';
import { messageFlags } from './message-flags.ts';
import { isEmptyMessage, messageProblems } from './message-rules.ts';
import type { Application, Channel, Message, StoredMessage, User } from './world.ts';

const messagesPerChannel = 1_000;

export interface MessageBody extends AttachmentsBody {
  readonly content?: string | null;
  readonly embeds?: readonly object[] | null;
  readonly components?: readonly Component[] | null;
  readonly flags?: number | null;
  readonly allowed_mentions?: AllowedMentions | null;
  readonly nonce?: string | number;
  readonly enforce_nonce?: boolean | null;
  readonly tts?: boolean | null;
  readonly message_reference?: {
    readonly type?: number | null;
    readonly message_id?: string;
    readonly channel_id?: string | null;
    readonly guild_id?: string | null;
    readonly fail_if_not_exists?: boolean | null;
  } | null;
}

/** Validates a message body. `at` is the path of the body in the request. Throws error 50035 if the body is invalid. */
export function messageBody(
  context: Context,
  kind: BodyKind,
  { body, files }: RequestBody,
  at: readonly string[] = [],
): MessageBody {
  validateBody(context, kind, body, at);
  return { ...(body as Omit<MessageBody, 'files'>), files };
}

interface NewMessage {
  readonly channel: Channel;
  readonly author: User;
  readonly body: MessageBody;
  readonly type?: number;
  /** Fields that only some messages have, such as nonce or interaction_metadata. */
  readonly extraFields?: Partial<Message>;
  /** The author of the original message, if the new message is a reply. By default, the reply mentions this user. */
  readonly repliedTo?: User | undefined;
  readonly reader?: string;
  readonly interactionId?: string;
  /** The mentions that are parsed if `allowed_mentions` is missing. Discord docs, #allowed-mentions-object. */
  readonly defaultMentions: DefaultMentions;
  /** True for a deferred reply, whose empty content must not be validated. */
  readonly isDeferred?: boolean;
  readonly path?: readonly string[];
}

/** The reference of a reply or a pin notification. Discord docs, #message-reference-content-attribution. */
export const referenceTo = (channel: Channel, message_id: string): Pick<Message, 'message_reference'> => ({
  message_reference: { type: 0, message_id, ...placeOf(channel) },
});

/** Stores and dispatches a message. Throws error 50006 if it is empty, and error 50035 if it is invalid. */
export function sendMessage(context: Context, wanted: NewMessage): StoredMessage {
  const { channel, author, body, reader, interactionId, isDeferred = false, path = [] } = wanted;
  const flags = (body.flags ?? 0) | (isDeferred ? messageFlags.loading : 0);
  const content = { ...nextContent(context, channel, emptyContent, body, path), flags };
  if (!isDeferred) {
    throwIfAny([...messageProblems(content, undefined, path), ...mentionProblems(body.allowed_mentions, path)]);
    if (isEmptyMessage(content) && isOrdinary(wanted.type)) throw apiError('emptyMessage');
  }
  const message: Message = {
    id: newId(context),
    channel_id: channel.id,
    type: wanted.type ?? 0,
    author: userObject(author),
    ...content,
    timestamp: new Date(context.clock.now()).toISOString(),
    edited_timestamp: null,
    tts: body.tts === true,
    pinned: false,
    ...mentionFields(
      context,
      channel,
      author,
      content,
      body.allowed_mentions,
      wanted.defaultMentions,
      wanted.repliedTo,
    ),
    ...wanted.extraFields,
  };
  const stored: StoredMessage = {
    message,
    hiddenEmbeds: [],
    ...(reader !== undefined && { reader }),
    ...(interactionId !== undefined && { interactionId }),
  };
  hideEmbeds(stored);
  context.world.posts.push(stored);
  dropOldestMessage(context, channel);
  context.gateway.dispatchMessage('MESSAGE_CREATE', stored);
  return stored;
}

/** Whether users can reply to messages of this type. Discord docs, resources/message#message-types. */
export const isOrdinary = (type = 0): boolean => [0, 19, 20, 23].includes(type);

type Content = Pick<Message, 'content' | 'embeds' | 'components' | 'attachments'>;
const emptyContent: Content = { content: '', embeds: [], components: [], attachments: [] };

function nextContent(context: Context, { id }: Channel, before: Content, body: MessageBody, path: Path): Content {
  const attachments = nextAttachments(context, id, before.attachments, body, path);
  const resolved = <T>(part: T, field: string): T => resolveAttachmentUrls(part, attachments, [...path, field]);
  const { content = before.content, embeds, components } = body;
  return {
    content: content ?? '',
    embeds: embeds === undefined ? before.embeds : resolved((embeds ?? []).map(richEmbed), 'embeds'),
    components:
      components === undefined ? before.components : resolved(withComponentIds(components ?? []), 'components'),
    attachments,
  };
}

function dropOldestMessage({ world }: Context, channel: Channel): void {
  const [oldest, ...others] = world.posts.filter(({ message }) => message.channel_id === channel.id);
  if (!oldest || others.length < messagesPerChannel) return;
  world.posts.splice(world.posts.indexOf(oldest), 1);
  deleteUnusedFiles(world);
}

/** The flags that an edit can change. Other flags keep their values. Discord docs, resources/message#edit-message. */
const editableFlags = messageFlags.suppressEmbeds | messageFlags.isComponentsV2;
const editFlags = (before: number, wanted: number): number => (before & ~editableFlags) | (wanted & editableFlags);

export function updateMessage(
  context: Context,
  stored: StoredMessage,
  body: MessageBody,
  defaultMentions: DefaultMentions,
  path: readonly string[] = [],
): StoredMessage {
  const { message } = stored;
  const wasLoading = (message.flags & messageFlags.loading) !== 0;
  const before = { ...message, flags: message.flags & ~messageFlags.loading };
  const channel = byId(context.world.channels, message.channel_id, 'unknownChannel');
  const known = { ...message, embeds: [...stored.hiddenEmbeds, ...message.embeds] };
  const flags = typeof body.flags === 'number' ? editFlags(before.flags, body.flags) : before.flags;
  const next = { ...nextContent(context, channel, known, body, path), flags };
  throwIfAny([
    ...messageProblems(next, wasLoading ? undefined : before, path),
    ...mentionProblems(body.allowed_mentions, path),
  ]);
  if (isEmptyMessage(next)) throw apiError('emptyMessage');
  Object.assign(
    message,
    next,
    mentionFields(context, channel, message.author, next, body.allowed_mentions, defaultMentions),
  );
  hideEmbeds(stored);
  deleteUnusedFiles(context.world);
  if (!wasLoading) message.edited_timestamp = new Date(context.clock.now()).toISOString();
  context.gateway.dispatchMessage('MESSAGE_UPDATE', stored);
  return stored;
}

export function removeMessage(context: Context, stored: StoredMessage): void {
  const { posts } = context.world;
  posts.splice(posts.indexOf(stored), 1);
  deleteUnusedFiles(context.world);
  context.gateway.dispatchMessageDelete(stored);
}

export function removeMessages(context: Context, channel: Channel, stored: readonly StoredMessage[]): void {
  const [only] = stored;
  if (only && stored.length === 1) return removeMessage(context, only);
  context.world.posts = context.world.posts.filter((one) => !stored.includes(one));
  deleteUnusedFiles(context.world);
  context.gateway.dispatchInChannel(channel, 'MESSAGE_DELETE_BULK', {
    ids: stored.map(({ message }) => message.id),
    ...placeOf(channel),
  });
}

/** With `enforce_nonce`, finds a recent message of the bot with the same nonce. Discord docs, #create-message. */
export function messageWithNonce(
  { world, clock }: Context,
  author: Application,
  channel: Channel,
  body: MessageBody,
): StoredMessage | undefined {
  if (!body.enforce_nonce || body.nonce === undefined) return undefined;
  return world.posts.findLast(
    ({ message }) =>
      message.channel_id === channel.id &&
      message.author.id === author.id &&
      message.nonce === body.nonce &&
      clock.now() - Date.parse(message.timestamp) < discordLimits.nonceMs,
  );
}
