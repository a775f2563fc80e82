/**
 * An emulated Discord on 127.0.0.1: the real discord.js client logs in to it, and members use it through the protocol
 * of Discord's own client. It enforces what bots stumble over (deadlines, single acknowledgement, limits, visibility).
 * Several applications live in it. What is absent stands in the README of this folder, under “Known differences”.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { realClock, type Clock } from '../clock.ts';
import { serveFile } from './attachments.ts';
import type { Context } from './context.ts';
import { createFaultPlan, type Faults } from './faults.ts';
import { gatewayLimits, type GatewayLimits } from './gateway-rules.ts';
import { openGateway } from './gateway.ts';
import { createWorldSaver, type WorldStorage } from './persistence.ts';
import { createRateLimiter, type RateLimiting } from './rate-limits.ts';
import { isSameOrigin, serveApi, type LoggedRequest } from './server.ts';
import { addMissingGuilds, newWorld, studyGroup, worldDocument, type Seed, type WorldDocument } from './seed.ts';
import { worldSchema } from './world.ts';

export interface LoopbackOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** Deadlines, tokens, limits and snowflakes follow it. */
  readonly clock?: Clock;
  /**
   * Other numbers than Discord's for the gateway. A client that misses its heartbeats is cut off in real time; in a
   * test's time, which clients do not share, only if `heartbeatMs` is given.
   */
  readonly gateway?: Partial<GatewayLimits>;
  /** The people and places of a new world; a kept world has its own, and what the seed has gained since. */
  readonly seed?: Seed;
  /** Where the world lives between runs; without it, in memory. */
  readonly storage?: WorldStorage;
  /** `on` unless it says otherwise; benches switch them off. */
  readonly rateLimits?: RateLimiting;
  /** `on` unless it says otherwise; a bench of a bot, whose bodies are known to be good, leaves out judging them. */
  readonly bodyValidation?: Context['bodyValidation'];
  /** Hears of saves that failed; without it they become process warnings. */
  readonly onError?: (error: unknown) => void;
  /** Serves every path but `/api` and `/world.json`; false means 404. */
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
  /** Requests for routes that do not exist, as `METHOD /path`: a test may insist that there are none. */
  readonly unknownRoutes: readonly string[];
  /** Requests of the last ten minutes that were answered with 401, 403 or 429. */
  invalidRequests(): number;
  readonly faults: Faults;
  /** Saves, closes every connection, frees the port. */
  stop(): Promise<void>;
}

/** Starts an emulated Discord. Rejects with EADDRINUSE when the port is taken, and when the kept world is unreadable. */
export async function startLoopback(options: LoopbackOptions): Promise<Loopback> {
  const { clock = realClock, seed = studyGroup, bodyValidation = 'on', onError = warn } = options;
  const kept: unknown = await options.storage?.load();
  const world = kept === undefined || kept === null ? newWorld(seed) : addMissingGuilds(worldSchema.parse(kept), seed);

  const http = createServer();
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(options.port, '127.0.0.1', resolve);
  });
  const { port } = http.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;

  const alarms = new Set<() => void>();
  const alarm = (at: number, run: () => void): void => {
    const cancel = clock.alarm(at, () => {
      alarms.delete(cancel);
      run();
    });
    alarms.add(cancel);
  };
  const saving = createWorldSaver(() => world, options.storage, clock, alarm, onError);
  const gatewayUrl = `ws://127.0.0.1:${port}`;
  const worldChanged = saving.changed;
  const gateway = openGateway({
    world,
    clock,
    alarm,
    changed: worldChanged,
    url: gatewayUrl,
    limits: { ...gatewayLimits, ...options.gateway },
    insistsOnHeartbeats: clock === realClock || options.gateway?.heartbeatMs !== undefined,
  });
  const cut = () => {
    for (const socket of gateway.sockets.clients) socket.terminate();
    http.closeAllConnections();
  };
  const plan = createFaultPlan(() => context, cut);
  const context: Context = { world, clock, gateway, url, alarm, bodyValidation, worldChanged };
  const limits = createRateLimiter(() => context, options.rateLimits ?? 'on');
  const api = serveApi(context, plan, limits, gatewayUrl);

  http.on('connection', (socket) => plan.isDown() && socket.resetAndDestroy());
  http.on('request', (request, response) => {
    if (!isSameOrigin(request, port)) return void response.writeHead(403).end();
    const [pathname = '/'] = (request.url ?? '/').split('?');
    if (pathname === '/world.json') return json(response, worldDocument(world, url));
    if (pathname === '/api' || pathname.startsWith('/api/')) return void api.handle(request, response);
    if (pathname.startsWith('/attachments/') && serveFile(world, pathname, response)) return;
    if (!options.page?.(request, response)) response.writeHead(404).end();
  });
  http.on('upgrade', (request, socket: Duplex, head) => {
    socket.on('error', () => socket.destroy());
    if (!isSameOrigin(request, port)) socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    else gateway.sockets.handleUpgrade(request, socket, head, (ws) => gateway.sockets.emit('connection', ws, request));
  });

  return {
    url,
    api: `${url}/api`,
    world: () => worldDocument(world, url),
    log: api.log,
    unknownRoutes: api.unknownRoutes,
    invalidRequests: limits.invalidRequests,
    faults: plan.faults,
    async stop() {
      for (const cancel of alarms) cancel();
      gateway.sockets.close();
      cut();
      await new Promise((resolve) => http.close(resolve));
      await saving.flush();
    },
  };
}

function json(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

const warn = (error: unknown): void => process.emitWarning(error instanceof Error ? error : new Error(String(error)));
