/** The state of the gateway as one value. The functions of the other gateway files read and change it. */
import type { WebSocket } from 'ws';
import type { Clock } from '../clock.ts';
import type { GatewayLimits, Shard } from './gateway-rules.ts';
import type { Application, Member, World } from './world.ts';

export interface GatewaySettings {
  readonly world: World;
  readonly clock: Clock;
  /** Calls `run` at `at` (ms since the epoch), unless the loopback has stopped by then. */
  readonly alarm: (at: number, run: () => void) => void;
  readonly worldChanged: () => void;
  /** ws://… */
  readonly url: string;
  readonly limits: GatewayLimits;
  /** Whether clients that miss their heartbeat are disconnected. */
  readonly enforcesHeartbeats: boolean;
}

export interface GatewayState extends GatewaySettings {
  /** By session id. */
  readonly sessions: Map<string, Session>;
  /** Session starts by application id. */
  readonly starts: Map<string, SessionStarts>;
  /** Pending faults of events to bots, in the order they were asked for. */
  eventFaults: PendingEventFault[];
  /** How many of the next HELLOs, and of the next heartbeat acknowledgements to bots, are not sent. */
  readonly suppressed: Record<'hello' | 'ack', number>;
  /** Sockets that the server closed: their sessions stay, whatever the close code. */
  readonly closedByServer: WeakSet<WebSocket>;
}

export interface Session {
  readonly id: string;
  readonly token: string;
  readonly owner: Member | Application;
  readonly intents: number;
  readonly shard: Shard;
  seq: number;
  /** The last dispatches, kept for a client that resumes. */
  sent: { readonly s: number; readonly text: string }[];
  /** Undefined while the session has no connection. */
  socket: WebSocket | undefined;
  /** Dispatches that are held back until the next one was sent. */
  held: string[];
}

export interface SessionStarts {
  /** Start of the counted day, in ms since the epoch. */
  readonly since: number;
  count: number;
  /** Times of the last identifies, for `max_concurrency`. */
  recent: number[];
}

/** What goes wrong with an event to bots: sent twice, never sent (nor replayed), or sent after the next one. */
export type EventFault = 'duplicate' | 'drop' | 'reorder';

export interface PendingEventFault {
  readonly fault: EventFault;
  /** The name of the event; undefined fits all. */
  readonly event: string | undefined;
  left: number;
}

export const newGatewayState = (settings: GatewaySettings): GatewayState => ({
  ...settings,
  sessions: new Map(),
  starts: new Map(),
  eventFaults: [],
  suppressed: { hello: 0, ack: 0 },
  closedByServer: new WeakSet(),
});

export const allSessions = ({ sessions }: GatewayState): readonly Session[] => [...sessions.values()];

export const botSessions = (state: GatewayState): readonly Session[] =>
  allSessions(state).filter(({ owner }) => isBot(owner));

export const isBot = (owner: Member | Application): owner is Application =>
  'bot' in owner && typeof owner.bot === 'object';

/** Who owns a token, with or without REST's `Bot ` prefix. */
export const ownerOf = (token: string, { members, applications }: World): Member | Application | undefined =>
  [...members, ...applications].find((each) => each.token === withoutPrefix(token));

export const withoutPrefix = (token: string): string => token.replace(/^Bot /, '');
