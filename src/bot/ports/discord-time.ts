/** Discord's time as a port: the time that stamps messages and interactions. All times in ms since the epoch. */
export interface DiscordTime {
  now(): number;
  /** Takes a timestamp of Discord's that just arrived into account. */
  observe(timestamp: number): void;
  /** The time of the bot's clock at which it is `at` on Discord. */
  onClock(at: number): number;
}
