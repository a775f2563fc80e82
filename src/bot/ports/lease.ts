/**
 * The interface for asking whether this process still owns its shards. If the data is in a file, there is no lease,
 * because then only one process uses the data.
 */
export interface Lease {
  isHeld(): boolean;
}
