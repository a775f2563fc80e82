/**
 * The gateway: what is said on a connection, and the dispatch of events to whoever may see them.
 * https://discord.com/developers/docs/events/gateway. Absent: compression, ETF, voice, presence, member chunks.
 */
import type { IncomingMessage } from 'node:http';
import { WebSocketServer, type WebSocket } from 'ws';
import { z } from 'zod';
import {
  closeCodes,
  intentError,
  intents,
  isOnShard,
  canResumeAfter,
  opcodes,
  clientOpcodes,
  parseShard,
  type CloseName,
} from './gateway-rules.ts';
import { isBot, openSessions, ownerOf, type GatewaySettings, type Session, type Sessions } from './gateway-sessions.ts';
import {
  applicationsIn,
  channelObject,
  guildObject,
  messageEvent,
  membersWithAccess,
  canView,
  type GuildOrDm,
} from './api-objects.ts';
import type { Application, Channel, Guild, StoredMessage } from './world.ts';

const frame = z.object({ op: z.number(), d: z.unknown().optional() });
const identify = z.object({ token: z.string(), intents: z.unknown().optional(), shard: z.unknown().optional() });
const resume = z.object({ token: z.string(), session_id: z.string(), seq: z.number() });

export interface Gateway {
  /** To the shard of a bot for this server (a DM belongs to the first). */
  dispatchToBot(applicationId: string, event: string, data: object, guildId: string | undefined): void;
  /** To the bots that are there, on the shard for the place, if they asked for the intent. */
  dispatchToBots(event: string, data: object, place: GuildOrDm, intent: number): void;
  dispatchToMember(userId: string, event: string, data: object): void;
  /** MESSAGE_CREATE, MESSAGE_UPDATE: to all who may see the message; ephemeral ones to their reader alone. */
  dispatchMessage(event: 'MESSAGE_CREATE' | 'MESSAGE_UPDATE', post: StoredMessage): void;
  dispatchMessageDelete(post: StoredMessage): void;
  dispatchChannelUpdate(channel: Channel): void;
  /** A server went down or came back: bots hear GUILD_DELETE with `unavailable`, or GUILD_CREATE. */
  dispatchAvailability(guild: Guild): void;
  sessionStartLimit(application: Application): object;
  /** Enough that no shard has too many servers. */
  recommendedShards(application: Application): number;
  readonly faults: GatewayFaults;
  readonly sockets: WebSocketServer;
}

const signals = {
  heartbeat: { op: opcodes.heartbeat, d: null },
  reconnect: { op: opcodes.reconnect, d: null },
  resumable: { op: opcodes.invalidSession, d: true },
  invalid: { op: opcodes.invalidSession, d: false },
} as const;
export type GatewaySignal = keyof typeof signals;

/** What the failures on demand do to the connections of bots. */
export interface GatewayFaults extends Pick<Sessions, 'disturb' | 'calm'> {
  /** Closes them; without a code the connection just breaks. */
  drop(closeCode: number | undefined): void;
  signal(what: GatewaySignal): void;
  /** The next HELLOs, or acknowledgements of heartbeats, are not sent. */
  suppress(what: 'hello' | 'ack', times: number): void;
  /** Tells the last events again. */
  replay(count: number): void;
}

export function openGateway(settings: GatewaySettings & { readonly insistsOnHeartbeats: boolean }): Gateway {
  const { world, clock, alarm, limits } = settings;
  const sessions = openSessions(settings);
  const silent = { hello: 0, ack: 0 };
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 1 << 20 });
  const channelOf = (id: string) => world.channels.find((channel) => channel.id === id);
  const isUp = (guildId: string | undefined) =>
    !world.guilds.some(({ id, unavailable }) => id === guildId && unavailable);

  function botsIn(place: GuildOrDm, intent: number): readonly Session[] {
    const here = isUp(place.guildId) ? applicationsIn(place, world) : [];
    return sessions
      .bots()
      .filter(
        ({ who, shard, intents }) => here.includes(who.id) && isOnShard(shard, place.guildId) && intents & intent,
      );
  }
  const botsAt = (channel: Channel, intent: number): readonly Session[] =>
    botsIn(channel, intent).filter(({ who }) => canView(channel, who.id, world));
  const messageIntent = ({ guildId }: Channel) =>
    guildId === undefined ? intents.directMessages : intents.guildMessages;

  /** One more of what is silenced. */
  const isSilent = (what: keyof typeof silent): boolean => silent[what] > 0 && silent[what]-- > 0;

  function connect(socket: WebSocket, query: URLSearchParams): void {
    let session: Session | undefined;
    /** Op 9 takes the session from its connection, which may then resume or identify again. */
    const current = () => (session?.socket === socket ? session : undefined);
    let since = clock.now();
    let sends = 0;
    let due = clock.now() + 1.5 * limits.heartbeatMs;
    const say = (op: number, d: unknown) => socket.send(JSON.stringify({ op, d, s: null, t: null }));
    const close = (why: CloseName, reason: string = closeCodes[why].reason): void => {
      const ended = current();
      if (ended && !closeCodes[why].resume) sessions.end(ended);
      socket.close(closeCodes[why].code, reason);
    };
    const taken = (result: Session | CloseName | 'busy' | undefined): void => {
      if (result === undefined || result === 'busy') return say(opcodes.invalidSession, false);
      if (typeof result === 'string') return close(result);
      session = result;
    };
    const watch = (): void =>
      alarm(due, () => {
        if (socket.readyState !== socket.OPEN) return;
        if (clock.now() >= due) close('unknownError', 'No heartbeat.');
        else watch();
      });
    const answers: Readonly<Record<number, (d: unknown) => void>> = {
      [opcodes.heartbeat]() {
        due = clock.now() + 1.5 * limits.heartbeatMs;
        const who = current()?.who;
        if (!who || !isBot(who) || !isSilent('ack')) say(opcodes.acknowledged, null);
      },
      [opcodes.identify](d) {
        if (current()) return close('twice');
        const asked = identify.safeParse(d).data;
        if (!asked) return close('decode');
        const who = ownerOf(asked.token, world);
        if (!who) return close('badToken');
        const shard = parseShard(asked.shard);
        if (!shard) return close('invalidShard');
        const problem = isBot(who) ? intentError(asked.intents, limits.allowedIntents) : undefined;
        if (problem) return close(problem);
        taken(sessions.start(socket, who, Number(asked.intents ?? 0), shard));
      },
      [opcodes.resume](d) {
        if (current()) return close('twice');
        const asked = resume.safeParse(d).data;
        if (!asked) return close('decode');
        taken(sessions.resume(socket, asked.token, asked.session_id, asked.seq));
      },
    };

    socket.on('error', () => socket.terminate());
    socket.on('close', (code) => {
      const left = current();
      if (!left) return;
      // #initiating-a-disconnect: with 1000 or 1001 from the client the session is invalidated.
      if (!closing.has(socket) && (code === 1000 || code === 1001)) sessions.end(left);
      else sessions.leave(left);
    });
    if (!['9', '10', null].includes(query.get('v'))) return close('invalidVersion');
    if ((query.get('encoding') ?? 'json') !== 'json' || query.has('compress'))
      return close('decode', 'The emulated Discord speaks encoding=json without compress.');
    if (settings.insistsOnHeartbeats) watch();
    if (!isSilent('hello')) say(opcodes.hello, { heartbeat_interval: limits.heartbeatMs });
    socket.on('message', (raw: Buffer) => {
      const now = clock.now();
      if (now - since >= limits.sendsMs) [since, sends] = [now, 0];
      if (++sends > limits.sends) return close('tooFast');
      const message = raw.byteLength > limits.payloadBytes ? undefined : parsed(raw);
      if (!message) return close('decode');
      const answer = answers[message.op];
      if (answer) return answer(message.d);
      // 14 and up: what Discord's own client subscribes to. Nothing follows for either.
      const who = current()?.who;
      const isKnown = clientOpcodes.has(message.op) || (message.op > 13 && who && !isBot(who));
      if (!isKnown) return close('unknownOpcode');
      if (!who) close('notAuthenticated');
    });
  }
  /** Sockets that this side closes. */
  const closing = new WeakSet<WebSocket>();
  sockets.on('connection', (socket, request: IncomingMessage) =>
    connect(socket, new URL(request.url ?? '/', 'ws://127.0.0.1').searchParams),
  );

  const gateway: Gateway = {
    sockets,
    dispatchToBot(applicationId, event, data, guildId) {
      for (const session of sessions.bots())
        if (session.who.id === applicationId && isUp(guildId) && isOnShard(session.shard, guildId))
          sessions.send(session, event, data);
    },
    dispatchToBots(event, data, place, intent) {
      for (const session of botsIn(place, intent)) sessions.send(session, event, data);
    },
    dispatchToMember(userId, event, data) {
      for (const session of sessions.all()) if (session.who.id === userId) sessions.send(session, event, data);
    },
    dispatchMessage(event, post) {
      const channel = channelOf(post.message.channel_id);
      if (!channel) return;
      const data = messageEvent(post, channel, world);
      if (post.reader !== undefined) return gateway.dispatchToMember(post.reader, event, data);
      for (const { id } of membersWithAccess(channel, world)) gateway.dispatchToMember(id, event, data);
      for (const session of botsAt(channel, messageIntent(channel)))
        sessions.send(session, event, maySeeContent(session, post, channel) ? data : { ...data, ...nothing });
    },
    dispatchMessageDelete({ message, reader }) {
      const channel = channelOf(message.channel_id);
      if (!channel) return;
      const { id: channel_id, guildId: guild_id } = channel;
      const data = { id: message.id, channel_id, ...(guild_id !== undefined && { guild_id }) };
      if (reader !== undefined) return gateway.dispatchToMember(reader, 'MESSAGE_DELETE', data);
      for (const { id } of membersWithAccess(channel, world)) gateway.dispatchToMember(id, 'MESSAGE_DELETE', data);
      for (const session of botsAt(channel, messageIntent(channel))) sessions.send(session, 'MESSAGE_DELETE', data);
    },
    dispatchChannelUpdate(channel) {
      gateway.dispatchToBots('CHANNEL_UPDATE', channelObject(channel, world), channel, intents.guilds);
    },
    dispatchAvailability(guild) {
      const { id, unavailable } = guild;
      const here = applicationsIn({ guildId: id }, world);
      for (const session of sessions.bots()) {
        const { who, shard, intents: asked } = session;
        if (!isBot(who) || !here.includes(who.id) || !isOnShard(shard, id) || !(asked & intents.guilds)) continue;
        if (unavailable) sessions.send(session, 'GUILD_DELETE', { id, unavailable });
        else sessions.send(session, 'GUILD_CREATE', guildObject(guild, world, who.bot));
      }
    },
    sessionStartLimit: sessions.startLimit,
    recommendedShards({ id }) {
      const guilds = world.guilds.filter((guild) => applicationsIn({ guildId: guild.id }, world).includes(id));
      return Math.max(1, Math.ceil(guilds.length / limits.guildsPerShard));
    },
    faults: {
      disturb: sessions.disturb,
      calm() {
        sessions.calm();
        Object.assign(silent, { hello: 0, ack: 0 });
      },
      drop(code) {
        for (const session of sessions.bots()) {
          if (code === undefined) session.socket?.terminate();
          else session.socket?.close(code, 'On demand.');
          if (session.socket) closing.add(session.socket);
          if (code !== undefined && !canResumeAfter(code)) sessions.end(session);
        }
      },
      signal(what) {
        for (const session of sessions.bots()) {
          session.socket?.send(JSON.stringify({ ...signals[what], s: null, t: null }));
          if (what === 'invalid') sessions.end(session);
          if (what === 'resumable') sessions.leave(session);
        }
      },
      suppress: (what, times) => void (silent[what] += times),
      replay(count) {
        for (const { socket, sent } of sessions.bots()) for (const { text } of sent.slice(-count)) socket?.send(text);
      },
    },
  };

  /** #message-content-intent: own messages, DMs and mentions are always readable. */
  const maySeeContent = ({ intents: asked, who }: Session, { message }: StoredMessage, channel: Channel): boolean =>
    (asked & intents.content) !== 0 ||
    channel.guildId === undefined ||
    message.author.id === who.id ||
    message.mentions.some(({ id }) => id === who.id);

  return gateway;
}

const nothing = { content: '', embeds: [], components: [], attachments: [] };

function parsed(raw: Buffer): z.infer<typeof frame> | undefined {
  try {
    return frame.parse(JSON.parse(raw.toString()));
  } catch {
    return undefined;
  }
}
