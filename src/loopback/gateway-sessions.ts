/** Starts, resumes and ends gateway sessions, and limits how many sessions a bot may start. */
import { randomUUID } from 'node:crypto';
import type { WebSocket } from 'ws';
import { channelsByGuild, dmChannelObject, guildObject, userObject } from './api-objects.ts';
import { closeCodes, type CloseName, intents, isOnShard, type Shard } from './gateway-rules.ts';
import {
  allSessions,
  type GatewayState,
  isBot,
  ownerOf,
  sendEvent,
  type Session,
  type SessionStarts,
  withoutPrefix,
} from './gateway-state.ts';
import { tokenFor } from './seed.ts';
import type { Application, Guild, Member } from './world.ts';

/** Starts a session and sends READY. If this fails, returns a close reason, or `busy` if the client must wait. */
export function startSession(
  state: GatewayState,
  socket: WebSocket,
  owner: Member | Application,
  intents: number,
  shard: Shard,
): Session | CloseName | 'busy' {
  const refused = isBot(owner) ? countStart(state, owner, shard) : undefined;
  if (refused) return refused;
  const id = randomUUID().replaceAll('-', '');
  const session: Session = { id, token: owner.token, owner, intents, shard, seq: 0, sent: [], socket, held: [] };
  state.sessions.set(id, session);
  if (isBot(owner)) sendBotReady(state, session, owner);
  else sendMemberReady(state, session, owner);
  return session;
}

/** Counts a session start of a bot. Returns the reason if the session is refused, otherwise undefined. */
function countStart(state: GatewayState, application: Application, shard: Shard): CloseName | 'busy' | undefined {
  const { clock, limits } = state;
  if (guildsOnShard(state, application, shard).length > limits.guildsPerShard) return 'shardingRequired';
  const starts = startsOf(state, application);
  if (++starts.count > limits.starts) {
    resetToken(state, application);
    return 'badToken';
  }
  const bucket = shard[0] % limits.maxConcurrency;
  if (clock.now() - (starts.latest.get(bucket) ?? -Infinity) < limits.concurrencyMs) return 'busy';
  starts.latest.set(bucket, clock.now());
  return undefined;
}

function startsOf({ starts, clock, limits }: GatewayState, { id }: Application): SessionStarts {
  const now = clock.now();
  const known = starts.get(id);
  if (known && now - known.since < limits.startsMs) return known;
  const fresh: SessionStarts = { since: now, count: 0, latest: new Map() };
  starts.set(id, fresh);
  return fresh;
}

/**
 * Ends all sessions of a bot and changes its token, because the bot has started too many sessions. Discord docs,
 * events/gateway#identifying.
 */
function resetToken(state: GatewayState, application: Application): void {
  const { code, reason } = closeCodes.badToken;
  for (const session of allSessions(state)) {
    if (session.owner.id !== application.id) continue;
    session.socket?.close(code, reason);
    state.sessions.delete(session.id);
  }
  state.starts.delete(application.id);
  application.token = tokenFor(application.id, application.token);
  state.worldChanged();
}

const guildsOnShard = ({ world }: GatewayState, { id }: Application, shard: Shard): readonly Guild[] =>
  world.guilds.filter((guild) => isOnShard(shard, guild.id) && guild.members.some((member) => member.id === id));

const readyFields = ({ url }: GatewayState, { id }: Session): object => ({
  v: 10,
  session_id: id,
  session_type: 'normal',
  resume_gateway_url: `${url}/resume`,
});

function sendMemberReady(state: GatewayState, session: Session, member: Member): void {
  const { world } = state;
  const dms = world.channels.filter(({ recipientId }) => recipientId === member.id);
  sendEvent(state, session, 'READY', {
    ...readyFields(state, session),
    user: userObject(member),
    guilds: world.guilds
      .filter(({ unavailable, members }) => !unavailable && members.some(({ id }) => id === member.id))
      .map((guild) => guildObject(guild, world, member)),
    private_channels: dms.map((channel) => dmChannelObject(member.id, channel, world)),
  });
}

function sendBotReady(state: GatewayState, session: Session, application: Application): void {
  const { world } = state;
  const { id, bot } = application;
  const { shard } = session;
  const guilds = guildsOnShard(state, application, shard);
  sendEvent(state, session, 'READY', {
    ...readyFields(state, session),
    user: userObject(bot),
    guilds: guilds.map((guild) => ({ id: guild.id, unavailable: true })),
    private_channels: [],
    application: { id, flags: 0 },
    shard,
  });
  if ((session.intents & intents.guilds) === 0) return;
  const channels = channelsByGuild(world);
  for (const guild of guilds)
    if (!guild.unavailable)
      sendEvent(state, session, 'GUILD_CREATE', guildObject(guild, world, bot, channels.get(guild.id) ?? []));
}

/** Returns the resumed session. If this fails, returns a close reason, or undefined if the client must identify. */
export function resumeSession(
  state: GatewayState,
  socket: WebSocket,
  token: string,
  id: string,
  seq: number,
): Session | CloseName | undefined {
  if (!ownerOf(token, state.world)) return 'badToken';
  const session = state.sessions.get(id);
  if (!session || session.token !== withoutPrefix(token)) return undefined;
  if (seq > session.seq || seq < 0) {
    state.sessions.delete(id);
    return 'invalidSeq';
  }
  const oldest = session.sent[0]?.s ?? session.seq + 1;
  if (seq + 1 < oldest && oldest > 1) return undefined;
  session.socket?.terminate();
  session.socket = socket;
  session.held = [];
  for (const { s, text } of session.sent) if (s > seq) socket.send(text);
  sendEvent(state, session, 'RESUMED', {});
  return session;
}

/** Marks a session as disconnected. If it is not resumed within `resumableMs`, it is deleted. */
export function detachSession({ alarm, clock, limits, sessions }: GatewayState, session: Session): void {
  session.socket = undefined;
  session.detachedAt = clock.now();
  alarm(clock.now() + limits.resumableMs, () => {
    // The session may have been resumed and disconnected again after this alarm was set.
    const isExpired = clock.now() - (session.detachedAt ?? 0) >= limits.resumableMs;
    if (!session.socket && isExpired) sessions.delete(session.id);
  });
}

export function endSession({ sessions }: GatewayState, session: Session): void {
  session.socket = undefined;
  sessions.delete(session.id);
}

/** The field `session_start_limit` of `GET /gateway/bot`. Discord docs, events/gateway#session-start-limit-object. */
export function sessionStartLimit(state: GatewayState, application: Application): object {
  const { limits, clock } = state;
  const { since, count } = startsOf(state, application);
  return {
    total: limits.starts,
    remaining: Math.max(0, limits.starts - count),
    reset_after: since + limits.startsMs - clock.now(),
    max_concurrency: limits.maxConcurrency,
  };
}

/** The number of shards that a bot needs for its guilds, at least 1. */
export const recommendedShards = (state: GatewayState, application: Application): number =>
  Math.max(1, Math.ceil(guildsOnShard(state, application, [0, 1]).length / state.limits.guildsPerShard));
