/**
 * The gateway: sessions that are identified, resumed and replayed, and the dispatch of events to whoever may see them.
 * https://discord.com/developers/docs/events/gateway. Absent: compression, etf, voice, member chunks, send limits.
 */
import { randomUUID } from 'node:crypto';
import { WebSocketServer, type WebSocket } from 'ws';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import {
  applicationsIn,
  channelObject,
  guildObject,
  messageEvent,
  privateChannelFor,
  readers,
  sees,
  userObject,
  type Place,
} from './payloads.ts';
import type { Application, Channel, Member, Post, World } from './world.ts';

/** Sessions keep this many events for a client that comes back, and stay this long without one. */
const replayed = 1_000;
const keptMs = 5 * 60_000;
const heartbeatMs = 41_250;

/** docs, topics/opcodes-and-status-codes#gateway-gateway-close-event-codes. */
const closeCodes = { unknownOpcode: 4001, decode: 4002, notAuthenticated: 4003, badToken: 4004, twice: 4005 } as const;

/** docs, events/gateway#gateway-intents. Interactions belong to none. */
const intents = { guilds: 1 << 0, guildMessages: 1 << 9, directMessages: 1 << 12, content: 1 << 15 } as const;

const frame = z.object({ op: z.number(), d: z.unknown() });
const identify = z.object({
  token: z.string(),
  intents: z.number().default(0),
  shard: z.tuple([z.number(), z.number()]).default([0, 1]),
});
const resume = z.object({ token: z.string(), session_id: z.string(), seq: z.number() });

interface Session {
  readonly id: string;
  readonly token: string;
  readonly who: Member | Application;
  readonly intents: number;
  readonly shard: readonly [id: number, count: number];
  seq: number;
  sent: { readonly s: number; readonly text: string }[];
  socket: WebSocket | undefined;
  leftAt: number;
}

export interface Gateway {
  /** To the shard of a bot for this server (a DM belongs to the first). */
  toBot(applicationId: string, event: string, data: object, guildId: string | undefined): void;
  /** To the bots that are there, on the shard for the place, if they asked for the intent. */
  toBots(event: string, data: object, place: Place, intent: number): void;
  toMember(userId: string, event: string, data: object): void;
  /** MESSAGE_CREATE, MESSAGE_UPDATE: to all who may see the message; ephemeral ones to their reader alone. */
  showMessage(event: 'MESSAGE_CREATE' | 'MESSAGE_UPDATE', post: Post): void;
  hideMessage(post: Post): void;
  channelChanged(channel: Channel): void;
  /** Closes every socket of the bot. */
  drop(closeCode: number): void;
  readonly sockets: WebSocketServer;
  close(): void;
}

export function openGateway(world: World, clock: Clock, url: string): Gateway {
  const sessions = new Map<string, Session>();
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 1 << 20 });
  const channelOf = (id: string) => world.channels.find((channel) => channel.id === id);
  const belongs = ({ shard: [id, count] }: Session, guildId: string | undefined) =>
    guildId === undefined ? id === 0 : Number((BigInt(guildId) >> 22n) % BigInt(count)) === id;

  function botsIn(place: Place, intent: number): readonly Session[] {
    const here = applicationsIn(place, world);
    return [...sessions.values()].filter(
      (session) => here.includes(session.who.id) && belongs(session, place.guildId) && session.intents & intent,
    );
  }
  const botsAt = (channel: Channel, intent: number): readonly Session[] =>
    botsIn(channel, intent).filter(({ who }) => sees(channel, who.id, world));

  function send(session: Session, t: string, d: object): void {
    const s = ++session.seq;
    const text = JSON.stringify({ op: 0, t, s, d });
    session.sent.push({ s, text });
    if (session.sent.length > replayed) session.sent.shift();
    session.socket?.send(text);
  }

  function begin(socket: WebSocket, { token, intents, shard }: z.infer<typeof identify>): Session | undefined {
    const bare = token.replace(/^Bot /, '');
    const member = world.members.find((member) => member.token === bare);
    const application = world.applications.find((application) => application.token === bare);
    const who = member ?? application;
    if (!who) return undefined;
    for (const { id, socket, leftAt } of sessions.values())
      if (!socket && clock.now() - leftAt > keptMs) sessions.delete(id);
    const session: Session = {
      id: randomUUID().replaceAll('-', ''),
      token: bare,
      who,
      intents,
      shard,
      seq: 0,
      sent: [],
      socket,
      leftAt: 0,
    };
    sessions.set(session.id, session);
    const common = { v: 10, session_id: session.id, session_type: 'normal', resume_gateway_url: url };
    if (member) {
      const guilds = world.guilds.map((guild) => guildObject(guild, world, member));
      const mine = world.channels.filter(({ recipientId }) => recipientId === member.id);
      const private_channels = mine.map((channel) => privateChannelFor(member.id, channel, world));
      send(session, 'READY', { ...common, user: userObject(member), guilds, private_channels });
    } else if (application) {
      const guilds = world.guilds.filter(
        ({ id, members }) => members.some((member) => member.id === application.id) && belongs(session, id),
      );
      send(session, 'READY', {
        ...common,
        user: userObject(application.bot),
        guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
        private_channels: [],
        application: { id: application.id, flags: 0 },
        shard,
      });
      if (intents & 1)
        for (const guild of guilds) send(session, 'GUILD_CREATE', guildObject(guild, world, application.bot));
    }
    return session;
  }

  function goOn(socket: WebSocket, { token, session_id, seq }: z.infer<typeof resume>): Session | undefined {
    const session = sessions.get(session_id);
    const first = session?.sent[0]?.s ?? 0;
    if (!session || session.token !== token.replace(/^Bot /, '') || seq > session.seq || seq + 1 < first)
      return undefined;
    session.socket?.terminate();
    session.socket = socket;
    for (const { s, text } of session.sent) if (s > seq) socket.send(text);
    send(session, 'RESUMED', {});
    return session;
  }

  sockets.on('connection', (socket) => {
    let session: Session | undefined;
    const say = (op: number, d: unknown) => socket.send(JSON.stringify({ op, d }));
    say(10, { heartbeat_interval: heartbeatMs });
    socket.on('error', () => socket.terminate());
    socket.on('message', (raw: Buffer) => {
      const message = parsed(frame, raw);
      if (!message) return socket.close(closeCodes.decode, 'Error while decoding payload.');
      const { op, d } = message;
      if (op === 1) return say(11, null);
      if (op === 2) {
        if (session) return socket.close(closeCodes.twice, 'Already authenticated.');
        const asked = identify.safeParse(d);
        if (!asked.success) return socket.close(closeCodes.decode, 'Error while decoding payload.');
        session = begin(socket, asked.data);
        return session ? undefined : socket.close(closeCodes.badToken, 'Authentication failed.');
      }
      if (op === 6) {
        const asked = resume.safeParse(d);
        if (!asked.success) return socket.close(closeCodes.decode, 'Error while decoding payload.');
        session = goOn(socket, asked.data);
        return session ? undefined : say(9, false);
      }
      if (!session) return socket.close(closeCodes.notAuthenticated, 'Not authenticated.');
      // 3: presence, 4: voice state, 8: members, 14 and up: subscriptions of Discord's own client. Nothing follows.
      return op >= 3 && op !== 5 && op !== 7 ? undefined : socket.close(closeCodes.unknownOpcode, 'Unknown opcode.');
    });
    socket.on('close', (code) => {
      if (session?.socket !== socket) return;
      session.socket = undefined;
      session.leftAt = clock.now();
      if (code === 1000 || code === 1001) sessions.delete(session.id);
    });
  });

  const gateway: Gateway = {
    sockets,
    toBot(applicationId, event, data, guildId) {
      for (const session of sessions.values())
        if (session.who.id === applicationId && belongs(session, guildId)) send(session, event, data);
    },
    toBots(event, data, place, intent) {
      for (const session of botsIn(place, intent)) send(session, event, data);
    },
    toMember(userId, event, data) {
      for (const session of sessions.values()) if (session.who.id === userId) send(session, event, data);
    },
    showMessage(event, post) {
      const channel = channelOf(post.message.channel_id);
      if (!channel) return;
      const data = messageEvent(post, channel, world);
      if (post.reader !== undefined) return gateway.toMember(post.reader, event, data);
      for (const { id } of readers(channel, world)) gateway.toMember(id, event, data);
      const intent = channel.guildId === undefined ? intents.directMessages : intents.guildMessages;
      for (const session of botsAt(channel, intent))
        send(session, event, maySeeContent(session, post, channel) ? data : { ...data, ...nothing });
    },
    hideMessage({ message, reader }) {
      const channel = channelOf(message.channel_id);
      if (!channel) return;
      const data = {
        id: message.id,
        channel_id: channel.id,
        ...(channel.guildId !== undefined && { guild_id: channel.guildId }),
      };
      if (reader !== undefined) return gateway.toMember(reader, 'MESSAGE_DELETE', data);
      for (const { id } of readers(channel, world)) gateway.toMember(id, 'MESSAGE_DELETE', data);
      const intent = channel.guildId === undefined ? intents.directMessages : intents.guildMessages;
      for (const session of botsAt(channel, intent)) send(session, 'MESSAGE_DELETE', data);
    },
    channelChanged(channel) {
      gateway.toBots('CHANNEL_UPDATE', channelObject(channel, world), channel, intents.guilds);
    },
    drop(closeCode) {
      for (const { who, socket } of sessions.values()) if (isBot(who)) socket?.close(closeCode);
    },
    close() {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
    },
  };

  /** docs, events/gateway#message-content-intent: own messages, DMs and mentions are always readable. */
  const maySeeContent = (session: Session, { message }: Post, channel: Channel): boolean =>
    (session.intents & intents.content) !== 0 ||
    channel.guildId === undefined ||
    message.author.id === session.who.id ||
    message.mentions.some(({ id }) => id === session.who.id);

  return gateway;
}

const isBot = (who: Member | Application): who is Application => !('locale' in who);

const nothing = { content: '', embeds: [], components: [], attachments: [] };

/** docs, events/gateway#sending-events: at most 4,096 bytes of JSON. */
function parsed<T>(schema: z.ZodType<T>, raw: Buffer): T | undefined {
  if (raw.byteLength > 4_096) return undefined;
  try {
    return schema.parse(JSON.parse(raw.toString()));
  } catch {
    return undefined;
  }
}
