/** The interface to the other processes of the same bot. The processes share the store, but not their memory. */
export interface Processes {
  /** The names of all other processes, including processes that are not running. Throws if the names cannot be read. */
  others(): Promise<readonly string[]>;
  /** Tells all other running processes to look for requests in the store. Throws if this fails. */
  notify(): Promise<void>;
  /** Calls `run` when another process has called `notify`, and whenever such a call may have been missed. */
  onNotified(run: () => void): void;
}
