/** HTTP on 127.0.0.1: who may ask at all, what they sent, what they get, and the log of it. */
import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';
import { formData, type Sent } from './attachments.ts';
import type { Caller, Emulation } from './context.ts';
import { ApiError, plainError, refusal } from './api-errors.ts';
import type { Fault, FaultPlan } from './faults.ts';
import type { Call, Reply, Route } from './route.ts';
import { limited, type Throttle } from './rate-limits.ts';
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
  readonly who: string;
  readonly userAgent: string | undefined;
  readonly body: unknown;
  /** 0 until it is answered, and for a connection that was cut. */
  readonly status: number;
}

/** docs, reference#uploading-files: a request has at most 25 MiB. */
const bodyLimit = 25 * 1024 * 1024;
const loggedRequests = 1_000;

export interface Api {
  answer(request: IncomingMessage, response: ServerResponse): Promise<void>;
  readonly log: readonly LoggedRequest[];
  readonly unknownRoutes: readonly string[];
}

/** True when the request was made to this server by name and, if a page sent it, by a page of this server. */
export function isAtHome({ headers }: IncomingMessage, port: number): boolean {
  const homes = [`127.0.0.1:${port}`, `localhost:${port}`];
  const { host, origin } = headers;
  return homes.includes(host ?? '') && (origin === undefined || homes.some((home) => origin === `http://${home}`));
}

export function serveApi(emulation: Emulation, plan: FaultPlan, throttle: Throttle, gatewayUrl: string): Api {
  const log: (LoggedRequest & { status: number })[] = [];
  const unknownRoutes: string[] = [];

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = request.method ?? 'GET';
    const [target = '', query = ''] = (request.url ?? '').split('?');
    const path = decoded(target).replace(/^\/api(?:\/v(?:9|10))?(?=\/|$)/, '');
    const found = matchRoute(method, path);
    const token = request.headers.authorization;
    const caller = callerOf(emulation, token);
    const sent = await bodyOf(request);
    const entry = {
      at: emulation.clock.now(),
      method,
      path,
      route: found?.route.path,
      who: caller.kind === 'member' ? caller.member.id : caller.kind === 'bot' ? caller.application.id : 'none',
      userAgent: request.headers['user-agent'],
      body: sent instanceof ApiError ? undefined : sent.body,
      status: 0,
    };
    log.push(entry);
    if (log.length > loggedRequests) log.shift();
    if (!found && path !== '' && unknownRoutes.length < loggedRequests) unknownRoutes.push(`${method} ${path}`);

    const work = (): Reply => {
      if (!found) throw plainError(404, 0, `404: Not Found. The emulated Discord has no ${method} ${path}`);
      if (!isWelcome(found.route, caller)) throw refusal('unauthorized');
      if (sent instanceof ApiError) throw sent;
      const call: Call = { emulation, caller, query: new URLSearchParams(query), ...sent, gatewayUrl };
      return found.route.run(call, ...found.named);
    };
    const fault = plan.take(method, path, found?.route.path);
    const delay = async () => fault?.delayMs !== undefined && (await waited(emulation, fault.delayMs));
    if (!fault?.after) await delay();
    const failure = fault && isFailure(fault) ? failed(fault) : undefined;
    const { refused, headers } = found
      ? throttle.ask({ route: `${method} ${found.route.path}`, named: found.named, caller })
      : { headers: {} };
    const worked = failure && !fault?.after ? failure : (refused ?? attempted(work));
    if (fault?.after) await delay();
    if (fault?.hang) return;
    if (fault?.cut) return void request.socket.resetAndDestroy();
    const reply = failure ?? worked;
    entry.status = reply.status;
    throttle.answered(reply);
    send(response, { ...reply, headers: { ...headers, ...reply.headers } });
  }

  return { answer, log, unknownRoutes };
}

function callerOf({ world }: Emulation, token: string | undefined): Caller {
  const application = world.applications.find((application) => token === `Bot ${application.token}`);
  if (application) return { kind: 'bot', application };
  const member = world.members.find((member) => member.token === token);
  return member ? { kind: 'member', member } : { kind: 'none' };
}

/** `%40original` becomes `@original`; what cannot be decoded is no path of Discord's and stays as it is. */
function decoded(target: string): string {
  try {
    return decodeURIComponent(target);
  } catch {
    return target;
  }
}

const isWelcome = ({ who }: Route, { kind }: Caller): boolean =>
  who === 'anybody' || who === kind || (who === 'both' && kind !== 'none');

/** The body and its files; the refusal when it cannot be read or breaks off. */
async function bodyOf(request: IncomingMessage): Promise<Sent | ApiError> {
  const type = request.headers['content-type'] ?? '';
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size <= bodyLimit) chunks.push(chunk);
    }
    if (size > bodyLimit) return refusal('tooLarge');
    if (size === 0) return { body: undefined, files: [] };
    const raw = Buffer.concat(chunks);
    if (type.startsWith('multipart/form-data')) return await formData(raw, type);
    return { body: JSON.parse(raw.toString()) as unknown, files: [] };
  } catch {
    return refusal('invalidJson');
  }
}

/** What the work gives, its refusal, or 500 for a fault of the emulation itself. */
function attempted(work: () => Reply): Reply {
  try {
    return work();
  } catch (error) {
    if (error instanceof ApiError) return { status: error.status, body: error.body };
    process.emitWarning(error instanceof Error ? error : new Error(String(error)));
    return { status: 500, body: plainError(500).body };
  }
}

const isFailure = ({ status, cut, hang }: Fault): boolean => status !== undefined || cut === true || hang === true;

function failed({ status = 500, code = 0, message, retryAfter = 1 }: Fault): Reply {
  if (status === 429) return limited(retryAfter, { scope: 'user', code, ...(message !== undefined && { message }) });
  return { status, body: plainError(status, code, message ?? `${status}: ${STATUS_CODES[status] ?? ''}`).body };
}

const waited = (emulation: Emulation, ms: number): Promise<void> =>
  new Promise((resolve) => emulation.alarm(emulation.clock.now() + ms, resolve));

/** A 204 has neither a type nor a body. */
function send(response: ServerResponse, { status, body, headers }: Reply): void {
  if (body === undefined) return void response.writeHead(status, headers).end();
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}
