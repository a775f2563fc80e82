/** Counts the requests to Discord by status, and refused requests by Discord's error code. */
import { type REST, type ResponseLike, RESTJSONErrorCodes } from 'discord.js';
import type { Metrics } from '../bot/ports/metrics.ts';
import type { SendRequest } from './callback-requests.ts';
import { errorOf } from './response-errors.ts';

const documentedCodes: ReadonlySet<unknown> = new Set(Object.values(RESTJSONErrorCodes));

/** Returns a function that sends requests with `makeRequest`. Each try of a request is counted. */
export const measuredRequests =
  (makeRequest: SendRequest, metrics: Metrics): SendRequest =>
  async (url, init) => {
    let response: ResponseLike;
    try {
      response = await makeRequest(url, init);
    } catch (error) {
      metrics.requested('failed');
      throw error;
    }
    const { status, headers } = response;
    metrics.requested(status);
    if (status === 429) metrics.rateLimited(headers.get('x-ratelimit-scope') ?? 'user');
    if (status < 400 || status >= 500 || status === 429) return response;
    const { code, original } = await errorOf(response);
    metrics.refused(typeof code === 'number' && documentedCodes.has(code) ? code : 'other');
    return original();
  };

/** Counts the waits of discord.js for rate limits. */
export function measureWaits(rest: REST, metrics: Metrics): void {
  rest.on('rateLimited', ({ global, timeToReset }) =>
    metrics.waiting(global ? 'global' : 'bucket', Math.max(0, timeToReset) / 1_000),
  );
}
