/**
 * Measures Discord's time. Discord stamps every message and interaction, and the bot hears of it a little later: of the
 * latest timestamps the one that is furthest ahead of the clock arrived fastest, and is the best measure.
 */
import type { DiscordTime } from '../bot/ports/discord-time.ts';
import type { Clock } from '../clock.ts';

/** Timestamps that count; older ones may be from before the clock drifted. */
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
