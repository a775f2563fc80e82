/** Reactions with Unicode emoji. Discord docs, resources/message#reaction-object. */
import { apiError, requireModelledValue } from './api-errors.ts';
import { memberObject, userById, userObject } from './api-objects.ts';
import { callerId, type Context, requireChannel, requirePermission } from './context.ts';
import { isUnicodeEmoji } from './emoji.ts';
import { intents } from './gateway-rules.ts';
import { requirePublicMessage } from './messages.ts';
import { queryId, queryLimit } from './query.ts';
import { noContent, ok, type Reply, type RequestContext, type Route, route } from './route.ts';
import type { Channel, StoredMessage } from './world.ts';

/** Maximum number of different emoji on a message (error 30010). */
const mostEmoji = 20;

interface Reacted {
  readonly channel: Channel;
  readonly stored: StoredMessage;
  readonly emoji: string;
  readonly users: readonly string[];
}

/** Throws error 10008 for an unknown message and error 10014 for an unknown emoji. */
function reactedAt({ context, caller }: RequestContext, channelId: string, messageId: string, emoji: string): Reacted {
  const stored = requirePublicMessage(context, caller, channelId, messageId);
  if (!isUnicodeEmoji(emoji)) throw apiError('unknownEmoji');
  return {
    channel: requireChannel(context, channelId, caller),
    stored,
    emoji,
    users: stored.reactions?.[emoji] ?? [],
  };
}

/** Only the first reaction needs ADD_REACTIONS. Discord docs, resources/message#create-reaction. */
function addReaction(request: RequestContext, channelId: string, messageId: string, name: string): Reply {
  const { context, caller } = request;
  const reacted = reactedAt(request, channelId, messageId, name);
  const { channel, stored, emoji, users } = reacted;
  requirePermission(context, channel, caller, 'READ_MESSAGE_HISTORY');
  if (users.length === 0) {
    requirePermission(context, channel, caller, 'ADD_REACTIONS');
    if (Object.keys(stored.reactions ?? {}).length >= mostEmoji) throw apiError('tooManyReactions');
  }
  const user = callerId(caller);
  if (users.includes(user)) return noContent;
  setUsers(context, reacted, [...users, user]);
  const guild = context.world.guilds.find(({ id }) => id === channel.guildId);
  const person = userById(context.world, user);
  dispatchReaction(context, reacted, 'MESSAGE_REACTION_ADD', {
    user_id: user,
    ...(guild && person && { member: memberObject(guild, person) }),
    emoji: { id: null, name: emoji },
    message_author_id: stored.message.author.id,
    burst: false,
    type: 0,
  });
  return noContent;
}

function removeReaction(request: RequestContext, ids: readonly string[], user: string): Reply {
  const { context, caller } = request;
  const [channelId = '', messageId = '', name = ''] = ids;
  const reacted = reactedAt(request, channelId, messageId, name);
  const { channel, users, emoji } = reacted;
  if (user !== callerId(caller)) requirePermission(context, channel, caller, 'MANAGE_MESSAGES');
  if (!users.includes(user)) throw apiError('unknownEmoji');
  setUsers(
    context,
    reacted,
    users.filter((one) => one !== user),
  );
  const removed = { user_id: user, emoji: { id: null, name: emoji }, burst: false, type: 0 };
  dispatchReaction(context, reacted, 'MESSAGE_REACTION_REMOVE', removed);
  return noContent;
}

function listReactions(request: RequestContext, channelId: string, messageId: string, name: string): Reply {
  const { context, query } = request;
  const { users } = reactedAt(request, channelId, messageId, name);
  // Type 1 means burst reactions, which are not emulated.
  requireModelledValue('type', query.get('type'), ['0']);
  const after = queryId(query, 'after') ?? 0n;
  const page = users
    .filter((id) => BigInt(id) > after)
    .toSorted((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1))
    .slice(0, queryLimit(query, 100, 25));
  return ok(page.flatMap((id) => userById(context.world, id) ?? []).map(userObject));
}

function clearReactions(request: RequestContext, channelId: string, messageId: string, name?: string): Reply {
  const { context, caller } = request;
  const stored = requirePublicMessage(context, caller, channelId, messageId);
  const channel = requireChannel(context, channelId, caller);
  requirePermission(context, channel, caller, 'MANAGE_MESSAGES');
  if (name === undefined) {
    delete stored.reactions;
    context.worldChanged();
    dispatchReaction(context, { channel, stored }, 'MESSAGE_REACTION_REMOVE_ALL', {});
    return noContent;
  }
  const reacted = reactedAt(request, channelId, messageId, name);
  setUsers(context, reacted, []);
  dispatchReaction(context, reacted, 'MESSAGE_REACTION_REMOVE_EMOJI', { emoji: { id: null, name: reacted.emoji } });
  return noContent;
}

function setUsers(context: Context, { stored, emoji }: Reacted, users: string[]): void {
  const { [emoji]: _, ...others } = stored.reactions ?? {};
  stored.reactions = users.length === 0 ? others : { ...stored.reactions, [emoji]: users };
  context.worldChanged();
}

function dispatchReaction(
  { gateway }: Context,
  { channel, stored }: Pick<Reacted, 'channel' | 'stored'>,
  event: `MESSAGE_REACTION_${'ADD' | 'REMOVE' | 'REMOVE_ALL' | 'REMOVE_EMOJI'}`,
  data: object,
): void {
  const { id: channel_id, guildId: guild_id } = channel;
  const place = { channel_id, message_id: stored.message.id, ...(guild_id !== undefined && { guild_id }) };
  gateway.dispatchInChannel(channel, event, { ...place, ...data }, [intents.guildReactions, intents.directReactions]);
}

const path = '/channels/:channel/messages/:message/reactions';

export const reactionRoutes: readonly Route[] = [
  route('PUT', `${path}/:emoji/@me`, 'both', addReaction),
  route('DELETE', `${path}/:emoji/@me`, 'both', (request, ...ids) =>
    removeReaction(request, ids, callerId(request.caller)),
  ),
  route('DELETE', `${path}/:emoji/:user`, 'both', (request, ...ids) => removeReaction(request, ids, ids[3] ?? '')),
  route('GET', `${path}/:emoji`, 'both', listReactions, { query: 'after limit type' }),
  route('DELETE', path, 'both', (request, channel = '', message = '') => clearReactions(request, channel, message)),
  route('DELETE', `${path}/:emoji`, 'both', clearReactions),
];
