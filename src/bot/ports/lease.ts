/**
 * The interface for asking whether this process still owns its shards. There is no lease if the data is in a file,
 * because then only one process uses the data.
 */
export interface Lease {
  isHeld(): boolean;
}
