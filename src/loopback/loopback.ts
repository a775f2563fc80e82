/**
 * An emulated Discord on 127.0.0.1. Bots log in with the real discord.js client; members use the protocol of Discord's
 * own client. Enforced are deadlines, the single acknowledgement, limits and permissions. What is absent is listed in
 * the README of this folder, under “Known differences”.
 */
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
  /** 0 takes any free port. */
  readonly port: number;
  /** Gives the time for deadlines, tokens, limits and snowflakes; the real time by default. */
  readonly clock?: Clock;
  /**
   * Numbers that replace Discord's for the gateway. Missed heartbeats close a connection only on the real clock, or if
   * `heartbeatMs` is given: clients do not follow a test's clock.
   */
  readonly gateway?: Partial<GatewayLimits>;
  /** What a new world begins with. A saved world only gets the guilds that were added to the seed since. */
  readonly seed?: Seed;
  /** Where the world is saved between runs; without it, it is not saved. */
  readonly storage?: WorldStorage;
  /** `on` by default. Benchmarks switch them off. */
  readonly rateLimits?: RateLimiting;
  /** `on` by default. Benchmarks of a bot whose bodies are known to be valid switch it off. */
  readonly bodyValidation?: Context['bodyValidation'];
  /** Called with the error of a failed save; by default a process warning. */
  readonly onError?: (error: unknown) => void;
  /** Serves all paths but `/api` and `/world.json`. Returns false for 404. */
  readonly page?: (request: IncomingMessage, response: ServerResponse) => boolean;
}

export interface Loopback {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** For discord.js: `rest: { api }`. */
  readonly api: string;
  world(): WorldDocument;
  /** The last 1,000 requests to the API, newest last. */
  readonly log: readonly LoggedRequest[];
  /** Requests for routes that do not exist, as `METHOD /path`. */
  readonly unknownRoutes: readonly string[];
  /** How many requests of the last ten minutes were answered with 401, 403 or 429. */
  invalidRequests(): number;
  readonly faults: Faults;
  /** Saves, closes every connection, frees the port. */
  stop(): Promise<void>;
}

/** Starts an emulated Discord. Rejects with EADDRINUSE when the port is taken, and when the saved world is unreadable. */
export async function startLoopback(options: LoopbackOptions): Promise<Loopback> {
  const { clock = realClock, seed = studyGroup, bodyValidation = 'on', onError = warn } = options;
  const saved: unknown = await options.storage?.load();
  const world = saved === undefined || saved === null ? newWorld(seed) : readWorld(saved, seed);
  const http = createServer();
  const port = await listen(http, options.port);
  const url = `http://127.0.0.1:${port}`;
  const gatewayUrl = `ws://127.0.0.1:${port}`;
  const { alarm, cancelAlarms } = cancellableAlarms(clock);
  const saver = createWorldSaver(() => world, options.storage, clock, alarm, onError);
  const worldChanged = saver.changed;
  const gateway = openGateway({
    world,
    clock,
    alarm,
    worldChanged,
    url: gatewayUrl,
    limits: { ...gatewayLimits, ...options.gateway },
    enforcesHeartbeats: clock === realClock || options.gateway?.heartbeatMs !== undefined,
  });
  const disconnect = () => {
    for (const socket of gateway.sockets.clients) socket.terminate();
    http.closeAllConnections();
  };
  const context: Context = { world, clock, gateway, url, alarm, bodyValidation, worldChanged };
  const plan = createFaultPlan(() => context, disconnect);
  const rateLimiter = createRateLimiter(context, options.rateLimits ?? 'on');
  const api = serveApi(context, plan, rateLimiter, gatewayUrl);
  http.on('connection', (socket) => plan.isDown() && socket.resetAndDestroy());
  http.on('request', (request, response) => serve({ world, url, port, api, page: options.page }, request, response));
  http.on('upgrade', (request, socket: Duplex, head) => upgrade(gateway.sockets, port, request, socket, head));
  return {
    url,
    api: `${url}/api`,
    world: () => worldDocument(world, url),
    log: api.log,
    unknownRoutes: api.unknownRoutes,
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

/** Listens on 127.0.0.1 and returns the port, which is free to choose when `port` is 0. */
async function listen(http: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(port, '127.0.0.1', resolve);
  });
  return (http.address() as AddressInfo).port;
}

/** Alarms of a clock that can all be cancelled at once. */
function cancellableAlarms(clock: Clock) {
  const pending = new Set<() => void>();
  return {
    alarm(at: number, run: () => void): void {
      const cancel = clock.alarm(at, () => {
        pending.delete(cancel);
        run();
      });
      pending.add(cancel);
    },
    cancelAlarms() {
      for (const cancel of pending) cancel();
    },
  };
}

interface Site {
  readonly world: World;
  readonly url: string;
  readonly port: number;
  readonly api: Api;
  readonly page: LoopbackOptions['page'];
}

function serve({ world, url, port, api, page }: Site, request: IncomingMessage, response: ServerResponse): void {
  if (!isSameOrigin(request, port)) return void response.writeHead(403).end();
  const [pathname = '/'] = (request.url ?? '/').split('?');
  if (pathname === '/world.json') return sendJson(response, worldDocument(world, url));
  if (pathname === '/api' || pathname.startsWith('/api/')) return void api.handle(request, response);
  if (pathname.startsWith('/attachments/') && serveFile(world, pathname, response)) return;
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
