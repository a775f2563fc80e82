/** Logs requests that wait because of Discord's rate limits. discord.js itself does not log them. */
import type { RateLimitData } from 'discord.js';
import type { Log } from '../log.ts';

/** Waits shorter than this (ms) are normal and are not logged. */
const minLoggedWait = 2_000;

/** Returns a function for the option `rejectOnRateLimit`. The function logs long waits and rejects no request. */
export const logRateLimits =
  (log: Log) =>
  ({ method, route, retryAfter }: RateLimitData): boolean => {
    if (retryAfter >= minLoggedWait)
      log.warn({ method, route, seconds: retryAfter / 1_000 }, 'Discord limits the rate of a request; waiting');
    return false;
  };
