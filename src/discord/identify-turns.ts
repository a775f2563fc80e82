/**
 * The port through which several processes take turns when they ask Discord for gateway sessions. Discord divides the
 * shards into buckets and allows one identify request per bucket every five seconds. Source: Discord documentation,
 * events/gateway#rate-limiting.
 */
export interface IdentifyTurns {
  /**
   * Waits until no other process uses the bucket. The returned function lets the next process use it. Rejects if the
   * signal is aborted.
   */
  take(bucket: number, signal: AbortSignal): Promise<() => void>;
}
