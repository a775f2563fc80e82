/** Routes of messages. */
import { apiError, NotModelledError, problem, requireModelledValue, throwIfAny, tooLong } from './api-errors.ts';
import { messageObject } from './api-objects.ts';
import { readBody } from './body-validation.ts';
import { callerId, isAllowed, requireChannel, requirePermission } from './context.ts';
import { intents } from './gateway-rules.ts';
import { timestampOf } from './snowflake.ts';
import { discordLimits } from './discord-limits.ts';
import { messageFlags } from './message-flags.ts';
import {
  findPublicMessage,
  isOrdinary,
  type MessageBody,
  messageBody,
  messageWithNonce,
  referenceTo,
  removeMessage,
  removeMessages,
  requirePublicMessage,
  sendMessage,
  updateMessage,
} from './messages.ts';
import { sendPermission } from './permissions.ts';
import { queryId, queryLimit } from './query.ts';
import { callingUser, noContent, ok, type Reply, type RequestContext, type Route, route } from './route.ts';
import type { Channel, StoredMessage } from './world.ts';
import { requireActiveThread, unarchiveThread } from './threads.ts';

/** Categories, forums and media channels. Discord docs, resources/channel#channel-object-channel-types. */
const noMessages: readonly number[] = [4, 15, 16];

function createMessage(request: RequestContext, channelId: string): Reply {
  const { context, caller } = request;
  const channel = requireChannel(context, channelId, caller);
  if (noMessages.includes(channel.type ?? 0)) throw apiError('notText');
  requirePermission(context, channel, caller, sendPermission(channel));
  const sent = messageBody(context, 'message', request);
  const body = withoutEmbeds(request, channel, sent);
  const isEmpty = !body.embeds?.length && !body.content && !body.components?.length && body.files.length === 0;
  if (sent.embeds?.length && isEmpty) throw apiError('missingPermissions');
  const { nonce } = body;
  if (String(nonce ?? '').length > discordLimits.nonce) throwIfAny([tooLong(['nonce'], discordLimits.nonce)]);
  if (body.files.length > 0) requirePermission(context, channel, caller, 'ATTACH_FILES');
  unarchiveThread(context, channel, caller);
  const earlier = caller.kind === 'bot' ? messageWithNonce(context, caller.application, channel, body) : undefined;
  if (earlier) return shown(request, earlier);
  if (body.tts) requirePermission(context, channel, caller, 'SEND_TTS_MESSAGES');
  const original = originalOf(request, channel, body)?.message;
  const posted = sendMessage(context, {
    channel,
    author: callingUser(request),
    body: { ...body, flags: (body.flags ?? 0) & ~messageFlags.ephemeral },
    type: original ? 19 : 0,
    repliedTo: original?.author,
    extraFields: { ...(nonce !== undefined && { nonce }), ...(original && referenceTo(channel, original.id)) },
    defaultMentions: 'everything',
  });
  return shown(request, posted);
}

const shown = ({ context, caller }: RequestContext, stored: StoredMessage): Reply =>
  ok(messageObject(stored, context.world, callerId(caller)));

/**
 * Finds the message that a new message replies to. Throws errors 50035 and 160002 (grammar-nazi-bot issue 244). Discord
 * docs, resources/message#create-message.
 */
function originalOf(
  { context, caller }: RequestContext,
  channel: Channel,
  { message_reference: reference }: MessageBody,
): StoredMessage | undefined {
  if (!reference) return undefined;
  const { type, channel_id, guild_id, message_id = '', fail_if_not_exists: isNeeded = true } = reference;
  requireModelledValue('message_reference.type', type, [0]);
  requireModelledValue('message_reference.channel_id', channel_id, [channel.id]);
  requireModelledValue('message_reference.guild_id', guild_id, [channel.guildId]);
  if (!isAllowed(context, channel, caller, 'READ_MESSAGE_HISTORY')) throw apiError('noHistory');
  const original = findPublicMessage(context, channel, message_id);
  const refuse = (code: string, message: string) => throwIfAny([problem(['message_reference'], code, message)]);
  if (!original && isNeeded) refuse('REPLIES_UNKNOWN_MESSAGE', 'Unknown message');
  if (original && !isOrdinary(original.message.type))
    refuse('REPLIES_CANNOT_REPLY_TO_SYSTEM_MESSAGE', 'Cannot reply to a system message');
  return original;
}

/** Removes the embeds of a message if the caller lacks EMBED_LINKS. Source: discord-api-docs issue 2601. */
function withoutEmbeds({ context, caller }: RequestContext, channel: Channel, body: MessageBody): MessageBody {
  if (!body.embeds?.length || channel.guildId === undefined) return body;
  return isAllowed(context, channel, caller, 'EMBED_LINKS') ? body : { ...body, embeds: [] };
}

function editMessage(request: RequestContext, channelId: string, messageId: string): Reply {
  const { context, caller } = request;
  const stored = requirePublicMessage(context, caller, channelId, messageId);
  const channel = requireChannel(context, channelId, caller);
  const body = withoutEmbeds(request, channel, messageBody(context, 'messageEdit', request));
  if (stored.message.author.id !== callingUser(request).id) {
    // Only the flags of another user's message can be edited. Discord docs, resources/message#edit-message.
    const others = Object.entries(body).filter(
      ([name, value]) => name !== 'flags' && name !== 'files' && value != null,
    );
    if (others.length > 0 || body.files.length > 0) throw apiError('notYourMessage');
    requirePermission(context, channel, caller, 'MANAGE_MESSAGES');
  }
  requireActiveThread(context, channel, caller);
  return shown(request, updateMessage(context, stored, body, 'everything'));
}

function deleteMessage(request: RequestContext, channelId: string, messageId: string): Reply {
  const { context, caller } = request;
  const stored = requirePublicMessage(context, caller, channelId, messageId);
  const channel = requireChannel(context, channelId, caller);
  const isOwn = stored.message.author.id === callingUser(request).id;
  if (!isOwn && (channel.guildId === undefined || !isAllowed(context, channel, caller, 'MANAGE_MESSAGES')))
    throw apiError('missingPermissions');
  removeMessage(context, stored);
  return noContent;
}

/** Newest first; empty without READ_MESSAGE_HISTORY. Discord docs, resources/message#get-channel-messages. */
function getMessages({ context, caller, query }: RequestContext, channelId: string): Reply {
  const channel = requireChannel(context, channelId, caller);
  const count = queryLimit(query, 100, 50);
  if (!isAllowed(context, channel, caller, 'READ_MESSAGE_HISTORY')) return ok([]);
  const limits = ['before', 'after', 'around'].map((name) => queryId(query, name));
  if (limits.filter((id) => id !== undefined).length > 1)
    throw new NotModelledError('more than one of the query parameters before, after and around');
  const [before, after, around] = limits;
  const here = context.world.posts.filter(
    ({ message, reader }) => message.channel_id === channel.id && reader === undefined,
  );
  const older = here.filter(({ message }) => BigInt(message.id) < (before ?? around ?? BigInt(message.id) + 1n));
  const newer = here.filter(({ message }) => BigInt(message.id) >= (around ?? (after ?? -1n) + 1n));
  const half = Math.floor(count / 2);
  const page =
    around !== undefined
      ? [...older.slice(older.length - Math.min(half, older.length)), ...newer.slice(0, count - half)]
      : after !== undefined
        ? newer.slice(0, count)
        : older.slice(-count);
  return ok(page.map((stored) => messageObject(stored, context.world, callerId(caller))).toReversed());
}

/** Returns a message. Requires READ_MESSAGE_HISTORY. Discord docs, resources/message#get-channel-message. */
function getMessage(request: RequestContext, channelId: string, messageId: string): Reply {
  const { context, caller } = request;
  requirePermission(context, requireChannel(context, channelId, caller), caller, 'READ_MESSAGE_HISTORY');
  return shown(request, requirePublicMessage(context, caller, channelId, messageId));
}

/** Ignores unknown ids. Throws error 50034. Discord docs, resources/message#bulk-delete-messages. */
function bulkDelete(request: RequestContext, channelId: string): Reply {
  const { context, caller } = request;
  const channel = requireChannel(context, channelId, caller);
  if (channel.guildId === undefined) throw apiError('wrongChannelType');
  requirePermission(context, channel, caller, 'MANAGE_MESSAGES');
  const { messages } = readBody<{ readonly messages: readonly string[] }>('bulkDelete', request);
  const oldest = context.clock.now() - discordLimits.bulkDeleteMs;
  if (messages.some((id) => timestampOf(id) < oldest)) throw apiError('tooOldToDelete');
  const found = [...new Set(messages)].flatMap((id) => findPublicMessage(context, channel, id) ?? []);
  removeMessages(context, channel, found);
  return noContent;
}

/** Discord docs, resources/channel#trigger-typing-indicator. */
function startTyping({ context, caller }: RequestContext, channelId: string): Reply {
  const channel = requireChannel(context, channelId, caller);
  requirePermission(context, channel, caller, sendPermission(channel));
  const { id: channel_id, guildId: guild_id } = channel;
  const data = { channel_id, ...(guild_id !== undefined && { guild_id }), user_id: callerId(caller) };
  const timestamp = Math.floor(context.clock.now() / 1_000);
  const needed = [intents.guildTyping, intents.directTyping] as const;
  context.gateway.dispatchInChannel(channel, 'TYPING_START', { ...data, timestamp }, needed);
  return noContent;
}

export const messageRoutes: readonly Route[] = [
  route('POST', '/channels/:channel/typing', 'both', startTyping),
  route('POST', '/channels/:channel/messages/bulk-delete', 'both', bulkDelete, { body: ['bulkDelete'] }),
  route('GET', '/channels/:channel/messages', 'both', getMessages, { query: 'before after around limit' }),
  route('POST', '/channels/:channel/messages', 'both', createMessage, { body: ['message'] }),
  route('GET', '/channels/:channel/messages/:message', 'both', getMessage),
  route('PATCH', '/channels/:channel/messages/:message', 'bot', editMessage, { body: ['messageEdit'] }),
  route('DELETE', '/channels/:channel/messages/:message', 'both', deleteMessage),
];
