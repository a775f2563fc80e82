/** Durations and limits that are the same for every round. */

/** All durations in milliseconds. */
export const timing = {
  lobby: 15_000,
  /**
   * After a question closes, the round waits this long before it shows the answer, because presses that were made in
   * time may still arrive.
   */
  drain: 1_000,
  reveal: 7_000,
  /** Even if all players answer at once, a question stays open for at least this long. */
  earliestClose: 5_000,
  /** After a restart an open question stays open for at least this long. */
  afterRestart: 8_000,
  /** If an outage is longer than this, the round ends and its open question does not count. */
  longestOutage: 10 * 60_000,
  /** Delay before the first new attempt to post a question that could not be posted. */
  retryPost: 20_000,
  /** If a question cannot be posted for this long, the round ends. */
  longestPause: 5 * 60_000,
  /** If Discord has not confirmed within this time that a question was posted, the bot posts it again. */
  postAnswer: 15_000,
  /** How much answer time the Extend button adds to the open question. */
  extension: 15_000,
  /** In a round with `pace: 'host'`, the next question follows after this time even if nobody presses Next. */
  hostPatience: 5 * 60_000,
  /** If the host pauses the round for this long, the round ends. */
  longestHalt: 30 * 60_000,
  /**
   * Estimated time until a member sees a message for which Discord gives no timestamp. The answer time starts after
   * this delay.
   */
  privateStart: 2_000,
} as const;

/**
 * After this many consecutive questions that nobody answered, the round ends. A warning is shown one question earlier.
 */
export const idleQuestionsUntilEnd = 3;
/**
 * A player who misses this many consecutive questions becomes inactive. Questions then close without waiting for this
 * player. An inactive host may be replaced.
 */
export const missesUntilInactive = 2;
