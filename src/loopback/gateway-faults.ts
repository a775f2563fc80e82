/** Fault injection for the gateway connections of bots. Sessions of human members are not affected. */
import { canResumeAfter, opcodes } from './gateway-rules.ts';
import { detachSession, endSession } from './gateway-sessions.ts';
import { botSessions, type EventFault, type GatewayState } from './gateway-state.ts';

const signals = {
  heartbeat: { op: opcodes.heartbeat, d: null },
  reconnect: { op: opcodes.reconnect, d: null },
  resumable: { op: opcodes.invalidSession, d: true },
  invalid: { op: opcodes.invalidSession, d: false },
} as const;
/** The opcodes that fault injection can send: 1, 7, and 9 with true (`resumable`) or false (`invalid`). */
export type GatewaySignal = keyof typeof signals;

/** See `dropGateway` in faults.ts. */
export function dropConnections(state: GatewayState, how: number | 'cut' | 'silent'): void {
  for (const session of botSessions(state)) {
    const { socket } = session;
    if (socket) state.closedByServer.add(socket);
    if (how === 'silent') {
      socket?.pause();
      detachSession(state, session);
    } else if (how === 'cut') socket?.terminate();
    else {
      socket?.close(how, 'On demand.');
      if (!canResumeAfter(how)) endSession(state, session);
    }
  }
}

export function sendSignal(state: GatewayState, signal: GatewaySignal): void {
  for (const session of botSessions(state)) {
    session.socket?.send(JSON.stringify({ ...signals[signal], s: null, t: null }));
    if (signal === 'invalid') endSession(state, session);
    if (signal === 'resumable') detachSession(state, session);
  }
}

/** Sends a frame with this text to bots. The frame has no sequence number, and is not sent again after a resume. */
export function sendFrame(state: GatewayState, text: string): void {
  for (const { socket } of botSessions(state)) socket?.send(text);
}

/** Suppresses the next HELLO messages or heartbeat acknowledgements to bots. */
export function suppressReplies({ suppressed }: GatewayState, what: 'hello' | 'ack', times: number): void {
  suppressed[what] += times;
}

/** Sends the last `count` events to bots again, with the same sequence numbers. */
export function replayEvents(state: GatewayState, count: number): void {
  for (const { socket, sent } of botSessions(state)) for (const { text } of sent.slice(-count)) socket?.send(text);
}

/** Applies the fault to the next `times` events, with the name `event` if given. */
export function disruptEvents(state: GatewayState, fault: EventFault, times: number, event: string | undefined): void {
  state.eventFaults.push({ fault, event, left: times });
}

/** Removes all pending faults. */
export function clearGatewayFaults(state: GatewayState): void {
  state.eventFaults = [];
  Object.assign(state.suppressed, { hello: 0, ack: 0 });
}
