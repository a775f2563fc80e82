/** Failures on demand that concern the gateway connections of bots. Sessions of members are left alone. */
import { canResumeAfter, opcodes } from './gateway-rules.ts';
import { detachSession, endSession } from './gateway-sessions.ts';
import { botSessions, type EventFault, type GatewayState } from './gateway-state.ts';

const signals = {
  heartbeat: { op: opcodes.heartbeat, d: null },
  reconnect: { op: opcodes.reconnect, d: null },
  resumable: { op: opcodes.invalidSession, d: true },
  invalid: { op: opcodes.invalidSession, d: false },
} as const;
/** What Discord may send by itself: opcode 1, opcode 7, or opcode 9 with true (`resumable`) or false (`invalid`). */
export type GatewaySignal = keyof typeof signals;

/** Closes the connections with a code; undefined breaks them off. */
export function dropConnections(state: GatewayState, code: number | undefined): void {
  for (const session of botSessions(state)) {
    if (code === undefined) session.socket?.terminate();
    else session.socket?.close(code, 'On demand.');
    if (session.socket) state.closedByServer.add(session.socket);
    if (code !== undefined && !canResumeAfter(code)) endSession(state, session);
  }
}

export function sendSignal(state: GatewayState, signal: GatewaySignal): void {
  for (const session of botSessions(state)) {
    session.socket?.send(JSON.stringify({ ...signals[signal], s: null, t: null }));
    if (signal === 'invalid') endSession(state, session);
    if (signal === 'resumable') detachSession(state, session);
  }
}

/** The next HELLOs, or acknowledgements of heartbeats, are not sent. */
export function suppressReplies({ suppressed }: GatewayState, what: 'hello' | 'ack', times: number): void {
  suppressed[what] += times;
}

/** Sends the last events again, with the same sequence numbers. */
export function replayEvents(state: GatewayState, count: number): void {
  for (const { socket, sent } of botSessions(state)) for (const { text } of sent.slice(-count)) socket?.send(text);
}

/** The next events of this name (of any name when undefined) meet the fault. */
export function disruptEvents(state: GatewayState, fault: EventFault, times: number, event: string | undefined): void {
  state.eventFaults.push({ fault, event, left: times });
}

/** Takes back the faults that have not happened yet. */
export function clearGatewayFaults(state: GatewayState): void {
  state.eventFaults = [];
  Object.assign(state.suppressed, { hello: 0, ack: 0 });
}
