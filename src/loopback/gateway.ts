/** The interface of the gateway for the rest of the emulation. https://discord.com/developers/docs/events/gateway */
import type { IncomingMessage } from 'node:http';
import { WebSocketServer } from 'ws';
import { applicationsIn, type GuildOrDm } from './api-objects.ts';
import { connect } from './gateway-connection.ts';
import * as dispatch from './gateway-dispatch.ts';
import * as faults from './gateway-faults.ts';
import { sessionStartLimit } from './gateway-sessions.ts';
import { type EventFault, type GatewaySettings, type GatewayState, newGatewayState } from './gateway-state.ts';
import type { Application, Channel, Guild, StoredMessage } from './world.ts';
import type { BotEvent, MemberEvent } from './gateway-rules.ts';

export interface Gateway {
  /** Sends an event to the bot's shard for the guild. If `guildId` is undefined (a DM), to the first shard. */
  dispatchToBot(applicationId: string, event: BotEvent, data: object, guildId: string | undefined): void;
  /** Sends an event to those bots in a guild or DM that identified with the intent. */
  dispatchToBots(event: BotEvent, data: object, place: GuildOrDm, intent: number): void;
  dispatchToMember(userId: string, event: MemberEvent, data: object): void;
  dispatchMessage(event: 'MESSAGE_CREATE' | 'MESSAGE_UPDATE', stored: StoredMessage): void;
  dispatchMessageDelete(stored: StoredMessage): void;
  /** Sends an event to all users who may see the channel. `needed`: the intents of bots in guilds and in DMs. */
  dispatchInChannel(
    channel: Channel,
    event: BotEvent,
    data: object,
    needed?: readonly [guild: number, direct: number],
  ): void;
  dispatchChannelUpdate(channel: Channel): void;
  dispatchAvailability(guild: Guild): void;
  sessionStartLimit(application: Application): object;
  /** The number of guilds of a bot divided by the maximum per shard, rounded up. At least 1. */
  recommendedShards(application: Application): number;
  readonly faults: GatewayFaults;
  readonly sockets: WebSocketServer;
}

/** Fault injection at the gateway. The functions are documented in gateway-faults.ts. */
export interface GatewayFaults {
  drop(closeCode: number | undefined): void;
  signal(signal: faults.GatewaySignal): void;
  suppress(what: 'hello' | 'ack', times: number): void;
  replay(count: number): void;
  disruptEvents(fault: EventFault, times: number, event: string | undefined): void;
  clear(): void;
}

export function openGateway(settings: GatewaySettings): Gateway {
  const state = newGatewayState(settings);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 1 << 20 });
  sockets.on('connection', (socket, request: IncomingMessage) =>
    connect(state, socket, new URL(request.url ?? '/', 'ws://127.0.0.1').searchParams),
  );
  return {
    sockets,
    dispatchToBot: (...args) => dispatch.dispatchToBot(state, ...args),
    dispatchToBots: (...args) => dispatch.dispatchToBots(state, ...args),
    dispatchToMember: (...args) => dispatch.dispatchToMember(state, ...args),
    dispatchMessage: (...args) => dispatch.dispatchMessage(state, ...args),
    dispatchMessageDelete: (stored) => dispatch.dispatchMessageDelete(state, stored),
    dispatchInChannel: (...args) => dispatch.dispatchInChannel(state, ...args),
    dispatchChannelUpdate: (channel) => dispatch.dispatchChannelUpdate(state, channel),
    dispatchAvailability: (guild) => dispatch.dispatchAvailability(state, guild),
    sessionStartLimit: (application) => sessionStartLimit(state, application),
    recommendedShards: (application) => recommendedShards(state, application),
    faults: {
      drop: (closeCode) => faults.dropConnections(state, closeCode),
      signal: (signal) => faults.sendSignal(state, signal),
      suppress: (what, times) => faults.suppressReplies(state, what, times),
      replay: (count) => faults.replayEvents(state, count),
      disruptEvents: (...args) => faults.disruptEvents(state, ...args),
      clear: () => faults.clearGatewayFaults(state),
    },
  };
}

function recommendedShards({ world, limits }: GatewayState, { id }: Application): number {
  const guilds = world.guilds.filter((guild) => applicationsIn({ guildId: guild.id }, world).includes(id));
  return Math.max(1, Math.ceil(guilds.length / limits.guildsPerShard));
}
