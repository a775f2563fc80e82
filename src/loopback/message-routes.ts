/** Routes of messages. Discord docs, resources/message. */
import type { RESTPostAPIChannelMessagesBulkDeleteJSONBody } from 'discord-api-types/v10';
import { apiError, NotModelledError, refuseField, requireModelledValue, throwIfAny, tooLong } from './api-errors.ts';
import { messageObject, placeOf } from './api-objects.ts';
import { callerId, callingUser, findPublicMessage, type InChannel, isAllowed, requirePermission } from './context.ts';
import { timestampOf } from './snowflake.ts';
import { discordLimits } from './discord-limits.ts';
import { messageFlags } from './message-flags.ts';
import {
  isOrdinary,
  type MessageBody,
  messageWithNonce,
  referenceTo,
  removeMessage,
  removeMessages,
  sendMessage,
  updateMessage,
} from './messages.ts';
import { sendPermission } from './permissions.ts';
import { queryId, queryLimit } from './query.ts';
import { type Asked, type Route, route } from './route.ts';
import type { StoredMessage } from './world.ts';
import { requireActiveThread, unarchiveThread } from './threads.ts';

type Sending = Asked<'channel', Omit<MessageBody, 'files'>>;
type OnMessage = Asked<'channel' | 'message'>;

/**
 * Channel types without messages: category, forum, media. Discord docs,
 * resources/channel#channel-object-channel-types.
 */
const noMessages: readonly number[] = [4, 15, 16];

function createMessage(asked: Sending): object {
  const { context, caller, channel } = asked;
  if (noMessages.includes(channel.type ?? 0)) throw apiError('notText');
  const body = withoutEmbeds(asked);
  const isEmpty = !body.embeds?.length && !body.content && !body.components?.length && body.files.length === 0;
  if (asked.body.embeds?.length && isEmpty) throw apiError('missingPermissions');
  const { nonce } = body;
  if (String(nonce ?? '').length > discordLimits.nonce) throwIfAny([tooLong(['nonce'], discordLimits.nonce)]);
  if (body.files.length > 0) requirePermission(asked, 'ATTACH_FILES');
  unarchiveThread(asked);
  const earlier = caller.kind === 'bot' ? messageWithNonce(context, caller.application, channel, body) : undefined;
  if (earlier) return shown(asked, earlier);
  if (body.tts) requirePermission(asked, 'SEND_TTS_MESSAGES');
  const original = originalOf(asked)?.message;
  const posted = sendMessage(context, {
    channel,
    author: callingUser(caller),
    body: { ...body, flags: (body.flags ?? 0) & ~messageFlags.ephemeral },
    type: original ? 19 : 0,
    repliedTo: original?.author,
    extraFields: { ...(nonce !== undefined && { nonce }), ...(original && referenceTo(channel, original.id)) },
    defaultMentions: 'everything',
  });
  return shown(asked, posted);
}

const shown = ({ context, caller }: InChannel, stored: StoredMessage): object =>
  messageObject(stored, context.world, callerId(caller));

/**
 * Finds the original message to which a new message replies. Throws error 160002 if the caller lacks
 * READ_MESSAGE_HISTORY (grammar-nazi-bot issue 244). Throws error 50035 if the original message is a system message.
 * If `fail_if_not_exists` is true, which is the default, also throws error 50035 if the original message is missing.
 * Discord docs, #create-message.
 */
function originalOf(asked: Sending): StoredMessage | undefined {
  const { context, channel, body } = asked;
  if (!body.message_reference) return undefined;
  const { type, channel_id, guild_id, message_id = '', fail_if_not_exists: isNeeded = true } = body.message_reference;
  requireModelledValue('message_reference.type', type, [0]);
  requireModelledValue('message_reference.channel_id', channel_id, [channel.id]);
  requireModelledValue('message_reference.guild_id', guild_id, [channel.guildId]);
  if (!isAllowed(asked, 'READ_MESSAGE_HISTORY')) throw apiError('noHistory');
  const original = findPublicMessage(context, channel, message_id);
  const refuse = (code: string, message: string) => refuseField(['message_reference'], code, message);
  if (!original && isNeeded) refuse('REPLIES_UNKNOWN_MESSAGE', 'Unknown message');
  if (original && !isOrdinary(original.message.type))
    refuse('REPLIES_CANNOT_REPLY_TO_SYSTEM_MESSAGE', 'Cannot reply to a system message');
  return original;
}

/** Removes the embeds of a message if the caller lacks EMBED_LINKS. Source: discord-api-docs issue 2601. */
function withoutEmbeds(asked: Sending): MessageBody {
  const { channel, files } = asked;
  const body = { ...asked.body, files };
  if (!body.embeds?.length || channel.guildId === undefined) return body;
  return isAllowed(asked, 'EMBED_LINKS') ? body : { ...body, embeds: [] };
}

function editMessage(asked: Sending & OnMessage): object {
  const { context, message: stored } = asked;
  const body = withoutEmbeds(asked);
  if (stored.message.author.id !== callerId(asked.caller)) {
    // In a message of another user, only the flags can be edited. Discord docs, resources/message#edit-message.
    const { flags: _, files, ...others } = body;
    if (files.length > 0 || Object.values(others).some((value) => value != null)) throw apiError('notYourMessage');
    requirePermission(asked, 'MANAGE_MESSAGES');
  }
  requireActiveThread(asked);
  return shown(asked, updateMessage(context, stored, body, 'everything'));
}

function deleteMessage(asked: OnMessage): void {
  const { context, caller, channel, message: stored } = asked;
  const isOwn = stored.message.author.id === callerId(caller);
  if (!isOwn && (channel.guildId === undefined || !isAllowed(asked, 'MANAGE_MESSAGES')))
    throw apiError('missingPermissions');
  removeMessage(context, stored);
}

/**
 * Lists messages, newest first. Empty if the caller lacks READ_MESSAGE_HISTORY. Discord docs, #get-channel-messages.
 */
function getMessages(asked: Asked<'channel'>): object {
  const { context, channel, query } = asked;
  const count = queryLimit(query, 100, 50);
  if (!isAllowed(asked, 'READ_MESSAGE_HISTORY')) return [];
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
  return page.map((stored) => shown(asked, stored)).toReversed();
}

/**
 * Deletes several messages. Ignores unknown ids. Throws error 50034 if a message is older than two weeks. Discord docs,
 * #bulk-delete-messages.
 */
function bulkDelete({ context, channel, body }: Asked<'channel', RESTPostAPIChannelMessagesBulkDeleteJSONBody>): void {
  if (channel.guildId === undefined) throw apiError('wrongChannelType');
  const oldest = context.clock.now() - discordLimits.bulkDeleteMs;
  if (body.messages.some((id) => timestampOf(id) < oldest)) throw apiError('tooOldToDelete');
  const found = [...new Set(body.messages)].flatMap((id) => findPublicMessage(context, channel, id) ?? []);
  removeMessages(context, channel, found);
}

/** Shows that the caller is typing. Discord docs, resources/channel#trigger-typing-indicator. */
function startTyping({ context, caller, channel }: Asked<'channel'>): void {
  const timestamp = Math.floor(context.clock.now() / 1_000);
  const data = { ...placeOf(channel), user_id: callerId(caller), timestamp };
  context.gateway.dispatchInChannel(channel, 'TYPING_START', data);
}

const path = '/channels/:channel/messages';
export const messageRoutes: readonly Route[] = [
  route('POST', '/channels/:channel/typing', 'both', startTyping, { needs: sendPermission }),
  route('POST', `${path}/bulk-delete`, 'both', bulkDelete, { needs: 'MANAGE_MESSAGES', body: ['bulkDelete'] }),
  route('GET', path, 'both', getMessages, { query: 'before after around limit' }),
  route('POST', path, 'both', createMessage, { needs: sendPermission, body: ['message'] }),
  // Reading a single message needs READ_MESSAGE_HISTORY. Discord docs, #get-channel-message.
  route('GET', `${path}/:message`, 'both', (asked) => shown(asked, asked.message), { needs: 'READ_MESSAGE_HISTORY' }),
  route('PATCH', `${path}/:message`, 'bot', editMessage, { body: ['messageEdit'] }),
  route('DELETE', `${path}/:message`, 'both', deleteMessage),
];
