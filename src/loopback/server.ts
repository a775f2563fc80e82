/** HTTP on 127.0.0.1: who may ask at all, what they sent, what they get, and the log of it. */
import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';
import { parseFormData, type RequestBody } from './attachments.ts';
import type { Caller, Context } from './context.ts';
import { ApiError, statusError, apiError } from './api-errors.ts';
import type { Fault, FaultPlan } from './faults.ts';
import type { RequestContext, Reply, Route } from './route.ts';
import { rateLimitReply, type RateLimiter } from './rate-limits.ts';
import { matchRoute } from './routes.ts';

/** One request to the API, in order of arrival. */
export interface LoggedRequest {
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
  readonly method: string;
  /** Without `/api/v10`, decoded, without the query. */
  readonly path: string;
  /** The path of the route table, undefined for a route that does not exist. */
  readonly route: string | undefined;
  /** The id of a bot or a member, or `none` when no valid token came along. */
  readonly caller: string;
  readonly userAgent: string | undefined;
  readonly body: unknown;
  /** 0 until it is answered, and for a connection that was cut. */
  readonly status: number;
}

/** docs, reference#uploading-files: a request has at most 25 MiB. */
const bodyLimit = 25 * 1024 * 1024;
const loggedRequests = 1_000;

export interface Api {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  readonly log: readonly LoggedRequest[];
  readonly unknownRoutes: readonly string[];
}

/** True when the request was made to this server by name and, if a page sent it, by a page of this server. */
export function isSameOrigin({ headers }: IncomingMessage, port: number): boolean {
  const homes = [`127.0.0.1:${port}`, `localhost:${port}`];
  const { host, origin } = headers;
  return homes.includes(host ?? '') && (origin === undefined || homes.some((home) => origin === `http://${home}`));
}

export function serveApi(context: Context, plan: FaultPlan, throttle: RateLimiter, gatewayUrl: string): Api {
  const log: (LoggedRequest & { status: number })[] = [];
  const unknownRoutes: string[] = [];

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = request.method ?? 'GET';
    const [target = '', query = ''] = (request.url ?? '').split('?');
    const path = decodePath(target).replace(/^\/api(?:\/v(?:9|10))?(?=\/|$)/, '');
    const found = matchRoute(method, path);
    const token = request.headers.authorization;
    const caller = identifyCaller(context, token);
    const sent = await readBody(request);
    const entry = {
      at: context.clock.now(),
      method,
      path,
      route: found?.route.path,
      caller: caller.kind === 'member' ? caller.member.id : caller.kind === 'bot' ? caller.application.id : 'none',
      userAgent: request.headers['user-agent'],
      body: sent instanceof ApiError ? undefined : sent.body,
      status: 0,
    };
    log.push(entry);
    if (log.length > loggedRequests) log.shift();
    if (!found && path !== '' && unknownRoutes.length < loggedRequests) unknownRoutes.push(`${method} ${path}`);

    const work = (): Reply => {
      if (!found) throw statusError(404, 0, `404: Not Found. The emulated Discord has no ${method} ${path}`);
      if (!isCallerAllowed(found.route, caller)) throw apiError('unauthorized');
      if (sent instanceof ApiError) throw sent;
      const call: RequestContext = { context, caller, query: new URLSearchParams(query), ...sent, gatewayUrl };
      return found.route.run(call, ...found.named);
    };
    const fault = plan.faultFor(method, path, found?.route.path);
    const wait = async () => fault?.delayMs !== undefined && (await delay(context, fault.delayMs));
    if (!fault?.after) await wait();
    const failure = fault && isFailure(fault) ? faultReply(fault) : undefined;
    const { refused, headers } = found
      ? throttle.check({ route: `${method} ${found.route.path}`, named: found.named, caller })
      : { headers: {} };
    const worked = failure && !fault?.after ? failure : (refused ?? runSafely(work));
    if (fault?.after) await wait();
    if (fault?.hang) return;
    if (fault?.cut) return void request.socket.resetAndDestroy();
    const reply = failure ?? worked;
    entry.status = reply.status;
    throttle.countReply(reply);
    send(response, { ...reply, headers: { ...headers, ...reply.headers } });
  }

  return { handle, log, unknownRoutes };
}

function identifyCaller({ world }: Context, token: string | undefined): Caller {
  const application = world.applications.find((application) => token === `Bot ${application.token}`);
  if (application) return { kind: 'bot', application };
  const member = world.members.find((member) => member.token === token);
  return member ? { kind: 'member', member } : { kind: 'none' };
}

/** `%40original` becomes `@original`; what cannot be decoded is no path of Discord's and stays as it is. */
function decodePath(target: string): string {
  try {
    return decodeURIComponent(target);
  } catch {
    return target;
  }
}

const isCallerAllowed = ({ access }: Route, { kind }: Caller): boolean =>
  access === 'anybody' || access === kind || (access === 'both' && kind !== 'none');

/** The body and its files; the refusal when it cannot be read or breaks off. */
async function readBody(request: IncomingMessage): Promise<RequestBody | ApiError> {
  const type = request.headers['content-type'] ?? '';
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size <= bodyLimit) chunks.push(chunk);
    }
    if (size > bodyLimit) return apiError('tooLarge');
    if (size === 0) return { body: undefined, files: [] };
    const raw = Buffer.concat(chunks);
    if (type.startsWith('multipart/form-data')) return await parseFormData(raw, type);
    return { body: JSON.parse(raw.toString()) as unknown, files: [] };
  } catch {
    return apiError('invalidJson');
  }
}

/** What the work gives, its refusal, or 500 for a fault of the emulation itself. */
function runSafely(work: () => Reply): Reply {
  try {
    return work();
  } catch (error) {
    if (error instanceof ApiError) return { status: error.status, body: error.body };
    process.emitWarning(error instanceof Error ? error : new Error(String(error)));
    return { status: 500, body: statusError(500).body };
  }
}

const isFailure = ({ status, cut, hang }: Fault): boolean => status !== undefined || cut === true || hang === true;

function faultReply({ status = 500, code = 0, message, retryAfter = 1 }: Fault): Reply {
  if (status === 429)
    return rateLimitReply(retryAfter, { scope: 'user', code, ...(message !== undefined && { message }) });
  return { status, body: statusError(status, code, message ?? `${status}: ${STATUS_CODES[status] ?? ''}`).body };
}

const delay = (context: Context, ms: number): Promise<void> =>
  new Promise((resolve) => context.alarm(context.clock.now() + ms, resolve));

/** A 204 has neither a type nor a body. */
function send(response: ServerResponse, { status, body, headers }: Reply): void {
  if (body === undefined) return void response.writeHead(status, headers).end();
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}
