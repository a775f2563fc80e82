/**
 * Detects when the system clock is set back. discord.js computes the end of rate limits with the system clock. If this
 * clock is set back by an hour, discord.js would delay requests by an hour. Therefore the bot compares the system clock
 * with the monotonic clock of the process before each wait.
 */
import type { RateLimitData, REST } from 'discord.js';
import type { Log } from '../log.ts';
import { logRateLimits } from './rate-limit-log.ts';

/** Steps smaller than this (ms) are ignored. They are ordinary corrections of the clock and cause only short waits. */
const smallStep = 2_000;

const systemLead = (): number => Date.now() - performance.now();

/**
 * Returns a function for the option `rejectOnRateLimit`. If the system clock was set back, the function removes all
 * rate limits and rejects the request. Then the bot's own retry sends the request again. Rejecting is necessary because
 * discord.js has already computed how long the request waits.
 */
export function rejectAfterClockStep(rest: () => REST, log: Log): (data: RateLimitData) => boolean {
  let lead = systemLead();
  const logWait = logRateLimits(log);
  return (data) => {
    const before = lead;
    lead = systemLead();
    if (lead - before > -smallStep) return logWait(data);
    log.warn({ seconds: Math.round((lead - before) / 1_000) }, 'the system clock was set back; rate limits begin anew');
    rest().globalReset = -1;
    for (const handler of rest().handlers.values()) Object.assign(handler, { reset: -1 } satisfies Limited);
    return true;
  };
}

/**
 * The field of a discord.js request queue that holds the end of a rate limit. The types of discord.js do not list it.
 */
interface Limited {
  readonly reset: number;
}
