/** An emulated Discord on 127.0.0.1. The README of this folder says what is missing. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { WebSocketServer } from 'ws';
import { type Clock, realClock } from '../clock.ts';
import { serveFile } from './attachments.ts';
import type { Context } from './context.ts';
import { createFaultPlan, type Faults } from './faults.ts';
import { gatewayLimits, type GatewayLimits } from './gateway-rules.ts';
import { openGateway } from './gateway.ts';
import { createWorldSaver, type WorldStorage } from './persistence.ts';
import { createRateLimiter, type RateLimiting } from './rate-limits.ts';
import { newWorld, type Seed, studyGroup } from './seed.ts';
import { type Api, isSameOrigin, type LoggedRequest, serveApi } from './server.ts';
import { worldDocument, type WorldDocument } from './world-document.ts';
import { readWorld } from './world-migrations.ts';
import type { World } from './world.ts';

export interface LoopbackOptions {
  /** The TCP port. With 0, the operating system chooses a free port. */
  readonly port: number;
  /** The clock for deadlines, tokens, limits and snowflakes. The default is the real clock. */
  readonly clock?: Clock;
  /**
   * Overrides limits of the gateway. If `heartbeatMs` is given, heartbeats are enforced with any clock. Otherwise, they
   * are enforced only with the real clock, because clients send heartbeats in real time.
   */
  readonly gateway?: Partial<GatewayLimits>;
  /**
   * The users and guilds of a new world. If a saved world of version 1 or 2 lacks some of these guilds, they are added
   * to the saved world.
   */
  readonly seed?: Seed;
  /** A new world that `worldOfSeed` has created from a file. Overrides `seed`. */
  readonly world?: World;
  /** Called after the response was sent, for each request or part of a request that the emulation does not model. */
  readonly onUnknown?: (what: string) => void;
  /** Storage for the world between runs. Without storage, the world is not saved. */
  readonly storage?: WorldStorage;
  /** The time in which a complete request must arrive, by default 30 s. Slower requests get status 408. */
  readonly requestTimeoutMs?: number;
  /** `on` by default. Benchmarks turn rate limits off. */
  readonly rateLimits?: RateLimiting;
  /** `on` by default. Benchmarks turn validation off, because their bots are known to send valid bodies. */
  readonly bodyValidation?: Context['bodyValidation'];
  readonly onError?: (error: unknown) => void;
  /** Serves the paths that the emulation does not serve itself. If it returns false, the response has status 404. */
  readonly page?: (request: IncomingMessage, response: ServerResponse) => boolean;
}

export interface Loopback {
  readonly url: string;
  /** The address of the API, for the discord.js option `rest: { api }`. */
  readonly api: string;
  world(): WorldDocument;
  readonly log: readonly LoggedRequest[];
  /** The first 1,000 things that are not modelled: `METHOD /path`, `METHOD /path: the field …`, gateway opcodes. */
  readonly unknownRoutes: readonly string[];
  invalidRequests(): number;
  readonly faults: Faults;
  /** Saves the world, closes every connection and frees the port. */
  stop(): Promise<void>;
}

/** Starts an emulated Discord. Rejects if the port is taken (EADDRINUSE) or the saved world is unreadable. */
export async function startLoopback(options: LoopbackOptions): Promise<Loopback> {
  const { clock = realClock, seed = studyGroup, bodyValidation = 'on', onError = warn } = options;
  const saved: unknown = await options.storage?.load();
  const world = saved === undefined || saved === null ? (options.world ?? newWorld(seed)) : readWorld(saved, seed);
  const http = createServer({ requestTimeout: options.requestTimeoutMs ?? 30_000, connectionsCheckingInterval: 1_000 });
  const port = await listen(http, options.port);
  const url = `http://127.0.0.1:${port}`;
  const gatewayUrl = `ws://127.0.0.1:${port}`;
  const { alarm, cancelAlarms } = cancellableAlarms(clock);
  const saver = createWorldSaver(() => world, options.storage, clock, alarm, onError);
  const worldChanged = saver.changed;
  const unknownRoutes: string[] = [];
  const notModelled = (what: string): void => {
    if (unknownRoutes.length < 1_000) unknownRoutes.push(what);
    setImmediate(() => options.onUnknown?.(what));
  };
  const gateway = openGateway({
    world,
    clock,
    alarm,
    worldChanged,
    notModelled,
    url: gatewayUrl,
    limits: { ...gatewayLimits, ...options.gateway },
    enforcesHeartbeats: clock === realClock || options.gateway?.heartbeatMs !== undefined,
  });
  const disconnect = () => {
    for (const socket of gateway.sockets.clients) socket.terminate();
    http.closeAllConnections();
  };
  const context: Context = { world, clock, gateway, url, alarm, bodyValidation, notModelled, worldChanged };
  const plan = createFaultPlan(context, disconnect);
  const rateLimiter = createRateLimiter(context, options.rateLimits ?? 'on');
  const api = serveApi({ context, plan, rateLimiter, gatewayUrl });
  http.on('connection', (socket) => plan.isDown() && socket.resetAndDestroy());
  const site = { world, url, port, handle: api.handle, page: options.page };
  http.on('request', (request, response) => serve(site, request, response));
  http.on('upgrade', (request, socket: Duplex, head) => upgrade(gateway.sockets, port, request, socket, head));
  return {
    url,
    api: `${url}/api`,
    world: () => worldDocument(world, url),
    log: api.log,
    unknownRoutes,
    invalidRequests: rateLimiter.invalidRequests,
    faults: plan.faults,
    async stop() {
      cancelAlarms();
      gateway.sockets.close();
      disconnect();
      await new Promise((resolve) => http.close(resolve));
      await saver.flush();
    },
  };
}

/** Listens on 127.0.0.1 and returns the port. If `port` is 0, the operating system chooses a free port. */
async function listen(http: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(port, '127.0.0.1', resolve);
  });
  return (http.address() as AddressInfo).port;
}

/** `cancelAlarms` cancels all alarms and prevents new alarms, because pending alarms keep the process running. */
function cancellableAlarms(clock: Clock) {
  const pending = new Set<() => void>();
  let isCancelled = false;
  return {
    alarm(at: number, run: () => void): void {
      if (isCancelled) return;
      const cancel = clock.alarm(at, () => {
        pending.delete(cancel);
        run();
      });
      pending.add(cancel);
    },
    cancelAlarms() {
      isCancelled = true;
      for (const cancel of pending) cancel();
    },
  };
}

interface Site {
  readonly world: World;
  readonly url: string;
  readonly port: number;
  readonly handle: Api['handle'];
  readonly page: LoopbackOptions['page'];
}

function serve({ world, url, port, handle, page }: Site, request: IncomingMessage, response: ServerResponse): void {
  if (!isSameOrigin(request, port)) return void response.writeHead(403).end();
  const [pathname = '/'] = (request.url ?? '/').split('?');
  if (pathname === '/world.json') return sendJson(response, worldDocument(world, url));
  if (pathname === '/api' || pathname.startsWith('/api/')) return void handle(request, response);
  if (/^\/(?:ephemeral-)?attachments\//.test(pathname) && serveFile(world, pathname, response)) return;
  if (!page?.(request, response)) response.writeHead(404).end();
}

function upgrade(sockets: WebSocketServer, port: number, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  socket.on('error', () => socket.destroy());
  if (!isSameOrigin(request, port)) socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  else sockets.handleUpgrade(request, socket, head, (ws) => sockets.emit('connection', ws, request));
}

function sendJson(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

const warn = (error: unknown): void => process.emitWarning(error instanceof Error ? error : new Error(String(error)));
