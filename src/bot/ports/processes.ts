/** The interface to the other processes of the same bot. They share the store, but not what is in memory. */
export interface Processes {
  /** The names of the shards of all other processes, also of those that are stopped. Throws if they cannot be read. */
  others(): Promise<readonly string[]>;
  /** Tells all other running processes to look for requests in the store. Throws if this fails. */
  notify(): Promise<void>;
  /** Calls `run` when another process has called `notify`, and whenever such a call may have been missed. */
  onNotified(run: () => void): void;
}
