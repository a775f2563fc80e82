/**
 * Sessions of the gateway: how they begin, what they keep for a client that comes back, how often they may begin, and
 * how what they are told can be disturbed on demand.
 */
import { randomUUID } from 'node:crypto';
import type { WebSocket } from 'ws';
import type { Clock } from '../clock.ts';
import { closeCodes, isOnShard, type CloseName, type GatewayLimits, type Shard } from './gateway-rules.ts';
import { applicationsIn, guildObject, dmChannelObject, userObject } from './api-objects.ts';
import { tokenFor } from './seed.ts';
import type { Application, Guild, Member, World } from './world.ts';

export interface Session {
  readonly id: string;
  readonly token: string;
  readonly who: Member | Application;
  readonly intents: number;
  readonly shard: Shard;
  seq: number;
  sent: { readonly s: number; readonly text: string }[];
  /** Undefined while nobody is connected. */
  socket: WebSocket | undefined;
  /** Events held back, to be told after the next one. */
  held: string[];
}

/** What happens to an event on its way to bots: told twice, never told (nor replayBuffer), told after the next one. */
export type EventFault = 'duplicate' | 'drop' | 'reorder';

export interface Sessions {
  /** The session of an accepted identify, told READY; `busy` asks the client to try again. */
  start(socket: WebSocket, who: Member | Application, intents: number, shard: Shard): Session | CloseName | 'busy';
  /** Goes on with a session and tells what was missed; undefined when there is nothing to go on with. */
  resume(socket: WebSocket, token: string, id: string, seq: number): Session | CloseName | undefined;
  send(session: Session, t: string, d: object): void;
  /** The connection is gone; the session waits a while for another. */
  leave(session: Session): void;
  end(session: Session): void;
  readonly all: () => readonly Session[];
  /** Of bots. */
  readonly bots: () => readonly Session[];
  /** `GET /gateway/bot`. docs, events/gateway#session-start-limit-object. */
  startLimit(application: Application): object;
  /** The next events of this name (of any, without one) are disturbed. */
  disturb(how: EventFault, times: number, event: string | undefined): void;
  calm(): void;
}

/** Who owns a token, with or without the prefix that REST wants. */
export const ownerOf = (token: string, { members, applications }: World): Member | Application | undefined => {
  const bare = token.replace(/^Bot /, '');
  return [...members, ...applications].find((each) => each.token === bare);
};
export const isBot = (who: Member | Application): who is Application => 'bot' in who && typeof who.bot === 'object';

export interface GatewaySettings {
  readonly world: World;
  readonly clock: Clock;
  readonly alarm: (at: number, run: () => void) => void;
  readonly changed: () => void;
  /** ws://… */
  readonly url: string;
  readonly limits: GatewayLimits;
}

export function openSessions({ world, clock, alarm, changed, url, limits }: GatewaySettings): Sessions {
  const sessions = new Map<string, Session>();
  const starts = new Map<string, { since: number; count: number; recent: number[] }>();
  let disturbances: { readonly how: EventFault; readonly event: string | undefined; left: number }[] = [];
  const guildsOf = ({ id }: Application, shard: Shard): readonly Guild[] =>
    world.guilds.filter(
      (guild) => applicationsIn({ guildId: guild.id }, world).includes(id) && isOnShard(shard, guild.id),
    );

  function startsOf({ id }: Application) {
    const now = clock.now();
    const known = starts.get(id);
    if (known && now - known.since < limits.startsMs) return known;
    const fresh = { since: now, count: 0, recent: [] as number[] };
    starts.set(id, fresh);
    return fresh;
  }

  /** #identifying: "all active sessions for the app will be terminated, the bot token will be reset". */
  function resetToken(application: Application): void {
    const { code, reason } = closeCodes.badToken;
    for (const session of all()) {
      if (session.who.id !== application.id) continue;
      session.socket?.close(code, reason);
      sessions.delete(session.id);
    }
    starts.delete(application.id);
    application.token = tokenFor(application.id, application.token);
    changed();
  }

  const all = () => [...sessions.values()];

  function disturbanceOf(event: string): EventFault | undefined {
    const met = disturbances.find((each) => each.event === undefined || each.event === event);
    if (met && --met.left <= 0) disturbances = disturbances.filter((other) => other !== met);
    return met?.how;
  }

  function number(session: Session, t: string, d: object): string {
    const s = ++session.seq;
    const text = JSON.stringify({ op: 0, t, s, d });
    session.sent.push({ s, text });
    if (session.sent.length > limits.replayBuffer) session.sent.shift();
    return text;
  }

  function send(session: Session, t: string, d: object): void {
    const how = isBot(session.who) ? disturbanceOf(t) : undefined;
    const text = number(session, t, d);
    if (how === 'drop') return void session.sent.pop();
    if (how === 'reorder') return void session.held.push(text);
    const told = [text, ...(how === 'duplicate' ? [number(session, t, d)] : []), ...session.held.splice(0)];
    for (const each of told) session.socket?.send(each);
  }

  /** A client's READY: people get everything at once, bots get their servers one by one afterwards. */
  function greet(session: Session): void {
    const { who, shard, id: session_id } = session;
    const common = { v: 10, session_id, session_type: 'normal', resume_gateway_url: `${url}/resume` };
    if (!isBot(who)) {
      const mine = world.channels.filter(({ recipientId }) => recipientId === who.id);
      return send(session, 'READY', {
        ...common,
        user: userObject(who),
        guilds: world.guilds.filter(({ unavailable }) => !unavailable).map((guild) => guildObject(guild, world, who)),
        private_channels: mine.map((channel) => dmChannelObject(who.id, channel, world)),
      });
    }
    const guilds = guildsOf(who, shard);
    send(session, 'READY', {
      ...common,
      user: userObject(who.bot),
      guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
      private_channels: [],
      application: { id: who.id, flags: 0 },
      shard,
    });
    if (session.intents & 1)
      for (const guild of guilds)
        if (!guild.unavailable) send(session, 'GUILD_CREATE', guildObject(guild, world, who.bot));
  }

  return {
    start(socket, who, intents, shard) {
      if (isBot(who)) {
        if (guildsOf(who, shard).length > limits.guildsPerShard) return 'shardingRequired';
        const limit = startsOf(who);
        if (++limit.count > limits.starts) {
          resetToken(who);
          return 'badToken';
        }
        limit.recent = limit.recent.filter((at) => clock.now() - at < limits.concurrencyMs);
        if (limit.recent.length >= limits.maxConcurrency) return 'busy';
        limit.recent.push(clock.now());
      }
      const id = randomUUID().replaceAll('-', '');
      const session: Session = { id, token: who.token, who, intents, shard, seq: 0, sent: [], socket, held: [] };
      sessions.set(id, session);
      greet(session);
      return session;
    },
    resume(socket, token, id, seq) {
      if (!ownerOf(token, world)) return 'badToken';
      const session = sessions.get(id);
      if (!session || session.token !== token.replace(/^Bot /, '')) return undefined;
      if (seq > session.seq || seq < 0) {
        sessions.delete(id);
        return 'invalidSeq';
      }
      const first = session.sent[0]?.s ?? session.seq + 1;
      if (seq + 1 < first && first > 1) return undefined;
      session.socket?.terminate();
      session.socket = socket;
      session.held = [];
      for (const { s, text } of session.sent) if (s > seq) socket.send(text);
      send(session, 'RESUMED', {});
      return session;
    },
    send,
    leave(session) {
      session.socket = undefined;
      alarm(clock.now() + limits.resumableMs, () => session.socket || sessions.delete(session.id));
    },
    end(session) {
      session.socket = undefined;
      sessions.delete(session.id);
    },
    all,
    bots: () => all().filter(({ who }) => isBot(who)),
    startLimit(application) {
      const { since, count } = startsOf(application);
      return {
        total: limits.starts,
        remaining: Math.max(0, limits.starts - count),
        reset_after: since + limits.startsMs - clock.now(),
        max_concurrency: limits.maxConcurrency,
      };
    },
    disturb: (how, times, event) => void disturbances.push({ how, event, left: times }),
    calm: () => void (disturbances = []),
  };
}
