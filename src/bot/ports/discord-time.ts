/**
 * The interface for Discord's clock, which creates the timestamps of messages and interactions. Times are in ms since
 * the epoch.
 */
export interface DiscordTime {
  now(): number;
  /**
   * Must be called as soon as a timestamp from Discord arrives. The timestamp improves the estimate of Discord's clock.
   */
  observe(timestamp: number): void;
  /** Converts a time on Discord's clock to a time on the bot's clock. */
  onClock(at: number): number;
}
