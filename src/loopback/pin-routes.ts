/** Routes of pinned messages. https://discord.com/developers/docs/resources/message#get-channel-pins */
import { apiError } from './api-errors.ts';
import { messageObject, placeOf } from './api-objects.ts';
import { callerId, callingUser, type InChannel, isAllowed } from './context.ts';
import { isOrdinary, referenceTo, sendMessage } from './messages.ts';
import { queryLimit, queryTime } from './query.ts';
import { type Asked, type Route, route } from './route.ts';
import type { StoredMessage } from './world.ts';

/** Maximum number of pinned messages in a channel. Discord docs, resources/message#pin-message. */
const maxPins = 250;
/** The message type CHANNEL_PINNED_MESSAGE. Discord docs, resources/message#message-object-message-types. */
const pinnedType = 6;

/** The pinned messages of a channel, latest pin first. Empty if the caller lacks READ_MESSAGE_HISTORY. */
function pinned(here: InChannel): readonly StoredMessage[] {
  const { context, channel } = here;
  if (!isAllowed(here, 'READ_MESSAGE_HISTORY')) return [];
  return context.world.posts
    .filter(({ message, pinnedAt }) => message.channel_id === channel.id && pinnedAt !== undefined)
    .toSorted((a, b) => (b.pinnedAt ?? 0) - (a.pinnedAt ?? 0));
}

function listPins(asked: Asked<'channel'>): object {
  const { context, query, caller } = asked;
  const before = queryTime(query, 'before') ?? Infinity;
  const all = pinned(asked).filter(({ pinnedAt = 0 }) => pinnedAt < before);
  const page = all.slice(0, queryLimit(query, 50, 50));
  const items = page.map((stored) => ({
    pinned_at: new Date(stored.pinnedAt ?? 0).toISOString(),
    message: messageObject(stored, context.world, callerId(caller)),
  }));
  return { items, has_more: page.length < all.length };
}

const listMessages = (asked: Asked<'channel'>): object =>
  pinned(asked).map((each) => messageObject(each, asked.context.world, callerId(asked.caller)));

const setPin = (isPinned: boolean) => (asked: Asked<'channel' | 'message'>) => {
  const { context, caller, channel, message: stored } = asked;
  // System messages cannot be pinned. Source: discord.js pull request 6585.
  if (!isOrdinary(stored.message.type)) throw apiError('systemMessage');
  if (stored.message.pinned === isPinned) return;
  if (isPinned && pinned(asked).length >= maxPins) throw apiError('tooManyPins');
  stored.message.pinned = isPinned;
  if (isPinned) stored.pinnedAt = context.clock.now();
  else delete stored.pinnedAt;
  context.gateway.dispatchMessage('MESSAGE_UPDATE', stored);
  const latest = pinned(asked)[0]?.pinnedAt;
  const last_pin_timestamp = latest === undefined ? null : new Date(latest).toISOString();
  context.gateway.dispatchInChannel(channel, 'CHANNEL_PINS_UPDATE', { ...placeOf(channel), last_pin_timestamp });
  if (isPinned)
    sendMessage(context, {
      channel,
      author: callingUser(caller),
      body: { files: [] },
      type: pinnedType,
      extraFields: referenceTo(channel, stored.message.id),
      defaultMentions: 'everything',
    });
};

const needs = 'PIN_MESSAGES';
/** The last three routes are old: Discord replaced them in June 2025. Discord docs, change log of June 2025. */
export const pinRoutes: readonly Route[] = [
  route('GET', '/channels/:channel/messages/pins', 'both', listPins, { query: 'before limit' }),
  route('PUT', '/channels/:channel/messages/pins/:message', 'both', setPin(true), { needs }),
  route('DELETE', '/channels/:channel/messages/pins/:message', 'both', setPin(false), { needs }),
  route('GET', '/channels/:channel/pins', 'both', listMessages),
  route('PUT', '/channels/:channel/pins/:message', 'both', setPin(true), { needs }),
  route('DELETE', '/channels/:channel/pins/:message', 'both', setPin(false), { needs }),
];
