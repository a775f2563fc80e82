/**
 * How often a bot may ask. https://discord.com/developers/docs/topics/rate-limits gives the headers, the global limit
 * and the count of invalid requests; Discord publishes no limit of a single route, so those are what its issues report.
 * Routes without a row have the global limit alone. Absent: limits of people.
 */
import { createHash } from 'node:crypto';
import { callerId, type Caller, type Context } from './context.ts';
import type { Reply } from './route.ts';
import { timestampOf } from './snowflake.ts';

interface LimitedRequest {
  readonly route: string;
  readonly named: readonly string[];
  readonly caller: Caller;
}
interface Limit {
  readonly limit: number;
  readonly perMs: number;
  /** `METHOD /path` of the route table; without it every route but those of interactions. */
  readonly routes?: readonly string[];
  /** What is counted apart: the major parameter of the docs. Undefined: this request is not counted. */
  readonly countedBy: (asked: LimitedRequest, context: Context) => string | undefined;
  readonly scope: 'user' | 'global' | 'shared';
  /** Not told in headers until it is exceeded. */
  readonly isHidden?: boolean;
  readonly code?: number;
  readonly message?: string;
  readonly source: string;
}

const channel = ({ named }: LimitedRequest): string | undefined => named[0];
const token = ({ named }: LimitedRequest): string | undefined => named[1];
const edits = 'PATCH /channels/:channel/messages/:message';
const webhook = '/webhooks/:application/:token';
const interactions = /^\/(?:interactions|webhooks)\//;
const hour = 3_600_000;

export const rateLimits: readonly Limit[] = [
  {
    limit: 50,
    perMs: 1_000,
    countedBy: ({ caller, route }) =>
      caller.kind === 'bot' && !interactions.test(route.slice(route.indexOf('/'))) ? 'all' : undefined,
    scope: 'global',
    isHidden: true,
    source: 'docs, topics/rate-limits#global-rate-limit',
  },
  {
    limit: 5,
    perMs: 5_000,
    routes: ['POST /channels/:channel/messages'],
    countedBy: channel,
    scope: 'user',
    source: 'discord-api-docs issue 20',
  },
  { limit: 5, perMs: 5_000, routes: [edits], countedBy: channel, scope: 'user', source: 'discord-api-docs issue 20' },
  {
    limit: 3,
    perMs: 20_000,
    routes: [edits],
    countedBy: ({ named: [id, message = '0'] }, { clock }) =>
      /^\d+$/.test(message) && clock.now() - timestampOf(message) > hour ? id : undefined,
    scope: 'user',
    isHidden: true,
    code: 30046,
    message: 'Maximum number of edits to messages older than 1 hour reached. Try again later.',
    source: 'docs, topics/opcodes-and-status-codes#json; the number: circuitsacul/starboard-4 issue 118',
  },
  {
    limit: 5,
    perMs: 2_000,
    routes: [`POST ${webhook}`, `PATCH ${webhook}/messages/:message`, `DELETE ${webhook}/messages/:message`],
    countedBy: token,
    scope: 'user',
    source: 'discord-api-docs issue 2701',
  },
  {
    limit: 30,
    perMs: 60_000,
    routes: [`POST ${webhook}`],
    countedBy: (asked, { world }) => world.interactions.find((each) => each.token === token(asked))?.channelId,
    scope: 'shared',
    isHidden: true,
    source: 'discord-api-docs issues 2701, 3763 and 7243: follow-ups of a channel together, ephemeral ones too',
  },
];

/** docs, topics/rate-limits#invalid-request-limit: 401, 403 and 429 (but shared ones) of ten minutes; 10,000 ban. */
const invalidMs = 600_000;

/** `off` counts nothing but invalid requests; `banAfter` so many of those also answers nobody until they are past. */
export type RateLimiting = 'on' | 'off' | { readonly banAfter: number };

export interface RateLimiter {
  /** The refusal, or undefined and the headers for the answer. */
  check(asked: LimitedRequest): { readonly refused?: Reply; readonly headers: Readonly<Record<string, string>> };
  /** Counts an answer, if it was invalid. */
  countReply(reply: Reply): void;
  /** Invalid requests of the last ten minutes. */
  invalidRequests(): number;
}

export function createRateLimiter(context: Context, mode: RateLimiting): RateLimiter {
  const spans = new Map<string, { count: number; readonly endsAt: number }>();

  /** What was counted in the time that began with the first request counted, and when that time ends. */
  function spanOf(key: string, perMs: number, now: number): { count: number; readonly endsAt: number } {
    const known = spans.get(key);
    if (known && now < known.endsAt) return known;
    for (const [other, { endsAt }] of spans) if (endsAt <= now) spans.delete(other);
    const fresh = { count: 0, endsAt: now + perMs };
    spans.set(key, fresh);
    return fresh;
  }
  const invalid = (now: number) => spanOf('invalid', invalidMs, now);

  function take(limit: Limit, index: number, asked: LimitedRequest, now: number) {
    if (limit.routes && !limit.routes.includes(asked.route)) return undefined;
    const by = limit.countedBy(asked, context);
    if (by === undefined) return undefined;
    const span = spanOf(`${index} ${by} ${limit.scope === 'shared' ? '' : callerId(asked.caller)}`, limit.perMs, now);
    return { limit, span, isFull: span.count++ >= limit.limit };
  }

  return {
    check(asked) {
      const now = context.clock.now();
      const { count, endsAt } = invalid(now);
      if (typeof mode === 'object' && count >= mode.banAfter)
        return {
          refused: { status: 429, body: 'error code: 1015', headers: {} },
          headers: retryAfterHeader(endsAt - now),
        };
      if (mode === 'off' || asked.caller.kind === 'member') return { headers: {} };
      const taken = rateLimits.flatMap((limit, index) => take(limit, index, asked, now) ?? []);
      const full = taken.find(({ isFull }) => isFull);
      const shown = full ?? taken.find(({ limit }) => !limit.isHidden);
      if (!shown) return { headers: {} };
      const { limit, span } = shown;
      const left = (span.endsAt - now) / 1_000;
      const headers = {
        'x-ratelimit-limit': String(limit.limit),
        'x-ratelimit-remaining': String(Math.max(0, limit.limit - span.count)),
        'x-ratelimit-reset': String(span.endsAt / 1_000),
        'x-ratelimit-reset-after': String(left),
        'x-ratelimit-bucket': createHash('md5').update(`${limit.routes?.[0]} ${limit.perMs}`).digest('hex'),
      };
      return full ? { refused: rateLimitReply(left, limit), headers } : { headers };
    },
    countReply({ status, headers }) {
      const isShared = headers?.['x-ratelimit-scope'] === 'shared';
      if ((status === 401 || status === 403 || status === 429) && !isShared) invalid(context.clock.now()).count++;
    },
    invalidRequests: () => invalid(context.clock.now()).count,
  };
}

const retryAfterHeader = (ms: number): Record<string, string> => ({ 'retry-after': String(Math.ceil(ms / 1_000)) });

/** docs, topics/rate-limits#exceeding-a-rate-limit. `seconds` may have decimals, the header Retry-After has none. */
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
