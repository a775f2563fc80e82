/** Discord's clock as a port: the clock behind the timestamps of messages and interactions. In ms since the epoch. */
export interface DiscordTime {
  now(): number;
  /** Uses a timestamp that has just arrived from Discord to improve the measurement. */
  observe(timestamp: number): void;
  /** Converts `at` from Discord's clock to the bot's clock. */
  onClock(at: number): number;
}
