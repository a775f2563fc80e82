/** Routes of messages. */
import { apiError, problem, throwIfAny } from './api-errors.ts';
import { isAllowed, requireChannel, requirePermission } from './context.ts';
import { discordLimits } from './discord-limits.ts';
import { messageFlags } from './message-flags.ts';
import {
  findPublicMessage,
  messageBody,
  messageWithNonce,
  removeMessage,
  requirePublicMessage,
  sendMessage,
  updateMessage,
} from './messages.ts';
import { sendPermission } from './permissions.ts';
import { callingUser, noContent, ok, type Reply, type RequestContext, type Route, route } from './route.ts';
import { requireActiveThread, unarchiveThread } from './threads.ts';

/** Categories, forums and media channels. Discord docs, resources/channel#channel-object-channel-types. */
const noMessages: readonly number[] = [4, 15, 16];

function createMessage(request: RequestContext, channelId: string): Reply {
  const { context, caller } = request;
  const channel = requireChannel(context, channelId, caller);
  if (noMessages.includes(channel.type ?? 0)) throw apiError('notText');
  requirePermission(context, channel, caller, sendPermission(channel));
  const body = messageBody(context, 'message', request);
  const { nonce } = body;
  if (String(nonce ?? '').length > discordLimits.nonce)
    throwIfAny([problem(['nonce'], 'BASE_TYPE_MAX_LENGTH', `Must be ${discordLimits.nonce} or fewer in length.`)]);
  if (body.files.length > 0) requirePermission(context, channel, caller, 'ATTACH_FILES');
  unarchiveThread(context, channel, caller);
  const earlier = caller.kind === 'bot' ? messageWithNonce(context, caller.application, channel, body) : undefined;
  if (earlier) return ok(earlier.message);
  const { message_id: wanted, fail_if_not_exists: isNeeded = true } = body.message_reference ?? {};
  const replied = wanted === undefined ? undefined : findPublicMessage(context, channel, wanted);
  if (wanted !== undefined && !replied && isNeeded)
    throwIfAny([problem(['message_reference'], 'REPLIES_UNKNOWN_MESSAGE', 'Unknown message')]);
  const answered = replied?.message.id;
  const posted = sendMessage(context, {
    channel,
    author: callingUser(request),
    body: { ...body, flags: (body.flags ?? 0) & ~messageFlags.ephemeral },
    type: answered === undefined ? 0 : 19,
    repliedTo: replied?.message.author,
    extraFields: {
      ...(nonce !== undefined && { nonce }),
      ...(answered !== undefined && { message_reference: { type: 0, channel_id: channel.id, message_id: answered } }),
    },
    defaultMentions: 'everything',
  });
  return ok(posted.message);
}

function editMessage(request: RequestContext, channelId: string, messageId: string): Reply {
  const { context, caller } = request;
  const stored = requirePublicMessage(context, caller, channelId, messageId);
  if (stored.message.author.id !== callingUser(request).id) throw apiError('notYourMessage');
  requireActiveThread(context, requireChannel(context, channelId, caller), caller);
  return ok(updateMessage(context, stored, messageBody(context, 'messageEdit', request), 'everything').message);
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

/** Parses a snowflake in the query string. Undefined if absent. Throws 50035 if invalid. */
function queryId(query: URLSearchParams, name: string): bigint | undefined {
  const id = query.get(name);
  if (id === null) return undefined;
  if (!/^\d{1,20}$/.test(id)) throwIfAny([problem([name], 'NUMBER_TYPE_COERCE', `Value "${id}" is not snowflake.`)]);
  return BigInt(id);
}

/** Lists up to `limit` messages (1 to 100, default 50), newest first, optionally `before` or `after` a message id. */
function getMessages({ context, caller, query }: RequestContext, channelId: string): Reply {
  const channel = requireChannel(context, channelId, caller);
  requirePermission(context, channel, caller, 'READ_MESSAGE_HISTORY');
  const count = Math.min(100, Math.max(1, Number(query.get('limit') ?? 50) || 50));
  const [before, after] = [queryId(query, 'before'), queryId(query, 'after')];
  const here = context.world.posts.filter(({ message, reader }) => {
    const id = BigInt(message.id);
    const isWanted = (before === undefined || id < before) && (after === undefined || id > after);
    return message.channel_id === channel.id && reader === undefined && isWanted;
  });
  const page = after === undefined ? here.slice(-count) : here.slice(0, count);
  return ok(page.map(({ message }) => message).toReversed());
}

const getMessage = ({ context, caller }: RequestContext, channelId: string, messageId: string): Reply =>
  ok(requirePublicMessage(context, caller, channelId, messageId).message);

export const messageRoutes: readonly Route[] = [
  route('GET', '/channels/:channel/messages', 'both', getMessages),
  route('POST', '/channels/:channel/messages', 'both', createMessage),
  route('GET', '/channels/:channel/messages/:message', 'both', getMessage),
  route('PATCH', '/channels/:channel/messages/:message', 'bot', editMessage),
  route('DELETE', '/channels/:channel/messages/:message', 'both', deleteMessage),
];
