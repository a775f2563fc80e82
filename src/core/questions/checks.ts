/**
 * Every way in which a question can fail, by name. A written question that fails one makes the whole pack refuse to
 * load; a generated one is left out. What no machine can see (a distractor true in the world, a weak question) is the
 * author's business: `deny` in questions.yaml keeps what has been found.
 */
import type { Candidate, PackIndex } from './question-candidate.ts';
import * as options from './checks-options.ts';
import * as statement from './checks-statement.ts';
import * as stem from './checks-stem.ts';
import * as time from './checks-time.ts';

export interface Check {
  /** `each`: refuses single wrong options, so a pool merely loses that member. `together`: needs them all. */
  readonly looksAt: 'stem' | 'each' | 'together';
  readonly refusal: (candidate: Candidate, packIndex: PackIndex) => string | undefined;
}

export const checks: Readonly<Record<string, Check>> = {
  'label-and-source': { looksAt: 'stem', refusal: stem.labelAndSource },
  'never-ask': { looksAt: 'each', refusal: stem.neverAsk },
  supported: { looksAt: 'stem', refusal: stem.supported },
  'answer-in-stem': { looksAt: 'together', refusal: stem.answerInStem },
  'relative-time': { looksAt: 'each', refusal: stem.relativeTime },
  'present-tense': { looksAt: 'stem', refusal: stem.presentTense },
  attribution: { looksAt: 'stem', refusal: stem.attribution },
  'hedge-kept': { looksAt: 'stem', refusal: stem.hedgeKept },
  neutral: { looksAt: 'each', refusal: stem.neutral },
  negative: { looksAt: 'stem', refusal: stem.negative },
  cloze: { looksAt: 'stem', refusal: stem.cloze },
  dangling: { looksAt: 'stem', refusal: stem.dangling },
  furniture: { looksAt: 'stem', refusal: stem.furniture },
  'conflicting-date': { looksAt: 'stem', refusal: time.conflictingDate },
  precision: { looksAt: 'stem', refusal: time.precision },
  'year-asked': { looksAt: 'stem', refusal: time.yearAsked },
  'source-speaks': { looksAt: 'stem', refusal: statement.sourceSpeaks },
  'one-statement': { looksAt: 'stem', refusal: statement.oneStatement },
  'one-substitution': { looksAt: 'stem', refusal: statement.oneSubstitution },
  'disputed-number': { looksAt: 'stem', refusal: statement.disputedNumber },
  backed: { looksAt: 'stem', refusal: statement.backed },
  'order-holds': { looksAt: 'stem', refusal: time.orderHolds },
  'record-option': { looksAt: 'each', refusal: time.recordOption },
  'note-option': { looksAt: 'each', refusal: options.noteOption },
  'two-right': { looksAt: 'each', refusal: options.twoRight },
  denied: { looksAt: 'each', refusal: options.denied },
  'same-form': { looksAt: 'each', refusal: options.sameForm },
  'same-unit': { looksAt: 'each', refusal: options.sameUnit },
  'short-enough': { looksAt: 'each', refusal: options.shortEnough },
  'catch-all': { looksAt: 'each', refusal: options.catchAll },
  'same-thing': { looksAt: 'together', refusal: options.sameThing },
  'far-apart': { looksAt: 'together', refusal: options.farApart },
  'option-count': { looksAt: 'together', refusal: options.optionCount },
};

export interface Refused {
  readonly check: string;
  readonly problem: string;
}

/** Every check the candidate fails, in the order of the table. */
export function refusals(candidate: Candidate, packIndex: PackIndex, only?: Check['looksAt']): Refused[] {
  return Object.entries(checks).flatMap(([check, { looksAt, refusal }]) => {
    if (only && looksAt !== only) return [];
    const problem = refusal(candidate, packIndex);
    return problem === undefined ? [] : [{ check, problem }];
  });
}
