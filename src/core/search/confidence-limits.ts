/**
 * The minimum confidence of an entry to be the answer, and to be listed at all. Both limits rise with the number of
 * entries, because in a larger pack more entries resemble a typed word by chance.
 */

export interface ConfidenceLimits {
  /** At or above this confidence the best entry is the answer, unless another entry is nearly as good. */
  readonly sure: number;
  /** Entries below this confidence are not listed as results. */
  readonly possible: number;
}

/**
 * The limits for up to 500 entries were tuned on the golden list of test queries, without its held-out part. The other
 * limits were tuned on the generated queries of test/bench, with other random seeds than the benchmark uses. They
 * balance correct answers against correct refusals to answer.
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
