/**
 * Estimates the difference between Discord's clock and the bot's clock. Every message and interaction has a timestamp
 * from Discord's clock and arrives after a delay. Each timestamp minus its arrival time is an estimate of the
 * difference. The delay makes an estimate smaller. Therefore the largest of the latest estimates is the best one.
 */
import type { DiscordTime } from '../bot/ports/discord-time.ts';
import type { Clock } from '../clock.ts';

/**
 * Timestamps that differ from the bot's clock by more than this (ms) are ignored. They probably come from malformed
 * ids. A wrong clock of the computer is a less likely cause: if the clock is very wrong, Discord's TLS certificate is
 * not valid and the bot cannot connect.
 */
const largestLead = 86_400_000;
/** Number of latest timestamps that are used. Older timestamps are dropped because the clocks drift apart. */
const kept = 50;

export function measureTime(clock: Clock): DiscordTime {
  const leads: number[] = [];
  const lead = () => (leads.length === 0 ? 0 : Math.max(...leads));
  return {
    now: () => clock.now() + lead(),
    observe(timestamp) {
      const observed = timestamp - clock.now();
      // The comparison is also false if the timestamp is NaN.
      if (!(Math.abs(observed) <= largestLead)) return;
      leads.push(observed);
      if (leads.length > kept) leads.shift();
    },
    onClock: (at) => at - lead(),
  };
}
