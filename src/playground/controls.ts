/**
 * HTTP routes for the drawer of the page. The drawer is a panel that shows the bot's requests and has switches that
 * cause faults. The server calls the routes only if the Host header is an address of this server. If a request has an
 * Origin header, this header must also be an address of this server.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';

export interface Emulated {
  readonly faults: {
    next(fault: { method: string; route: string; delayMs: number; times: number }): void;
    dropGateway(): void;
    deleteMessage(channelId: string, messageId: string): void;
    revoke(permission: string, channelId: string): void;
    restore(permission: string, channelId: string): void;
    clear(): void;
  };
  readonly log: readonly LoggedRequest[];
  world(): { readonly members: readonly { readonly id: string }[] };
}

interface LoggedRequest {
  readonly at: number;
  readonly method: string;
  readonly path: string;
  /** The id of the bot or member that sent the request, or `none` if the request has no valid token. */
  readonly caller: string;
  readonly body: unknown;
  /** The status of the response. It is 0 until the response is sent. */
  readonly status: number;
}

export interface Controls {
  readonly emulated: Emulated;
  /** Restarts the bot. Absent if the bot runs in another process. */
  readonly restart?: (() => Promise<void>) | undefined;
}

/** Maximum number of requests that the drawer shows. */
const shownRequests = 60;
const bodyLimit = 4_096;
const callbackRoute = { method: 'POST', route: '/interactions/:interaction/:token/callback' } as const;

const id = z.string().regex(/^\d{1,20}$/);
interface DrawerState {
  delayMs: number;
  /** A unique number for each request. The time is not unique: several requests can arrive in the same millisecond. */
  readonly numbers: WeakMap<LoggedRequest, number>;
  lastNumber: number;
}

type UseSwitch = (body: unknown, controls: Controls, state: DrawerState) => Promise<void> | void;

/** Creates the function that runs when a switch is used. `use` gets the body after `schema` has validated it. */
const control =
  <Body>(
    schema: z.ZodType<Body>,
    use: (body: Body, ...rest: [Controls, DrawerState]) => Promise<void> | void,
  ): UseSwitch =>
  (body, ...rest) =>
    use(parseBody(schema, body), ...rest);

const switches: Readonly<Record<string, UseSwitch>> = {
  drop: (_, { emulated }) => emulated.faults.dropGateway(),
  restart(_, { restart }) {
    if (!restart) throw new ControlError(404, 'This bot runs in a process of its own; restart it there.');
    return restart();
  },
  /** `ms` is the delay of interaction callbacks; 0 removes the delay. */
  delay: control(z.object({ ms: z.number().int().min(0).max(60_000) }), ({ ms }, { emulated: { faults } }, state) => {
    faults.clear();
    state.delayMs = ms;
    if (ms > 0) faults.next({ ...callbackRoute, delayMs: ms, times: Infinity });
  }),
  permission: control(
    z.object({ name: z.string(), channel: id, allowed: z.boolean() }),
    ({ name, channel, allowed }, { emulated: { faults } }) =>
      allowed ? faults.restore(name, channel) : faults.revoke(name, channel),
  ),
  delete: control(z.object({ channel: id, message: id }), ({ channel, message }, { emulated }) =>
    emulated.faults.deleteMessage(channel, message),
  ),
};

/**
 * Creates the handler of the drawer's routes. The handler returns false if the path is none of these routes.
 * @param controls returns undefined while the playground is starting
 */
export function controlRoutes(
  controls: () => Controls | undefined,
): (request: IncomingMessage, response: ServerResponse, path: string) => boolean {
  const state: DrawerState = { delayMs: 0, numbers: new WeakMap(), lastNumber: 0 };
  return (request, response, path) => {
    const match = /^\/controls(?:\/(\w+))?$/.exec(path);
    if (!match) return false;
    const send = (status: number, body: object) =>
      response
        .writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' })
        .end(JSON.stringify(body));
    answer(state, controls(), request, match[1] ?? '').then(
      (body) => send(200, body),
      (error: unknown) => send(error instanceof ControlError ? error.status : 500, { message: messageOf(error) }),
    );
    return true;
  };
}

async function answer(
  state: DrawerState,
  controls: Controls | undefined,
  request: IncomingMessage,
  name: string,
): Promise<object> {
  if (!controls) throw new ControlError(503, 'The playground is still starting. Try again in a moment.');
  if (name === '' && request.method === 'GET')
    return { delayMs: state.delayMs, canRestart: controls.restart !== undefined, log: botRequests(state, controls) };
  const use = Object.hasOwn(switches, name) ? switches[name] : undefined;
  if (!use) throw new ControlError(404, 'There is no such switch.');
  if (request.method !== 'POST') throw new ControlError(405, 'A switch takes POST.');
  // The server has already checked the Origin header, but only if there is one. A request without it could come from a
  // page of another origin.
  if (request.headers.origin === undefined)
    throw new ControlError(403, 'A switch is for the page of this server alone.');
  await use(await readBody(request), controls, state);
  return {};
}

function botRequests(state: DrawerState, { emulated }: Controls): readonly object[] {
  const memberIds = new Set(emulated.world().members.map(({ id }) => id));
  const fromBots = emulated.log.filter(
    ({ caller, path }) => !memberIds.has(caller) && !(caller === 'none' && path === '/gateway'),
  );
  return fromBots.slice(-shownRequests).map((request) => {
    if (!state.numbers.has(request)) state.numbers.set(request, (state.lastNumber += 1));
    const { at, method, path, body, status } = request;
    const withoutToken = path.replace(/^(\/(?:interactions|webhooks)\/\d+\/)[^/]+/, '$1…');
    return { number: state.numbers.get(request), at, method, path: withoutToken, body, status };
  });
}

class ControlError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function parseBody<Body>(schema: z.ZodType<Body>, body: unknown): Body {
  const { success, data, error } = schema.safeParse(body);
  if (success) return data;
  const [issue] = error.issues;
  throw new ControlError(400, `${issue?.path.join('.') || 'The body'}: ${issue?.message ?? 'is not readable'}`);
}

/** Reads a JSON body. Throws a ControlError with status 413 if the body is too large, or 400 if it is not JSON. */
async function readBody(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8') as AsyncIterable<string>) {
    text += chunk;
    if (text.length > bodyLimit) throw new ControlError(413, 'That is too long.');
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new ControlError(400, 'The body is not JSON.');
  }
}
