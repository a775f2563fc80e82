/** One gateway connection: HELLO, heartbeats, identify, resume and close codes. */
import type { WebSocket } from 'ws';
import { z } from 'zod';
import {
  clientOpcodes,
  closeCodes,
  type CloseName,
  intentError,
  opcodes,
  parseShard,
  unmodelledOpcodes,
} from './gateway-rules.ts';
import { detachSession, endSession, resumeSession, startSession } from './gateway-sessions.ts';
import { type GatewayState, isBot, ownerOf, type Session } from './gateway-state.ts';

interface Connection {
  readonly state: GatewayState;
  readonly socket: WebSocket;
  session: Session | undefined;
  /** Start of the rate limit window, in ms since the epoch, and the number of payloads in it. */
  windowStart: number;
  sends: number;
  heartbeatDue: number;
}

const payload = z.object({ op: z.number(), d: z.unknown().optional() });
const identifyData = z.object({ token: z.string(), intents: z.unknown().optional(), shard: z.unknown().optional() });
const resumeData = z.object({ token: z.string(), session_id: z.string(), seq: z.number() });

/** Serves a new connection. `query` contains the API version and encoding that the client requested. */
export function connect(state: GatewayState, socket: WebSocket, query: URLSearchParams): void {
  const now = state.clock.now();
  const connection: Connection = {
    state,
    socket,
    session: undefined,
    windowStart: now,
    sends: 0,
    heartbeatDue: now + heartbeatTimeout(state),
  };
  socket.on('error', () => socket.terminate());
  socket.on('close', (code) => onClose(connection, code));
  if (!['9', '10', null].includes(query.get('v'))) return close(connection, 'invalidVersion');
  if ((query.get('encoding') ?? 'json') !== 'json' || query.has('compress'))
    return close(connection, 'decode', 'The emulated Discord speaks encoding=json without compress.');
  if (state.enforcesHeartbeats) watchHeartbeats(connection);
  if (!takeSuppressed(state, 'hello'))
    send(connection, opcodes.hello, { heartbeat_interval: state.limits.heartbeatMs });
  socket.on('message', (raw: Buffer) => onMessage(connection, raw));
}

/** The session of a connection. If there is none, for example after opcode 9, the client may identify. */
const currentSession = ({ session, socket }: Connection): Session | undefined =>
  session?.socket === socket ? session : undefined;

const send = ({ socket }: Connection, op: number, d: unknown): void =>
  socket.send(JSON.stringify({ op, d, s: null, t: null }));

function close(connection: Connection, why: CloseName, reason: string = closeCodes[why].reason): void {
  const session = currentSession(connection);
  if (session && !closeCodes[why].resume) endSession(connection.state, session);
  connection.socket.close(closeCodes[why].code, reason);
}

/** Codes 1000 and 1001 end the session. Discord docs, events/gateway#initiating-a-disconnect. */
function onClose(connection: Connection, code: number): void {
  const { state, socket } = connection;
  const session = currentSession(connection);
  if (!session) return;
  if (!state.closedByServer.has(socket) && (code === 1000 || code === 1001)) endSession(state, session);
  else detachSession(state, session);
}

const heartbeatTimeout = ({ limits }: GatewayState): number => 1.5 * limits.heartbeatMs;

function watchHeartbeats(connection: Connection): void {
  const { state, socket, heartbeatDue } = connection;
  state.alarm(heartbeatDue, () => {
    if (socket.readyState !== socket.OPEN) return;
    if (state.clock.now() >= connection.heartbeatDue) close(connection, 'unknownError', 'No heartbeat.');
    else watchHeartbeats(connection);
  });
}

/** Whether fault injection suppresses this message. If so, reduces the number of messages to suppress by one. */
const takeSuppressed = ({ suppressed }: GatewayState, what: 'hello' | 'ack'): boolean =>
  suppressed[what] > 0 && suppressed[what]-- > 0;

function onMessage(connection: Connection, raw: Buffer): void {
  const { clock, limits } = connection.state;
  const now = clock.now();
  if (now - connection.windowStart >= limits.sendsMs) Object.assign(connection, { windowStart: now, sends: 0 });
  if (++connection.sends > limits.sends) return close(connection, 'tooFast');
  const message = raw.byteLength > limits.payloadBytes ? undefined : parsePayload(raw);
  if (!message) return close(connection, 'decode');
  switch (message.op) {
    case opcodes.heartbeat:
      return onHeartbeat(connection);
    case opcodes.identify:
      return onIdentify(connection, message.d);
    case opcodes.resume:
      return onResume(connection, message.d);
    default:
      return onOtherOpcode(connection, message.op);
  }
}

function parsePayload(raw: Buffer): z.infer<typeof payload> | undefined {
  try {
    return payload.parse(JSON.parse(raw.toString()));
  } catch {
    return undefined;
  }
}

function onHeartbeat(connection: Connection): void {
  const { state } = connection;
  connection.heartbeatDue = state.clock.now() + heartbeatTimeout(state);
  const owner = currentSession(connection)?.owner;
  if (!owner || !isBot(owner) || !takeSuppressed(state, 'ack')) send(connection, opcodes.heartbeatAck, null);
}

function onIdentify(connection: Connection, d: unknown): void {
  const { state, socket } = connection;
  if (currentSession(connection)) return close(connection, 'twice');
  const data = identifyData.safeParse(d).data;
  if (!data) return close(connection, 'decode');
  const owner = ownerOf(data.token, state.world);
  if (!owner) return close(connection, 'badToken');
  const shard = parseShard(data.shard);
  if (!shard) return close(connection, 'invalidShard');
  const error = isBot(owner) ? intentError(data.intents, state.limits.allowedIntents) : undefined;
  if (error) return close(connection, error);
  useSession(connection, startSession(state, socket, owner, Number(data.intents ?? 0), shard));
}

function onResume(connection: Connection, d: unknown): void {
  if (currentSession(connection)) return close(connection, 'twice');
  const data = resumeData.safeParse(d).data;
  if (!data) return close(connection, 'decode');
  useSession(connection, resumeSession(connection.state, connection.socket, data.token, data.session_id, data.seq));
}

function useSession(connection: Connection, result: Session | CloseName | 'busy' | undefined): void {
  if (result === undefined || result === 'busy') return send(connection, opcodes.invalidSession, false);
  if (typeof result === 'string') return close(connection, result);
  connection.session = result;
}

/** Handles opcodes other than heartbeat, identify and resume. Members may send any opcode above 13. */
function onOtherOpcode(connection: Connection, op: number): void {
  const owner = currentSession(connection)?.owner;
  if (owner && unmodelledOpcodes.has(op)) connection.state.notModelled(`the gateway opcode ${op}`);
  const isKnown = clientOpcodes.has(op) || (op > 13 && owner && !isBot(owner));
  if (!isKnown) return close(connection, 'unknownOpcode');
  if (!owner) close(connection, 'notAuthenticated');
}
