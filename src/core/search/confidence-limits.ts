/**
 * How sure the search must be to answer, and to offer anything at all. The more entries there are, the more of them
 * resemble a word that none of them has, so both limits rise with their number.
 */

export interface ConfidenceLimits {
  /** From this confidence on one entry is the answer, if nothing is as good. */
  readonly sure: number;
  /** Below this nothing is offered. */
  readonly possible: number;
}

/**
 * The first row was calibrated on the tuned part of the golden list, the others on generated queries (test/bench, seeds
 * other than the one it prints): about the best balance of right offers and right refusals.
 */
const bySize: readonly (readonly [upTo: number, bands: ConfidenceLimits])[] = [
  [500, { sure: 0.7, possible: 0.47 }],
  [3000, { sure: 0.72, possible: 0.53 }],
  [30_000, { sure: 0.8, possible: 0.71 }],
];
const beyond: ConfidenceLimits = { sure: 0.84, possible: 0.79 };

export function confidenceLimitsFor(entryCount: number): ConfidenceLimits {
  return bySize.find(([upTo]) => entryCount <= upTo)?.[1] ?? beyond;
}
