/**
 * The interface for Discord's clock, which creates the timestamps of messages and interactions. Times are in ms since
 * the epoch.
 */
export interface DiscordTime {
  now(): number;
  /**
   * Improves the estimate of Discord's clock. Must be called with a timestamp immediately after it arrived from
   * Discord.
   */
  observe(timestamp: number): void;
  /** Converts a time on Discord's clock to the time on the bot's clock. */
  onClock(at: number): number;
}
