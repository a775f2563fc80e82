/** Rate limits for bots. Discord docs, topics/rate-limits. The limits of single routes come from public reports. */
import { createHash } from 'node:crypto';
import { type Caller, callerId, type Context } from './context.ts';
import type { Reply } from './route.ts';
import { timestampOf } from './snowflake.ts';

interface LimitedRequest {
  readonly route: string;
  readonly params: readonly string[];
  readonly caller: Caller;
}
interface Limit {
  readonly limit: number;
  readonly perMs: number;
  /** Limited routes as `METHOD /path`. Undefined for the global limit. */
  readonly routes?: readonly string[];
  /** The key of the counter ("major parameter" in the docs). Undefined if the limit does not apply to the request. */
  readonly countedBy: (request: LimitedRequest, context: Context) => string | undefined;
  readonly scope: 'user' | 'global' | 'shared';
  /** If true, the response headers describe this limit only when a request exceeds it. */
  readonly isHidden?: boolean;
  readonly code?: number;
  readonly message?: string;
  readonly source: string;
}

type CountedBy = Limit['countedBy'];
const everyRequestOfABot: CountedBy = ({ caller, route }) =>
  caller.kind === 'bot' && !/ \/(?:interactions|webhooks)\//.test(route) ? 'all' : undefined;
const channel: CountedBy = ({ params }) => params[0];
const token: CountedBy = ({ params }) => params[1];
const channelOfToken: CountedBy = (request, context) =>
  context.world.interactions.find((each) => each.token === token(request, context))?.channelId;
const channelOfOldMessage: CountedBy = ({ params: [id, message = '0'] }, { clock }) =>
  /^\d+$/.test(message) && clock.now() - timestampOf(message) > 3_600_000 ? id : undefined;

const messages = '/channels/:channel/messages';
const webhook = '/webhooks/:application/:token';
const webhookRoutes = [`POST ${webhook}`, `PATCH ${webhook}/messages/:message`, `DELETE ${webhook}/messages/:message`];

const limit = (
  limit: number,
  perMs: number,
  scope: Limit['scope'],
  countedBy: CountedBy,
  more: Pick<Limit, 'source'> & Partial<Limit>,
): Limit => ({ limit, perMs, scope, countedBy, ...more });

export const rateLimits: readonly Limit[] = [
  limit(50, 1_000, 'global', everyRequestOfABot, {
    isHidden: true,
    source: 'docs, topics/rate-limits#global-rate-limit',
  }),
  limit(5, 5_000, 'user', channel, { routes: [`POST ${messages}`], source: 'discord-api-docs issue 20' }),
  limit(5, 5_000, 'user', channel, { routes: [`PATCH ${messages}/:message`], source: 'discord-api-docs issue 20' }),
  limit(3, 20_000, 'user', channelOfOldMessage, {
    routes: [`PATCH ${messages}/:message`],
    isHidden: true,
    code: 30046,
    message: 'Maximum number of edits to messages older than 1 hour reached. Try again later.',
    source: 'docs, topics/opcodes-and-status-codes#json; the number: circuitsacul/starboard-4 issue 118',
  }),
  limit(5, 2_000, 'user', token, { routes: webhookRoutes, source: 'discord-api-docs issue 2701' }),
  limit(30, 60_000, 'shared', channelOfToken, {
    routes: [`POST ${webhook}`],
    isHidden: true,
    source: 'discord-api-docs issues 2701, 3763 and 7243: follow-ups of a channel together, ephemeral ones too',
  }),
];

/** The window of invalid requests, in ms. Discord docs, topics/rate-limits#invalid-request-limit. */
const invalidMs = 600_000;

/** `off` sets no limit. `banAfter` refuses all requests after this number of invalid requests in ten minutes. */
export type RateLimiting = 'on' | 'off' | { readonly banAfter: number };

export type RateLimiter = ReturnType<typeof createRateLimiter>;

interface Window {
  count: number;
  readonly endsAt: number;
}
interface LimiterState {
  readonly context: Context;
  readonly mode: RateLimiting;
  /** The current windows by limit, counter key and caller. A window begins with its first request. */
  readonly windows: Map<string, Window>;
}

export function createRateLimiter(context: Context, mode: RateLimiting) {
  const state: LimiterState = { context, mode, windows: new Map() };
  return {
    /** Counts a request. Returns the rate limit headers and, if a limit is exceeded, the 429 response. */
    check: (request: LimitedRequest) => check(state, request),
    countReply({ status, headers }: Reply): void {
      const isShared = headers?.['x-ratelimit-scope'] === 'shared';
      if ((status === 401 || status === 403 || status === 429) && !isShared) invalidWindow(state).count++;
    },
    invalidRequests: () => invalidWindow(state).count,
  };
}

interface Checked {
  readonly refused?: Reply;
  readonly headers: Readonly<Record<string, string>>;
}

function check(state: LimiterState, request: LimitedRequest): Checked {
  const { context, mode } = state;
  const now = context.clock.now();
  const invalid = invalidWindow(state);
  if (typeof mode === 'object' && invalid.count >= mode.banAfter)
    return {
      refused: { status: 429, body: 'error code: 1015', headers: {} },
      headers: retryAfterHeader(invalid.endsAt - now),
    };
  if (mode === 'off' || request.caller.kind === 'member') return { headers: {} };
  const counted = rateLimits.flatMap((limit, index) => count(state, limit, index, request) ?? []);
  const exceeded = counted.find(({ isExceeded }) => isExceeded);
  const shown = exceeded ?? counted.find(({ limit }) => !limit.isHidden);
  if (!shown) return { headers: {} };
  const secondsLeft = (shown.window.endsAt - now) / 1_000;
  const headers = limitHeaders(shown.limit, shown.window, secondsLeft);
  return exceeded ? { refused: rateLimitReply(secondsLeft, shown.limit), headers } : { headers };
}

/** Counts a request for one limit. Returns undefined if the limit does not apply to the request. */
function count(state: LimiterState, limit: Limit, index: number, request: LimitedRequest) {
  if (limit.routes && !limit.routes.includes(request.route)) return undefined;
  const countedBy = limit.countedBy(request, state.context);
  if (countedBy === undefined) return undefined;
  const caller = limit.scope === 'shared' ? '' : callerId(request.caller);
  const window = windowOf(state, `${index} ${countedBy} ${caller}`, limit.perMs);
  return { limit, window, isExceeded: window.count++ >= limit.limit };
}

const invalidWindow = (state: LimiterState): Window => windowOf(state, 'invalid', invalidMs);

function windowOf({ windows, context }: LimiterState, key: string, perMs: number): Window {
  const now = context.clock.now();
  const known = windows.get(key);
  if (known && now < known.endsAt) return known;
  for (const [other, { endsAt }] of windows) if (endsAt <= now) windows.delete(other);
  const fresh: Window = { count: 0, endsAt: now + perMs };
  windows.set(key, fresh);
  return fresh;
}

/** The response headers that describe a limit. Discord docs, topics/rate-limits#header-format. */
const limitHeaders = (limit: Limit, window: Window, secondsLeft: number): Record<string, string> => ({
  'x-ratelimit-limit': String(limit.limit),
  'x-ratelimit-remaining': String(Math.max(0, limit.limit - window.count)),
  'x-ratelimit-reset': String(window.endsAt / 1_000),
  'x-ratelimit-reset-after': String(secondsLeft),
  'x-ratelimit-bucket': createHash('md5').update(`${limit.routes?.[0]} ${limit.perMs}`).digest('hex'),
});

const retryAfterHeader = (ms: number): Record<string, string> => ({ 'retry-after': String(Math.ceil(ms / 1_000)) });

/**
 * The 429 response. The number of seconds is rounded up in the header but not in the body. Discord docs,
 * #exceeding-a-rate-limit.
 */
export function rateLimitReply(
  seconds: number,
  { scope, code, message }: Pick<Limit, 'scope' | 'code' | 'message'>,
): Reply {
  const isGlobal = scope === 'global';
  const sentence = scope === 'shared' ? 'The resource is being rate limited.' : 'You are being rate limited.';
  return {
    status: 429,
    body: {
      message: message ?? sentence,
      retry_after: seconds,
      global: isGlobal,
      ...(code !== undefined && { code }),
    },
    headers: {
      ...retryAfterHeader(seconds * 1_000),
      'x-ratelimit-scope': scope,
      ...(isGlobal && { 'x-ratelimit-global': 'true' }),
    },
  };
}
