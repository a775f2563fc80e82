/**
 * Estimates the difference between Discord's clock and the bot's clock. Every message and interaction has a timestamp
 * from Discord's clock and arrives after a delay. Each timestamp minus its arrival time is an estimate of the
 * difference. The largest of the latest estimates has the smallest delay, so it is the best estimate.
 */
import type { DiscordTime } from '../bot/ports/discord-time.ts';
import type { Clock } from '../clock.ts';

/** Number of latest timestamps that are used. Older timestamps are dropped because the clocks drift apart. */
const kept = 50;

export function measureTime(clock: Clock): DiscordTime {
  const leads: number[] = [];
  const lead = () => (leads.length === 0 ? 0 : Math.max(...leads));
  return {
    now: () => clock.now() + lead(),
    observe(timestamp) {
      leads.push(timestamp - clock.now());
      if (leads.length > kept) leads.shift();
    },
    onClock: (at) => at - lead(),
  };
}
