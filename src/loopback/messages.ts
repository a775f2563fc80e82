/** Messages: how one comes to stand in a channel, changes and goes, and who is pinged by it. */
import { discordLimits } from './discord-limits.ts';
import { messageFlags } from './message-flags.ts';
import { attachmentsAfter, forgetFiles, withAddresses, type Listed, type Sent, type Upload } from './attachments.ts';
import { channelFor, freshId, type Caller, type Emulation } from './context.ts';
import { insistOn, refusal } from './api-errors.ts';
import { allComponents, isEmpty, mentionProblems, messageProblems, type AllowedMentions } from './message-rules.ts';
import { peopleIn, userObject } from './api-objects.ts';
import { may } from './permissions.ts';
import { insistOnShape, type Shape } from './body-validation.ts';
import type { Application, Channel, Component, Message, Post, User } from './world.ts';

/** The type of the message that tells of a thread. docs, resources/message#message-object-message-types. */
export const threadCreated = 18;

/** Each channel remembers this many messages. */
const history = 1_000;

/** The body of a request that creates or edits a message, once its shape has been judged. */
export interface MessageBody {
  readonly content?: string | null;
  readonly embeds?: readonly object[] | null;
  readonly components?: readonly Component[] | null;
  readonly flags?: number | null;
  readonly attachments?: readonly Listed[] | null;
  readonly files: readonly Upload[];
  readonly allowed_mentions?: AllowedMentions | null;
  readonly nonce?: string | number;
  readonly enforce_nonce?: boolean | null;
  readonly message_reference?: { readonly message_id?: string; readonly fail_if_not_exists?: boolean | null } | null;
}

/** The body as a message body; throws 50035 when the shape is wrong. `at` is where the body stands in the request. */
export function messageBody(
  emulation: Emulation,
  shape: Shape,
  { body, files }: Sent,
  at: readonly string[] = [],
): MessageBody {
  insistOnShape(emulation, shape, body, at);
  return { ...(body as Omit<MessageBody, 'files'>), files };
}

interface NewMessage {
  readonly channel: Channel;
  readonly author: User;
  readonly body: MessageBody;
  readonly type?: number;
  /** Fields that only some messages have: nonce, interaction_metadata … */
  readonly more?: Partial<Message>;
  /** Whose message a reply answers; that pings too. */
  readonly repliedTo?: User | undefined;
  readonly reader?: string;
  readonly interactionId?: string;
  /** docs, resources/message#allowed-mentions-object: interactions ping nobody but users by default. */
  readonly byDefault: 'everything' | 'users';
  /** A deferred answer: nothing is shown yet, so nothing is judged. */
  readonly isAwaited?: boolean;
  readonly at?: readonly string[];
}

/** Posts a message and shows it to all who may see it. Throws 50035 and 50006. */
export function post(emulation: Emulation, wanted: NewMessage): Post {
  const {
    channel,
    author,
    body,
    type = 0,
    more = {},
    reader,
    interactionId,
    byDefault,
    isAwaited = false,
    at = [],
  } = wanted;
  const { world } = emulation;
  const attachments = attached(emulation, channel, [], body, at);
  const content = {
    content: body.content ?? '',
    embeds: withAddresses([...(body.embeds ?? [])], attachments, [...at, 'embeds']),
    components: withAddresses(numbered(body.components ?? []), attachments, [...at, 'components']),
    attachments,
    flags: (body.flags ?? 0) | (isAwaited ? messageFlags.loading : 0),
  };
  if (!isAwaited) {
    insistOn([...messageProblems(content, undefined, at), ...mentionProblems(body.allowed_mentions, at)]);
    if (isEmpty(content)) throw refusal('emptyMessage');
  }
  const message: Message = {
    id: freshId(emulation),
    channel_id: channel.id,
    type,
    author: userObject(author),
    ...content,
    timestamp: new Date(emulation.clock.now()).toISOString(),
    edited_timestamp: null,
    tts: false,
    pinned: false,
    ...pinged(emulation, channel, author, content, body.allowed_mentions, byDefault, wanted.repliedTo),
    ...more,
  };
  const kept: Post = {
    message,
    ...(reader !== undefined && { reader }),
    ...(interactionId !== undefined && { interactionId }),
  };
  world.posts.push(kept);
  const here = world.posts.filter(({ message }) => message.channel_id === channel.id);
  if (here.length > history && here[0]) {
    world.posts.splice(world.posts.indexOf(here[0]), 1);
    forgetFiles(world);
  }
  emulation.changed();
  emulation.gateway.showMessage('MESSAGE_CREATE', kept);
  return kept;
}

/** Changes what the body names and leaves the rest. Throws 50035 and 50006. */
export function edit(
  emulation: Emulation,
  kept: Post,
  body: MessageBody,
  byDefault: NewMessage['byDefault'],
  at: readonly string[] = [],
): Post {
  const { message } = kept;
  const wasLoading = (message.flags & messageFlags.loading) !== 0;
  const fixed =
    message.flags & (messageFlags.ephemeral | messageFlags.hasThread | (wasLoading ? 0 : messageFlags.loading));
  const before = { ...message, flags: message.flags & ~messageFlags.loading };
  const channel = channelById(emulation, message.channel_id);
  const attachments = attached(emulation, channel, message.attachments, body, at);
  const [embeds, components] = [body.embeds ?? [], numbered(body.components ?? [])];
  const next = {
    content: body.content === undefined ? message.content : (body.content ?? ''),
    embeds: body.embeds === undefined ? message.embeds : withAddresses([...embeds], attachments, [...at, 'embeds']),
    components:
      body.components === undefined
        ? message.components
        : withAddresses(components, attachments, [...at, 'components']),
    attachments,
    flags: (typeof body.flags === 'number' ? body.flags & ~messageFlags.ephemeral : before.flags) | fixed,
  };
  insistOn([
    ...messageProblems(next, wasLoading ? undefined : before, at),
    ...mentionProblems(body.allowed_mentions, at),
  ]);
  if (isEmpty(next)) throw refusal('emptyMessage');
  Object.assign(message, next, pinged(emulation, channel, message.author, next, body.allowed_mentions, byDefault));
  forgetFiles(emulation.world);
  if (!wasLoading) message.edited_timestamp = new Date(emulation.clock.now()).toISOString();
  emulation.changed();
  emulation.gateway.showMessage('MESSAGE_UPDATE', kept);
  return kept;
}

export function remove(emulation: Emulation, kept: Post): void {
  const { posts } = emulation.world;
  posts.splice(posts.indexOf(kept), 1);
  forgetFiles(emulation.world);
  emulation.changed();
  emulation.gateway.hideMessage(kept);
}

/** A message of a channel's history; 10008 when there is none. Ephemeral ones are in nobody's history. */
export function publicPost(emulation: Emulation, caller: Caller, channelId: string, messageId: string): Post {
  const channel = channelFor(emulation, channelId, caller);
  const found = postIn(emulation, channel, messageId);
  if (!found) throw refusal('unknownMessage');
  return found;
}

export const postIn = ({ world }: Emulation, channel: Channel, messageId: string): Post | undefined =>
  world.posts.find(
    ({ message, reader }) => message.id === messageId && message.channel_id === channel.id && reader === undefined,
  );

/** The message that the same nonce posted in the past few minutes. docs, resources/message#create-message. */
export function earlierPost(
  { world, clock }: Emulation,
  author: Application,
  channel: Channel,
  body: MessageBody,
): Post | undefined {
  if (!body.enforce_nonce || body.nonce === undefined) return undefined;
  return world.posts.findLast(
    ({ message }) =>
      message.channel_id === channel.id &&
      message.author.id === author.id &&
      message.nonce === body.nonce &&
      clock.now() - Date.parse(message.timestamp) < discordLimits.nonceMs,
  );
}

const attached = (
  emulation: Emulation,
  { id }: Channel,
  before: Message['attachments'],
  { attachments, files }: MessageBody,
  at: readonly string[],
): Message['attachments'] => attachmentsAfter(emulation, id, before, attachments, files, at);

function channelById({ world }: Emulation, id: string): Channel {
  const channel = world.channels.find((channel) => channel.id === id);
  if (!channel) throw refusal('unknownChannel');
  return channel;
}

/** docs, components/reference#anatomy-of-a-component: components without an id get the next free number. */
function numbered(components: readonly Component[]): Component[] {
  const taken = new Set(allComponents(components).flatMap(({ component: { id } }) => (id ? [id] : [])));
  let next = 0;
  const number = (component: Component): Component => {
    let { id } = component;
    if (!id) {
      do next++;
      while (taken.has(next));
      id = next;
    }
    return {
      ...component,
      id,
      ...(component.components && { components: component.components.map(number) }),
      ...(component.accessory && { accessory: number(component.accessory) }),
    };
  };
  return components.map(number);
}

/**
 * Who is pinged, in the fields of a message that say so; texts of components count. docs,
 * resources/message#allowed-mentions-object; without it everything is parsed, and an edit is parsed anew.
 */
function pinged(
  { world, clock }: Emulation,
  channel: Channel,
  author: User,
  { content, components }: Pick<Message, 'content' | 'components'>,
  allowed: AllowedMentions | null | undefined,
  byDefault: NewMessage['byDefault'],
  repliedTo?: User,
): Pick<Message, 'mentions' | 'mention_everyone' | 'mention_roles'> {
  const text = [content, ...allComponents(components).map(({ component }) => component.content ?? '')].join('\n');
  const parse = allowed ? (allowed.parse ?? []) : byDefault === 'users' ? ['users'] : ['users', 'roles', 'everyone'];
  const idsIn = (pattern: RegExp) => new Set([...text.matchAll(pattern)].map(([, id = '']) => id));
  const [people, roles] = [idsIn(/<@!?(\d{17,19})>/g), idsIn(/<@&(\d{17,19})>/g)];
  const isMeant = (kind: 'users' | 'roles', id: string) => parse.includes(kind) || (allowed?.[kind] ?? []).includes(id);
  const mayShout = may(world, channel, author.id, clock.now(), 'MENTION_EVERYONE');
  const guild = world.guilds.find(({ id }) => id === channel.guildId);
  const isReply = (id: string) => id === repliedTo?.id && (allowed ? allowed.replied_user === true : true);
  return {
    mentions: peopleIn(world)
      .filter(({ id }) => (people.has(id) && isMeant('users', id)) || isReply(id))
      .map(userObject),
    mention_everyone: mayShout && parse.includes('everyone') && /@(?:everyone|here)\b/.test(text),
    mention_roles: (guild?.roles ?? [])
      .filter(({ id, mentionable }) => roles.has(id) && isMeant('roles', id) && (mentionable || mayShout))
      .map(({ id }) => id),
  };
}
