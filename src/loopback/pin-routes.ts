/** Routes of pinned messages. https://discord.com/developers/docs/resources/message#get-channel-pins */
import { apiError } from './api-errors.ts';
import { messageObject } from './api-objects.ts';
import { callerId, isAllowed, requireChannel, requirePermission } from './context.ts';
import { isOrdinary, referenceTo, requirePublicMessage, sendMessage } from './messages.ts';
import { queryLimit, queryTime } from './query.ts';
import { callingUser, noContent, ok, type Reply, type RequestContext, type Route, route } from './route.ts';
import type { StoredMessage } from './world.ts';

/** Maximum number of pinned messages in a channel. Discord docs, resources/message#pin-message. */
const mostPins = 250;
/** The message type CHANNEL_PINNED_MESSAGE. Discord docs, resources/message#message-object-message-types. */
const pinnedType = 6;

/** The pinned messages of a channel, latest pin first. Empty if the caller lacks READ_MESSAGE_HISTORY. */
function pinned({ context, caller }: RequestContext, channelId: string): readonly StoredMessage[] {
  const channel = requireChannel(context, channelId, caller);
  if (!isAllowed(context, channel, caller, 'READ_MESSAGE_HISTORY')) return [];
  return context.world.posts
    .filter(({ message, pinnedAt }) => message.channel_id === channel.id && pinnedAt !== undefined)
    .toSorted((a, b) => (b.pinnedAt ?? 0) - (a.pinnedAt ?? 0));
}

function listPins(request: RequestContext, channelId: string): Reply {
  const { context, query, caller } = request;
  const before = queryTime(query, 'before') ?? Infinity;
  const all = pinned(request, channelId).filter(({ pinnedAt = 0 }) => pinnedAt < before);
  const page = all.slice(0, queryLimit(query, 50, 50));
  const items = page.map((stored) => ({
    pinned_at: new Date(stored.pinnedAt ?? 0).toISOString(),
    message: messageObject(stored, context.world, callerId(caller)),
  }));
  return ok({ items, has_more: page.length < all.length });
}

const setPin =
  (isPinned: boolean): Route['run'] =>
  (request, channelId = '', messageId = '') => {
    const { context, caller } = request;
    const stored = requirePublicMessage(context, caller, channelId, messageId);
    const channel = requireChannel(context, channelId, caller);
    if (channel.guildId !== undefined) requirePermission(context, channel, caller, 'PIN_MESSAGES');
    // System messages cannot be pinned. Source: discord.js pull request 6585.
    if (!isOrdinary(stored.message.type)) throw apiError('systemMessage');
    if (stored.message.pinned === isPinned) return noContent;
    if (isPinned && pinned(request, channelId).length >= mostPins) throw apiError('tooManyPins');
    stored.message.pinned = isPinned;
    if (isPinned) stored.pinnedAt = context.clock.now();
    else delete stored.pinnedAt;
    context.worldChanged();
    context.gateway.dispatchMessage('MESSAGE_UPDATE', stored);
    const latest = pinned(request, channelId)[0]?.pinnedAt;
    context.gateway.dispatchInChannel(channel, 'CHANNEL_PINS_UPDATE', {
      channel_id: channel.id,
      ...(channel.guildId !== undefined && { guild_id: channel.guildId }),
      last_pin_timestamp: latest === undefined ? null : new Date(latest).toISOString(),
    });
    if (isPinned)
      sendMessage(context, {
        channel,
        author: callingUser(request),
        body: { files: [] },
        type: pinnedType,
        isDeferred: false,
        extraFields: referenceTo(channel, stored.message.id),
        defaultMentions: 'everything',
      });
    return noContent;
  };

/** The last three routes are those before June 2025. Discord docs, change log of June 2025. */
export const pinRoutes: readonly Route[] = [
  route('GET', '/channels/:channel/messages/pins', 'both', listPins, { query: 'before limit' }),
  route('PUT', '/channels/:channel/messages/pins/:message', 'both', setPin(true)),
  route('DELETE', '/channels/:channel/messages/pins/:message', 'both', setPin(false)),
  route('GET', '/channels/:channel/pins', 'both', (request, channel = '') =>
    ok(pinned(request, channel).map((each) => messageObject(each, request.context.world, callerId(request.caller)))),
  ),
  route('PUT', '/channels/:channel/pins/:message', 'both', setPin(true)),
  route('DELETE', '/channels/:channel/pins/:message', 'both', setPin(false)),
];
