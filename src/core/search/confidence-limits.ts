/**
 * Two limits for the confidence of an entry. An entry that reaches `sure` may be the only answer. An entry that reaches
 * `possible` is listed as a result. Both limits rise with the number of entries, because in a larger pack more entries
 * resemble a typed word by chance.
 */

export interface ConfidenceLimits {
  /**
   * Usually the best entry must have at least this confidence to be the only answer. The function `isSure` in
   * `search.ts` has the other conditions, and the cases in which a lower confidence is enough.
   */
  readonly sure: number;
  /** An entry is listed as a result only if its strict confidence (see `Ranked` in `rank.ts`) reaches this limit. */
  readonly possible: number;
}

/**
 * Limits by the number of entries. The limits for up to 500 entries were tuned on the golden list of test queries,
 * without the queries that are reserved for the final test. The limits for more entries were tuned on the generated
 * queries of test/bench, with random seeds that the benchmark does not use. Higher limits give fewer wrong answers, but
 * also fewer right answers.
 */
const bySize: readonly (readonly [upTo: number, limits: ConfidenceLimits])[] = [
  [500, { sure: 0.7, possible: 0.47 }],
  [3000, { sure: 0.72, possible: 0.53 }],
  [30_000, { sure: 0.8, possible: 0.71 }],
];
const beyond: ConfidenceLimits = { sure: 0.84, possible: 0.79 };

export function confidenceLimitsFor(entryCount: number): ConfidenceLimits {
  return bySize.find(([upTo]) => entryCount <= upTo)?.[1] ?? beyond;
}
