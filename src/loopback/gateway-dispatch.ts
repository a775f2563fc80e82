/** Selects the sessions that receive an event: by application, guild, shard, intents and channel permissions. */
import {
  applicationsIn,
  canView,
  channelInEvent,
  channelObject,
  guildObject,
  type GuildOrDm,
  membersWithAccess,
  messageEvent,
  type MessageObject,
  placeOf,
} from './api-objects.ts';
import { allSessions, botSessions, type GatewayState, isBot, sendEvent, type Session } from './gateway-state.ts';
import type { Channel, Guild, StoredMessage } from './world.ts';
import { type BotEvent, intents, isOnShard, type MemberEvent, neededIntent } from './gateway-rules.ts';

/** Sends an event to the bot's shard for the guild or, in a DM (`guildId` is undefined), to the bot's first shard. */
export function dispatchToBot(
  state: GatewayState,
  applicationId: string,
  event: BotEvent,
  data: object,
  guildId: string | undefined,
): void {
  for (const session of botSessions(state))
    if (session.owner.id === applicationId && isAvailable(state, guildId) && isOnShard(session.shard, guildId))
      sendEvent(state, session, event, data);
}

export function dispatchToMember(state: GatewayState, userId: string, event: MemberEvent, data: object): void {
  for (const session of allSessions(state)) if (session.owner.id === userId) sendEvent(state, session, event, data);
}

/** Dispatches an event to the members and bots of a guild. */
export function dispatchToGuild(state: GatewayState, { id, members }: Guild, event: BotEvent, data: object): void {
  const inGuild = { guild_id: id, ...data };
  for (const session of botSessionsIn(state, { guildId: id }, event)) sendEvent(state, session, event, inGuild);
  for (const member of members)
    if (state.world.members.some((person) => person.id === member.id))
      dispatchToMember(state, member.id, event, inGuild);
}

/** Dispatches a message to all users who may see it. An ephemeral message goes only to its `reader`. */
export function dispatchMessage(
  state: GatewayState,
  event: 'MESSAGE_CREATE' | 'MESSAGE_UPDATE',
  stored: StoredMessage,
): void {
  const { world } = state;
  const channel = channelOf(state, stored);
  if (!channel) return;
  const data = messageEvent(stored, channel, world);
  if (stored.reader !== undefined) return dispatchToMember(state, stored.reader, event, data);
  for (const { id } of membersWithAccess(channel, world)) dispatchToMember(state, id, event, data);
  for (const session of botSessionsAt(state, channel, event))
    sendEvent(state, session, event, readableBy(session, data, channel));
}

export function dispatchMessageDelete(state: GatewayState, stored: StoredMessage): void {
  const { message, reader } = stored;
  const channel = channelOf(state, stored);
  if (!channel) return;
  const data = { id: message.id, ...placeOf(channel) };
  if (reader !== undefined) return dispatchToMember(state, reader, 'MESSAGE_DELETE', data);
  dispatchInChannel(state, channel, 'MESSAGE_DELETE', data);
}

/** Dispatches an event to all users who may see the channel. */
export function dispatchInChannel(state: GatewayState, channel: Channel, event: BotEvent, data: object): void {
  for (const { id } of membersWithAccess(channel, state.world)) dispatchToMember(state, id, event, data);
  for (const session of botSessionsAt(state, channel, event)) sendEvent(state, session, event, data);
}

export function dispatchChannel(
  state: GatewayState,
  channel: Channel,
  what: 'CREATE' | 'UPDATE' | 'DELETE',
  more: object = {},
): void {
  const event = `${channel.thread ? 'THREAD' : 'CHANNEL'}_${what}` as const;
  dispatchChannelToBots(state, channel, event, more);
  const data = { ...channelObject(channel, state.world), ...more };
  for (const { id } of membersWithAccess(channel, state.world)) dispatchToMember(state, id, event, data);
}

/**
 * Dispatches an event about a channel or thread to the bots of the guild. If `only` is given, only the bots whose ids
 * are in `only` get the event.
 */
export function dispatchChannelToBots(
  state: GatewayState,
  channel: Channel,
  event: BotEvent,
  more: object = {},
  only?: readonly string[],
): void {
  for (const session of botSessionsIn(state, channel, event)) {
    const { owner } = session;
    const data = isBot(owner) ? channelInEvent(channel, state.world, owner.bot) : undefined;
    if (data && only?.includes(owner.id) !== false) sendEvent(state, session, event, { ...data, ...more });
  }
}

/** Tells bots that an outage of a guild began (GUILD_DELETE with `unavailable`) or ended (GUILD_CREATE). */
export function dispatchAvailability(state: GatewayState, guild: Guild): void {
  const { world } = state;
  const { id, unavailable } = guild;
  const applications = applicationsIn({ guildId: id }, world);
  for (const session of botSessions(state)) {
    const { owner, shard } = session;
    if (!isBot(owner) || !applications.includes(owner.id) || !isOnShard(shard, id)) continue;
    if ((session.intents & intents.guilds) === 0) continue;
    if (unavailable) sendEvent(state, session, 'GUILD_DELETE', { id, unavailable });
    else sendEvent(state, session, 'GUILD_CREATE', guildObject(guild, world, owner.bot));
  }
}

const channelOf = ({ world }: GatewayState, { message }: StoredMessage): Channel | undefined =>
  world.channels.find(({ id }) => id === message.channel_id);

const isAvailable = ({ world }: GatewayState, guildId: string | undefined): boolean =>
  !world.guilds.some(({ id, unavailable }) => id === guildId && unavailable);

/** The sessions of the bots in a guild or DM. Sessions without the intent for the event are left out. */
function botSessionsIn(state: GatewayState, place: GuildOrDm, event: BotEvent): readonly Session[] {
  const applications = isAvailable(state, place.guildId) ? applicationsIn(place, state.world) : [];
  const needed = neededIntent(event, place.guildId);
  return botSessions(state).filter(
    ({ owner, shard, intents }) =>
      applications.includes(owner.id) && isOnShard(shard, place.guildId) && (intents & needed) !== 0,
  );
}

const botSessionsAt = (state: GatewayState, channel: Channel, event: BotEvent): readonly Session[] =>
  botSessionsIn(state, channel, event).filter(({ owner }) => canView(channel, owner.id, state.world));

/**
 * Removes the content from a message if the bot may not read the content. Without the intent for message content, a bot
 * may read only DMs, its own messages, and messages that mention it. Discord docs,
 * events/gateway#message-content-intent.
 */
function readableBy(session: Session, message: MessageObject, channel: Channel): MessageObject {
  const { author, mentions, referenced_message: original } = message;
  const mayRead =
    (session.intents & intents.content) !== 0 ||
    channel.guildId === undefined ||
    [author, ...mentions].some(({ id }) => id === session.owner.id);
  return {
    ...message,
    ...(!mayRead && emptyContent),
    ...(original && { referenced_message: readableBy(session, original, channel) }),
  };
}

const emptyContent = { content: '', embeds: [], components: [], attachments: [] };
