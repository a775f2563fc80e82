/** The interface for information about the connection to Discord. */
export interface ShardHealth {
  readonly shard: number;
  readonly isReady: boolean;
  /**
   * Time in ms since Discord last acknowledged a heartbeat of this shard. Before the first acknowledgement, the time
   * since the session began. Undefined if no session has begun.
   */
  readonly heartbeatAge: number | undefined;
}

export interface DiscordHealth {
  /** The shards of this process. Empty before the login. */
  shards(): readonly ShardHealth[];
  /** The number of servers that the bot is in and that belong to the shards of this process. */
  servers(): number;
  /**
   * The number of requests that this process may still send to Discord in the current second. Requests of all kinds are
   * counted together.
   */
  requestsLeft(): number;
  /** Sends a request with the bot's token. Rejects if Discord refuses the request or does not answer. */
  confirm(): Promise<void>;
}
