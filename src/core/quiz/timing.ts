/** Durations and limits that are the same for every round. */

/** All durations are in milliseconds. */
export const timing = {
  lobby: 15_000,
  /**
   * After a question closes, the round waits this long before it shows the answer, because button presses that were
   * made in time may still arrive.
   */
  drain: 1_000,
  reveal: 7_000,
  /**
   * A question stays open for at least this long, even if all players answer sooner. In style `first`, a right answer
   * may close the question sooner.
   */
  earliestClose: 5_000,
  /** After a restart an open question or lobby stays open for at least this long. */
  afterRestart: 8_000,
  /** If an outage is longer than this, a group round ends and its open question becomes void. */
  longestOutage: 10 * 60_000,
  /** After the first failed attempt to post a question, the bot waits at least this long before the second attempt. */
  retryPost: 20_000,
  /** If a question cannot be posted for this long, the round ends. */
  longestPause: 5 * 60_000,
  /** If Discord has not confirmed within this time that a question was posted, the bot posts it again. */
  postAnswer: 15_000,
  /** Time that the button "Add 15 s" adds to the answer time of the open question. */
  extension: 15_000,
  /** In a round with `pace: 'host'`, the next question follows after this time if the host does not press "Next". */
  hostPatience: 5 * 60_000,
  /** If a pause by the host lasts this long, the round ends. */
  longestHalt: 30 * 60_000,
  /**
   * Estimated time until a member sees a message for which Discord gives no timestamp. The answer time starts after
   * this delay.
   */
  privateStart: 2_000,
} as const;

/** If nobody answers this many consecutive questions, the round ends. A warning is shown one question earlier. */
export const idleQuestionsUntilEnd = 3;
/**
 * A player who misses this many consecutive questions becomes inactive. Questions then close without waiting for this
 * player. An inactive host may be replaced.
 */
export const missesUntilInactive = 2;
