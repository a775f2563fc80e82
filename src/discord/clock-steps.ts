/**
 * discord.js computes the end of rate limits with the system's clock. If this clock is set back by an hour, discord.js
 * would hold requests back for an hour. Therefore, before each wait, this compares the system's clock with the
 * monotonic clock of the process.
 */
import type { RateLimitData, REST } from 'discord.js';
import type { Log } from '../log.ts';
import { logRateLimits } from './rate-limit-log.ts';

/** Smaller steps are ordinary corrections, and the waits that they cause are short. In ms. */
const smallStep = 2_000;

const systemLead = (): number => Date.now() - performance.now();

/**
 * A function for the option `rejectOnRateLimit`. After a step back, it forgets all limits and rejects the request, so
 * that the bot's own retry sends it again. The request cannot go on by itself, because its wait is computed already.
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

/** The field of discord.js's request queues that holds the end of a limit. It is missing in the library's types. */
interface Limited {
  readonly reset: number;
}
