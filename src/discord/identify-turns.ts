/**
 * The port through which several processes take turns when they ask Discord for gateway sessions. Discord allows each
 * bucket of shards one identify in five seconds. Source: Discord documentation, events/gateway#rate-limiting.
 */
export interface IdentifyTurns {
  /**
   * Waits until no other process uses the bucket. The returned function lets the next process use it. Rejects if the
   * signal is aborted.
   */
  take(bucket: number, signal: AbortSignal): Promise<() => void>;
}
