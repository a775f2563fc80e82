/**
 * Sends the responses to interactions. discord.js would repeat a failed response three times within milliseconds, and
 * would wait for the end of a rate limit even if the response would then be too late. The functions in this file repeat
 * a response at most once, and only while it can still arrive in time.
 */
import { type ResponseLike, type RESTOptions, SnowflakeUtil } from 'discord.js';
import type { DiscordTime } from '../bot/ports/discord-time.ts';
import type { Clock } from '../clock.ts';
import { discordCodes, NotDelivered } from './errors.ts';
import { errorOf } from './response-errors.ts';
import type { SharedTokenWatch } from './shared-token.ts';

export type SendRequest = RESTOptions['makeRequest'];

/** Maximum age of an interaction to which Discord still accepts a response, in ms. */
const maxAge = 3_000;
/** If an interaction is older than this (ms), a response to it is not sent again. */
const maxAgeOfRepeat = 2_500;
/** The delay before the second try, in ms. */
const repeatDelay = 250;

interface Ports {
  readonly makeRequest: SendRequest;
  readonly clock: Clock;
  readonly time: DiscordTime;
  readonly applicationId: () => string | undefined;
  readonly sharedToken: SharedTokenWatch;
  /** Called when Discord has accepted a response to the interaction with this id. */
  readonly onAccepted?: ((interaction: string) => void) | undefined;
}

type Request = Parameters<SendRequest>;

/**
 * Returns a function that sends requests. A response to an interaction has a time limit and may be repeated. All other
 * requests are sent unchanged. The returned function throws NotDelivered if a response could not be delivered.
 */
export function callbackRequests(ports: Ports): SendRequest {
  return async (url, init) => {
    const [, id, token] = /\/interactions\/(\d+)\/([^/]+)\/callback/.exec(url) ?? [];
    if (id === undefined || token === undefined) return ports.makeRequest(url, init);
    const answer = await deliver(ports, [url, init], id, token);
    if (answer.ok) ports.onAccepted?.(id);
    return answer;
  };
}

async function deliver(ports: Ports, request: Request, id: string, token: string): Promise<ResponseLike> {
  const { clock, time } = ports;
  /** The time of the interaction on the bot's clock. */
  const created = time.onClock(SnowflakeUtil.timestampFrom(id));
  const first = await tryOnce(ports, request, created);
  if (!('error' in first)) return noticed(ports, id, first);
  const again = clock.now() + Math.max(repeatDelay, first.retryAfter);
  if (again - created > maxAgeOfRepeat) throw first.error;
  await new Promise<void>((resolve) => void clock.alarm(again, resolve));
  const second = await tryOnce(ports, request, created);
  if ('error' in second) throw second.error;
  return second.status === 400 ? acknowledgedBefore(ports, request, second, token) : second;
}

/**
 * Handles the answer to the first try. Informs `sharedToken` if Discord accepted the response, or if the interaction
 * already had a response. `sharedToken` detects other processes with the same token.
 */
async function noticed({ sharedToken }: Ports, id: string, answer: ResponseLike): Promise<ResponseLike> {
  if (answer.ok) sharedToken.accepted(id);
  if (answer.status !== 400) return answer;
  const { code, original } = await errorOf(answer);
  if (code === discordCodes.alreadyAcknowledged) sharedToken.answeredBefore(id);
  return original();
}

/** A try that should be repeated: the connection broke, or Discord answered with a server error or a rate limit. */
interface FailedTry {
  readonly error: NotDelivered;
  /** The delay that Discord demands before the next try, in ms. */
  readonly retryAfter: number;
}

/** Sends the request once. Throws NotDelivered if Discord does not answer in time. */
async function tryOnce(
  { makeRequest, clock }: Ports,
  [url, init]: Request,
  created: number,
): Promise<ResponseLike | FailedTry> {
  let isLate = false;
  // AbortSignal.any would need less code, but in Node 20 it makes each request noticeably slower.
  const end = new AbortController();
  const abort = () => end.abort();
  const cancel = clock.alarm(Math.max(clock.now(), created + maxAge), () => {
    isLate = true;
    abort();
  });
  init.signal?.addEventListener('abort', abort);
  if (init.signal?.aborted) abort();
  try {
    const response = await makeRequest(url, { ...init, signal: end.signal });
    if (response.status < 500 && response.status !== 429) return response;
    // An unread body would keep the connection busy.
    await response.arrayBuffer();
    const seconds = Number(response.headers.get('retry-after') ?? 0);
    const retryAfter = Number.isFinite(seconds) ? seconds * 1_000 : 0;
    return { error: new NotDelivered(`Discord answered with status ${response.status}`, undefined), retryAfter };
  } catch (error) {
    if (isLate) throw new NotDelivered('Discord did not answer in time', error);
    return { error: new NotDelivered('the connection broke', error), retryAfter: 0 };
  } finally {
    cancel();
    init.signal?.removeEventListener('abort', abort);
  }
}

/**
 * Handles the answer to the second try if this answer has the status 400. If it says that the interaction already has a
 * response, Discord has accepted the first try, and only the answer to the first try was lost. In this case, returns a
 * replacement for the lost answer. All other answers are returned unchanged.
 */
async function acknowledgedBefore(
  { makeRequest, applicationId }: Ports,
  [url, init]: Request,
  answer: ResponseLike,
  token: string,
): Promise<ResponseLike> {
  const { code, original } = await errorOf(answer);
  if (code !== discordCodes.alreadyAcknowledged) return original();
  if (!url.includes('with_response=true')) return new Response(undefined, { status: 204 });
  const path = `/webhooks/${applicationId()}/${token}/messages/@original`;
  const { body: _, ...get } = init;
  const found = await makeRequest(url.replace(/\/interactions\/.*/, path), { ...get, method: 'GET' });
  if (!found.ok) return original();
  const message: unknown = await found.json();
  return Response.json({ interaction: { id: '0', type: 2 }, resource: { type: 4, message } });
}
