/** The interface of the gateway for the rest of the emulation. Discord docs, events/gateway. */
import type { IncomingMessage } from 'node:http';
import { WebSocketServer } from 'ws';
import { connect } from './gateway-connection.ts';
import * as dispatch from './gateway-dispatch.ts';
import * as faults from './gateway-faults.ts';
import { recommendedShards, sessionStartLimit } from './gateway-sessions.ts';
import { type GatewaySettings, newGatewayState } from './gateway-state.ts';

export type Gateway = ReturnType<typeof openGateway>;

export function openGateway(settings: GatewaySettings) {
  const state = newGatewayState(settings);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 1 << 20 });
  sockets.on('connection', (socket, request: IncomingMessage) =>
    connect(state, socket, new URL(request.url ?? '/', 'ws://127.0.0.1').searchParams),
  );
  const bound =
    <Args extends readonly unknown[], Result>(run: (to: typeof state, ...args: Args) => Result) =>
    (...args: Args): Result =>
      run(state, ...args);
  return {
    sockets,
    dispatchToBot: bound(dispatch.dispatchToBot),
    dispatchToBots: bound(dispatch.dispatchToBots),
    dispatchToMember: bound(dispatch.dispatchToMember),
    dispatchMessage: bound(dispatch.dispatchMessage),
    dispatchMessageDelete: bound(dispatch.dispatchMessageDelete),
    dispatchInChannel: bound(dispatch.dispatchInChannel),
    dispatchChannel: bound(dispatch.dispatchChannel),
    dispatchChannelToBots: bound(dispatch.dispatchChannelToBots),
    dispatchAvailability: bound(dispatch.dispatchAvailability),
    sessionStartLimit: bound(sessionStartLimit),
    recommendedShards: bound(recommendedShards),
    faults: {
      drop: bound(faults.dropConnections),
      signal: bound(faults.sendSignal),
      suppress: bound(faults.suppressReplies),
      replay: bound(faults.replayEvents),
      sendFrame: bound(faults.sendFrame),
      disruptEvents: bound(faults.disruptEvents),
      clear: bound(faults.clearGatewayFaults),
    },
  };
}
