/**
 * Estimates the difference between Discord's clock and the bot's. Every message and interaction has a timestamp of
 * Discord's clock, but arrives with a delay. The largest difference (timestamp minus arrival time) among the latest
 * timestamps had the smallest delay, so it is the best estimate.
 */
import type { DiscordTime } from '../bot/ports/discord-time.ts';
import type { Clock } from '../clock.ts';

/** How many of the latest timestamps are used. Older timestamps are dropped, because clocks drift. */
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
