/** Logs that a request waits because of Discord's rate limits. discord.js waits silently. */
import type { RateLimitData } from 'discord.js';
import type { Log } from '../log.ts';

/** Shorter waits belong to normal operation. In ms. */
const worthALine = 2_000;

/** A function for the option `rejectOnRateLimit`. It rejects no request. */
export const logRateLimits =
  (log: Log) =>
  ({ method, route, retryAfter }: RateLimitData): boolean => {
    if (retryAfter >= worthALine)
      log.warn({ method, route, seconds: retryAfter / 1_000 }, 'Discord limits the rate of a request; waiting');
    return false;
  };
