/**
 * The interface for asking whether this process still owns its shards. If the data is in a database, the database
 * stores which process owns which shards. Such an ownership is called a lease. If the data is in a file, only one
 * process uses the data, and there is no lease.
 */
export interface Lease {
  isHeld(): boolean;
}
