/** The interface of the gateway for the rest of the emulation. Discord docs, events/gateway. */
import type { IncomingMessage } from 'node:http';
import { WebSocketServer } from 'ws';
import { connect } from './gateway-connection.ts';
import * as dispatch from './gateway-dispatch.ts';
import * as faults from './gateway-faults.ts';
import { recommendedShards, sessionStartLimit } from './gateway-sessions.ts';
import { type GatewaySettings, type GatewayState, newGatewayState } from './gateway-state.ts';

export type Gateway = ReturnType<typeof openGateway>;

export function openGateway(settings: GatewaySettings) {
  const state = newGatewayState(settings);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 1 << 20 });
  sockets.on('connection', (socket, request: IncomingMessage) =>
    connect(state, socket, new URL(request.url ?? '/', 'ws://127.0.0.1').searchParams),
  );
  return {
    sockets,
    ...bound(state, { ...dispatch, sessionStartLimit, recommendedShards }),
    faults: bound(state, faults),
  };
}

type Functions = Readonly<Record<string, (state: GatewayState, ...args: never) => unknown>>;
type Bound<All> = {
  readonly [name in keyof All]: All[name] extends (state: GatewayState, ...args: infer Args) => infer Result
    ? (...args: Args) => Result
    : never;
};

const bound = <All extends Functions>(state: GatewayState, functions: All): Bound<All> =>
  Object.fromEntries(
    Object.entries(functions).map(([name, run]) => [name, (...args: never) => run(state, ...args)]),
  ) as Bound<All>;
