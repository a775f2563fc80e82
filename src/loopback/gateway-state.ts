/** The state of the gateway as one value. The functions in the other gateway files read and modify it. */
import type { WebSocket } from 'ws';
import type { Clock } from '../clock.ts';
import type { GatewayLimits, MemberEvent, Shard } from './gateway-rules.ts';
import type { Application, Member, World } from './world.ts';

export interface GatewaySettings {
  readonly world: World;
  readonly clock: Clock;
  /** Calls `run` at the time `at` (ms since the epoch), unless the loopback was stopped before this time. */
  readonly alarm: (at: number, run: () => void) => void;
  readonly worldChanged: () => void;
  readonly notModelled: (what: string) => void;
  readonly url: string;
  readonly limits: GatewayLimits;
  /** Whether to disconnect clients that send no heartbeat in time. */
  readonly enforcesHeartbeats: boolean;
}

export interface GatewayState extends GatewaySettings {
  readonly sessions: Map<string, Session>;
  readonly starts: Map<string, SessionStarts>;
  /** Pending faults for events to bots, oldest first. */
  eventFaults: PendingEventFault[];
  /** How many of the next HELLO messages and heartbeat acknowledgements are not sent to bots. */
  readonly suppressed: Record<'hello' | 'ack', number>;
  /** Sockets that fault injection closed. Their sessions can be resumed, even if the client replies with code 1000. */
  readonly closedByServer: WeakSet<WebSocket>;
}

export interface Session {
  readonly id: string;
  readonly token: string;
  readonly owner: Member | Application;
  readonly intents: number;
  readonly shard: Shard;
  seq: number;
  /** The latest events. A client that resumes the session gets the events that it missed. */
  sent: { readonly s: number; readonly text: string }[];
  socket: WebSocket | undefined;
  /** When the connection was last lost, in ms since the epoch. Undefined if it was never lost. */
  detachedAt?: number;
  /** Events that a reorder fault delays until after the next event. */
  held: string[];
}

export interface SessionStarts {
  /** Start of the 24-hour window, in ms since the epoch. `count` is the number of session starts in the window. */
  readonly since: number;
  count: number;
  /** The time of the latest accepted Identify payload of each bucket, to enforce `max_concurrency`. */
  readonly latest: Map<number, number>;
}

/** An event is sent twice, is never sent (not even after a resume), or is sent after the event that follows it. */
export type EventFault = 'duplicate' | 'drop' | 'reorder';

export interface PendingEventFault {
  readonly fault: EventFault;
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

/** The owner of a token. The token may have the prefix `Bot ` that REST requests use. */
export const ownerOf = (token: string, { members, applications }: World): Member | Application | undefined =>
  [...members, ...applications].find((each) => each.token === withoutPrefix(token));

export const withoutPrefix = (token: string): string => token.replace(/^Bot /, '');

/** Gives an event its sequence number, stores it for a resume, applies injected faults, and sends it. */
export function sendEvent(state: GatewayState, session: Session, t: MemberEvent, d: object): void {
  const fault = isBot(session.owner) ? takeEventFault(state, t) : undefined;
  const text = numberEvent(state, session, t, d);
  if (fault === 'drop') return void session.sent.pop();
  if (fault === 'reorder') return void session.held.push(text);
  const texts = [
    text,
    ...(fault === 'duplicate' ? [numberEvent(state, session, t, d)] : []),
    ...session.held.splice(0),
  ];
  for (const each of texts) session.socket?.send(each);
}

function takeEventFault(state: GatewayState, event: string): EventFault | undefined {
  const pending = state.eventFaults.find((each) => each.event === undefined || each.event === event);
  if (pending && --pending.left <= 0) state.eventFaults = state.eventFaults.filter((other) => other !== pending);
  return pending?.fault;
}

function numberEvent({ limits }: GatewayState, session: Session, t: string, d: object): string {
  const s = ++session.seq;
  const text = JSON.stringify({ op: 0, t, s, d });
  session.sent.push({ s, text });
  if (session.sent.length > limits.replayBuffer) session.sent.shift();
  return text;
}
