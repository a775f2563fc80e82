/** The interface for asking how well the bot is connected to Discord. */
export interface ShardHealth {
  readonly shard: number;
  readonly isReady: boolean;
  /**
   * Time since Discord last acknowledged a heartbeat of this shard, in ms. Until the first acknowledgement, the time
   * since the session began. Undefined while there was no session.
   */
  readonly heartbeatAge: number | undefined;
}

export interface DiscordHealth {
  /** The shards of this process. Empty before the login. */
  shards(): readonly ShardHealth[];
  /** The number of servers that the bot is in, as far as the shards of this process know. */
  servers(): number;
  /** The number of requests that the bot may still send in this second. Discord limits all requests together. */
  requestsLeft(): number;
  /** Sends a request with the bot's token. Rejects if Discord refuses it or does not answer. */
  confirm(): Promise<void>;
}
