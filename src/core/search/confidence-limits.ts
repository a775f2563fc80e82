/**
 * The minimum confidence for an entry to be the answer, and the lower minimum for an entry to be listed as a result.
 * Both rise with the number of entries, because in a larger pack more entries resemble a typed word by chance.
 */

export interface ConfidenceLimits {
  /** If the best entry reaches this confidence, it is the answer, unless another entry is almost as good. */
  readonly sure: number;
  /** Entries below this confidence are not listed as results. */
  readonly possible: number;
}

/**
 * Limits by the number of entries. The limits for up to 500 entries were tuned on the golden list of test queries,
 * without the part reserved for the final test. The limits for more entries were tuned on the generated queries of
 * test/bench, with other random seeds than the benchmark uses. A higher limit gives fewer wrong answers but also fewer
 * answers.
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
