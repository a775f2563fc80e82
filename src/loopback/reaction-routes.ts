/** Reactions with Unicode emoji. Discord docs, resources/message#reaction-object. */
import { apiError, requireModelledValue } from './api-errors.ts';
import { memberObject, placeOf, userById, userObject } from './api-objects.ts';
import { callerId, requirePermission } from './context.ts';
import { queryId, queryLimit } from './query.ts';
import { type Asked, type Route, route } from './route.ts';

/** Maximum number of different emoji on a message (error 30010). */
const maxEmoji = 20;

type OnMessage = Asked<'channel' | 'message'>;
type OnEmoji = Asked<'channel' | 'message' | 'emoji'>;

const usersOf = ({ message: { reactions }, emoji }: OnEmoji): readonly string[] => reactions?.[emoji] ?? [];

/** Only the first reaction with an emoji needs ADD_REACTIONS. Discord docs, resources/message#create-reaction. */
function addReaction(asked: OnEmoji): void {
  const { context, caller, channel, message: stored, emoji: name } = asked;
  const users = usersOf(asked);
  if (users.length === 0) {
    requirePermission(asked, 'ADD_REACTIONS');
    if (Object.keys(stored.reactions ?? {}).length >= maxEmoji) throw apiError('tooManyReactions');
  }
  const user = callerId(caller);
  if (users.includes(user)) return;
  setUsers(asked, [...users, user]);
  const guild = context.world.guilds.find(({ id }) => id === channel.guildId);
  const person = userById(context.world, user);
  dispatchReaction(asked, 'MESSAGE_REACTION_ADD', {
    user_id: user,
    ...(guild && person && { member: memberObject(guild, person) }),
    emoji: { id: null, name },
    message_author_id: stored.message.author.id,
    burst: false,
    type: 0,
  });
}

function removeReaction(asked: OnEmoji, user: string): void {
  const users = usersOf(asked);
  if (user !== callerId(asked.caller)) requirePermission(asked, 'MANAGE_MESSAGES');
  if (!users.includes(user)) throw apiError('unknownEmoji');
  setUsers(
    asked,
    users.filter((one) => one !== user),
  );
  const removed = { user_id: user, emoji: { id: null, name: asked.emoji }, burst: false, type: 0 };
  dispatchReaction(asked, 'MESSAGE_REACTION_REMOVE', removed);
}

function listReactions(asked: OnEmoji): object {
  const { context, query } = asked;
  requireModelledValue('type', query.get('type'), ['0']);
  const after = queryId(query, 'after') ?? 0n;
  const page = usersOf(asked)
    .filter((id) => BigInt(id) > after)
    .toSorted((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1))
    .slice(0, queryLimit(query, 100, 25));
  return page.flatMap((id) => userById(context.world, id) ?? []).map(userObject);
}

function clearReactions(asked: OnMessage): void {
  delete asked.message.reactions;
  dispatchReaction(asked, 'MESSAGE_REACTION_REMOVE_ALL', {});
}

function clearEmoji(asked: OnEmoji): void {
  setUsers(asked, []);
  dispatchReaction(asked, 'MESSAGE_REACTION_REMOVE_EMOJI', { emoji: { id: null, name: asked.emoji } });
}

function setUsers({ message: stored, emoji }: OnEmoji, users: string[]): void {
  const { [emoji]: _, ...others } = stored.reactions ?? {};
  stored.reactions = users.length === 0 ? others : { ...stored.reactions, [emoji]: users };
}

function dispatchReaction(
  { context, channel, message: { message } }: OnMessage,
  event: `MESSAGE_REACTION_${'ADD' | 'REMOVE' | 'REMOVE_ALL' | 'REMOVE_EMOJI'}`,
  data: object,
): void {
  const place = { ...placeOf(channel), message_id: message.id };
  context.gateway.dispatchInChannel(channel, event, { ...place, ...data });
}

const path = '/channels/:channel/messages/:message/reactions';
const needs = 'MANAGE_MESSAGES';

export const reactionRoutes: readonly Route[] = [
  route('PUT', `${path}/:emoji/@me`, 'both', addReaction, { needs: 'READ_MESSAGE_HISTORY' }),
  route('DELETE', `${path}/:emoji/@me`, 'both', (asked) => removeReaction(asked, callerId(asked.caller))),
  route('DELETE', `${path}/:emoji/:user`, 'both', (asked) => removeReaction(asked, asked.user)),
  route('GET', `${path}/:emoji`, 'both', listReactions, { query: 'after limit type' }),
  route('DELETE', path, 'both', clearReactions, { needs }),
  route('DELETE', `${path}/:emoji`, 'both', clearEmoji, { needs }),
];
