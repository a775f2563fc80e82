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
/**
 * Breaks the gateway connections of bots: with a close code (by default 4000), without a close frame (`cut`), or by
 * leaving the connection open but no longer reading or sending (`silent`).
 */
export function dropGateway(state: GatewayState, how: number | 'cut' | 'silent' = 4000): void {
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

/** Sends opcode 1 (heartbeat), 7 (reconnect) or 9 (invalid session, resumable or not) to all bots. */
export function sendGatewaySignal(state: GatewayState, signal: keyof typeof signals): void {
  for (const session of botSessions(state)) {
    session.socket?.send(JSON.stringify({ ...signals[signal], s: null, t: null }));
    if (signal === 'invalid') endSession(state, session);
    if (signal === 'resumable') detachSession(state, session);
  }
}

/** Sends a text to bots as one frame. The text may be invalid JSON. The frame is not sent again after a resume. */
export function sendFrame(state: GatewayState, text: string): void {
  for (const { socket } of botSessions(state)) socket?.send(text);
}

export function suppressGateway({ suppressed }: GatewayState, what: 'hello' | 'ack', times = 1): void {
  suppressed[what] += times;
}

/** Sends the last `count` events to bots again, with the same sequence numbers. */
export function replayEvents(state: GatewayState, count: number): void {
  for (const { socket, sent } of botSessions(state)) for (const { text } of sent.slice(-count)) socket?.send(text);
}

export function disruptEvents(
  state: GatewayState,
  fault: EventFault,
  { event, times = 1 }: { readonly event?: string; readonly times?: number } = {},
): void {
  state.eventFaults.push({ fault, event, left: times });
}

export function clear(state: GatewayState): void {
  state.eventFaults = [];
  Object.assign(state.suppressed, { hello: 0, ack: 0 });
}
