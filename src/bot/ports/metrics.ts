/**
 * The interface for counting and timing the bot's work. If metrics are turned off, there is no object with this
 * interface, and nothing is counted. Arguments must not contain ids or texts of members: each different value creates a
 * new time series, which is kept until the process ends.
 */

/** The properties of an interaction that metrics record. */
export interface MeasuredInteraction {
  /** The command, such as `/quiz group`, or `unknown` if the bot has no such command. */
  readonly command: string;
  readonly type: 'command' | 'component' | 'modal' | 'autocomplete';
  /** `server` if the bot is installed in the server. `user` if only the user has installed the bot. */
  readonly install: 'server' | 'user';
}

export interface Metrics {
  /** Discord accepted the first response. `seconds` is the time since Discord created the interaction. */
  acknowledged(interaction: MeasuredInteraction, seconds: number): void;
  /** An interaction got no response. `late`: Discord no longer accepted a response. `failed`: any other reason. */
  unanswered(reason: 'late' | 'failed'): void;
  searched(search: 'find' | 'suggest', seconds: number): void;
  /** An operation of the store has ended. `seconds` includes all retries. */
  stored(operation: string, outcome: 'done' | 'failed', seconds: number): void;
  /** A try failed. `work` is the kind of the work. `isLast` is true if the work is not tried again. */
  retried(work: string, isLast: boolean): void;
  /** A request to Discord was answered with this HTTP status, or the connection failed. */
  requested(status: number | 'failed'): void;
  /** Discord answered a request with status 429. `scope` is the value of the header X-RateLimit-Scope. */
  rateLimited(scope: string): void;
  /** A request waits until a rate limit allows it. */
  waiting(scope: 'global' | 'bucket', seconds: number): void;
  /**
   * Discord refused a request. `code` is the JSON error code in the response. It is `other` if the response contains no
   * code that Discord documents.
   */
  refused(code: number | 'other'): void;
}
