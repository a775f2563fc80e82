/** Serves the API over HTTP. Parses and logs requests, identifies the caller, runs the route and sends the response. */
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import { ApiError, apiError, NotModelledError, statusError } from './api-errors.ts';
import type { RequestBody } from './attachments.ts';
import { type Caller, callerId, type Context } from './context.ts';
import type { Fault, FaultPlan } from './faults.ts';
import { type RateLimiter, rateLimitReply } from './rate-limits.ts';
import { bodyLimit, createBodyReader, discardBody, type ReadBody } from './request-body.ts';
import { type Reply, type Route, runRoute } from './route.ts';
import { matchRoute } from './routes.ts';

export interface LoggedRequest {
  readonly at: number;
  readonly method: string;
  /** The decoded path, without the prefix `/api/v10` and without the query string. */
  readonly path: string;
  /** The path pattern from the route table. Undefined if no route matched. */
  readonly route: string | undefined;
  /** The id of the calling application or member, or `none` if the token was invalid. */
  readonly caller: string;
  readonly userAgent: string | undefined;
  readonly body: unknown;
  /** The status of the response. It is 0 until the response is sent. It stays 0 if a fault prevents the response. */
  readonly status: number;
  /** The fault that was injected into this request. Absent if there was none. */
  readonly fault?: Fault;
}

const loggedRequests = 1_000;

export interface Api {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  readonly log: readonly LoggedRequest[];
}

/** Whether the Host header, and the Origin header if there is one, are addresses of this server. */
export function isSameOrigin({ headers }: IncomingMessage, port: number): boolean {
  const homes = [`127.0.0.1:${port}`, `localhost:${port}`];
  const { host, origin } = headers;
  return homes.includes(host ?? '') && (origin === undefined || homes.some((home) => origin === `http://${home}`));
}

type LogEntry = LoggedRequest & { status: number; fault?: Fault };

interface ServerState {
  readonly context: Context;
  readonly plan: FaultPlan;
  readonly rateLimiter: RateLimiter;
  readonly gatewayUrl: string;
  readonly readBody: ReadBody;
  readonly log: LogEntry[];
}

export function serveApi(parts: Omit<ServerState, 'readBody' | 'log'>): Api {
  const state: ServerState = { ...parts, readBody: createBodyReader(), log: [] };
  return { handle: (request, response) => handle(state, request, response), log: state.log };
}

interface ApiRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly caller: Caller;
  readonly body: RequestBody | ApiError;
  readonly match: ReturnType<typeof matchRoute>;
}

async function handle(state: ServerState, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const { context, plan, rateLimiter } = state;
  const request = await readRequest(state, incoming);
  const entry = logRequest(state, request, incoming.headers['user-agent']);
  const { method, path, match, caller } = request;
  const fault = plan.faultFor(method, path, match?.route.path);
  if (fault) entry.fault = fault;
  if (!fault?.after) await delayFor(context, fault);
  const failure = fault && isFailure(fault) ? faultReply(fault) : undefined;
  const { refused, headers } = match
    ? rateLimiter.check({ route: `${method} ${match.route.path}`, params: match.params, caller })
    : { headers: {} };
  const result = failure && !fault?.after ? failure : (refused ?? runSafely(() => run(state, request)));
  if (fault?.after) await delayFor(context, fault);
  if (fault?.hang) return;
  if (fault?.cut) return void incoming.socket.resetAndDestroy();
  const reply = failure ?? result;
  entry.status = reply.status;
  rateLimiter.countReply(reply);
  send(response, { ...reply, headers: { ...headers, ...reply.headers } });
}

/**
 * Reads a request. The body is discarded if no route matches, if the caller may not use the route, or if the path
 * contains an unknown interaction token.
 */
async function readRequest({ context, readBody }: ServerState, incoming: IncomingMessage): Promise<ApiRequest> {
  const method = incoming.method ?? 'GET';
  const [target = '', query = ''] = (incoming.url ?? '').split('?');
  const path = decodePath(target).replace(/^\/api(?:\/v(?:9|10))?(?=\/|$)/, '');
  const caller = identifyCaller(context, incoming.headers.authorization);
  const match = matchRoute(method, path);
  const isWanted = match && isCallerAllowed(match.route, caller) && isTokenKnown(context, match);
  const body = isWanted ? await readBody(incoming, bodyLimit(match.route.path)) : discardBody(incoming);
  return { method, path, query, caller, body, match };
}

function logRequest(state: ServerState, request: ApiRequest, userAgent: string | undefined): LogEntry {
  const { log, context } = state;
  const { method, path, match, caller, body } = request;
  const entry: LogEntry = {
    at: context.clock.now(),
    method,
    path,
    route: match?.route.path,
    caller: callerId(caller) || 'none',
    userAgent,
    body: body instanceof ApiError ? undefined : body.body,
    status: 0,
  };
  log.push(entry);
  if (log.length > loggedRequests) log.shift();
  return entry;
}

function run(state: ServerState, { method, path, query, caller, body, match }: ApiRequest): Reply {
  const { context, gatewayUrl } = state;
  if (!match && path !== '') context.notModelled(`${method} ${path}`);
  if (!match) throw statusError(404, 0, `404: Not Found. The emulated Discord has no ${method} ${path}`);
  if (!isCallerAllowed(match.route, caller)) throw apiError('unauthorized');
  if (body instanceof ApiError) throw body;
  const request = { context, caller, query: new URLSearchParams(query), ...body, gatewayUrl };
  try {
    return runRoute(match.route, request, match.params);
  } catch (error) {
    if (error instanceof NotModelledError) context.notModelled(`${method} ${path}: ${error.what}`);
    throw error;
  }
}

function identifyCaller({ world }: Context, token: string | undefined): Caller {
  const application = world.applications.find((application) => token === `Bot ${application.token}`);
  if (application) return { kind: 'bot', application };
  const member = world.members.find((member) => member.token === token);
  return member ? { kind: 'member', member } : { kind: 'none' };
}

/** Decodes a URL path. An invalid path is returned unchanged and matches no route. */
function decodePath(target: string): string {
  try {
    return decodeURIComponent(target);
  } catch {
    return target;
  }
}

const isTokenKnown = ({ world }: Context, { route, params }: { route: Route; params: readonly string[] }): boolean =>
  !route.path.includes('/:token') || world.interactions.some(({ token }) => params.includes(token));

const isCallerAllowed = ({ access }: Route, { kind }: Caller): boolean =>
  access === 'anybody' || access === kind || (access === 'both' && kind !== 'none');

/** Turns a thrown ApiError into a response. Other errors are bugs: they cause a process warning and status 500. */
function runSafely(work: () => Reply): Reply {
  try {
    return work();
  } catch (error) {
    if (error instanceof ApiError) return { status: error.status, body: error.body };
    process.emitWarning(error instanceof Error ? error : new Error(String(error)));
    return { status: 500, body: statusError(500).body };
  }
}

const isFailure = ({ status, rawBody, cut, hang }: Fault): boolean =>
  status !== undefined || rawBody !== undefined || cut === true || hang === true;

function faultReply(fault: Fault): Reply {
  const { rawBody, encoding, code = 0, message, retryAfter = 1, isGlobal = false } = fault;
  const { status = rawBody === undefined ? 500 : 200 } = fault;
  if (rawBody !== undefined)
    return { status, rawBody, ...(encoding !== undefined && { headers: { 'content-encoding': encoding } }) };
  if (status === 429)
    return rateLimitReply(retryAfter, {
      scope: isGlobal ? 'global' : 'user',
      code,
      ...(message !== undefined && { message }),
    });
  return { status, body: statusError(status, code, message ?? `${status}: ${STATUS_CODES[status] ?? ''}`).body };
}

async function delayFor(context: Context, fault: Fault | undefined): Promise<void> {
  const ms = fault?.delayMs;
  if (ms !== undefined) await new Promise<void>((resolve) => context.alarm(context.clock.now() + ms, resolve));
}

/** Sends a response. A response without a body (status 204) gets no content type. */
function send(response: ServerResponse, { status, body, rawBody, headers }: Reply): void {
  if (rawBody !== undefined)
    return void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(rawBody);
  if (body === undefined) return void response.writeHead(status, headers).end();
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}
