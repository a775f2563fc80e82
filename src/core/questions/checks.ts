/**
 * All checks of individual questions, by name. If a written question fails a check, the pack is invalid. If a generated
 * question fails a check, the question is left out.
 *
 * The checks cannot find all mistakes. For example, a wrong option may happen to be right. Authors list the words of
 * such an option under `deny` in questions.yaml.
 */
import type { QuestionCandidate, PackIndex } from './question-candidate.ts';
import * as kinds from './checks-kinds.ts';
import * as options from './checks-options.ts';
import * as statement from './checks-statement.ts';
import * as stem from './checks-stem.ts';
import * as time from './checks-time.ts';

export interface Check {
  /**
   * What the check examines.
   *
   * - `stem`: the question without its options.
   * - `each`: each wrong option separately.
   * - `together`: all options together.
   */
  readonly looksAt: 'stem' | 'each' | 'together';
  /** The error message, or undefined if the candidate passes the check. */
  readonly problemOf: (candidate: QuestionCandidate, packIndex: PackIndex) => string | undefined;
}

export const checks: Readonly<Record<string, Check>> = {
  'label-and-source': { looksAt: 'stem', problemOf: stem.labelAndSource },
  'sentence-place': { looksAt: 'stem', problemOf: stem.sentencePlace },
  'never-ask': { looksAt: 'each', problemOf: stem.neverAsk },
  supported: { looksAt: 'stem', problemOf: stem.supported },
  'answer-in-stem': { looksAt: 'together', problemOf: stem.answerInStem },
  'relative-time': { looksAt: 'each', problemOf: stem.relativeTimeWord },
  'present-tense': { looksAt: 'stem', problemOf: stem.presentTense },
  attribution: { looksAt: 'stem', problemOf: stem.attribution },
  'hedge-kept': { looksAt: 'stem', problemOf: stem.hedgeKept },
  neutral: { looksAt: 'each', problemOf: stem.neutral },
  negative: { looksAt: 'stem', problemOf: stem.negative },
  cloze: { looksAt: 'stem', problemOf: stem.cloze },
  dangling: { looksAt: 'stem', problemOf: stem.dangling },
  furniture: { looksAt: 'stem', problemOf: stem.furniture },
  'conflicting-date': { looksAt: 'stem', problemOf: time.conflictingDate },
  precision: { looksAt: 'stem', problemOf: time.precision },
  'year-asked': { looksAt: 'stem', problemOf: time.yearAsked },
  'source-speaks': { looksAt: 'stem', problemOf: statement.sourceSpeaks },
  'one-statement': { looksAt: 'stem', problemOf: statement.oneStatement },
  'one-substitution': { looksAt: 'stem', problemOf: statement.oneSubstitution },
  'disputed-number': { looksAt: 'stem', problemOf: statement.disputedNumber },
  backed: { looksAt: 'stem', problemOf: statement.backed },
  unsaid: { looksAt: 'together', problemOf: kinds.unsaid },
  'by-record': { looksAt: 'stem', problemOf: kinds.byRecord },
  'order-holds': { looksAt: 'stem', problemOf: time.orderHolds },
  'record-option': { looksAt: 'each', problemOf: time.recordOption },
  'note-option': { looksAt: 'each', problemOf: options.noteOption },
  'two-right': { looksAt: 'each', problemOf: options.twoRight },
  denied: { looksAt: 'each', problemOf: options.denied },
  'same-form': { looksAt: 'each', problemOf: options.sameForm },
  'same-unit': { looksAt: 'each', problemOf: options.sameUnit },
  'short-enough': { looksAt: 'each', problemOf: options.shortEnough },
  'catch-all': { looksAt: 'each', problemOf: options.catchAll },
  'same-thing': { looksAt: 'together', problemOf: options.sameThing },
  'far-apart': { looksAt: 'together', problemOf: options.farApart },
  'option-count': { looksAt: 'together', problemOf: options.optionCount },
};

/**
 * The checks of questions that are made from cards. The checks of English wording are left out, because cards may be in
 * any language and on any subject. The options are checked in the same way as in other questions.
 */
const checksOfCards: ReadonlySet<string> = new Set([
  'label-and-source',
  'never-ask',
  'answer-in-stem',
  'two-right',
  'denied',
  'same-form',
  'same-unit',
  'short-enough',
  'catch-all',
  'same-thing',
  'far-apart',
  'option-count',
]);

/**
 * The checks of questions that a manager of a server has corrected. The checks of wording and sources are left out,
 * because the server is responsible for its own wording.
 */
const checksOfForm: ReadonlySet<string> = new Set(
  [...checksOfCards].filter((name) => name !== 'label-and-source' && name !== 'never-ask'),
);

export interface FailedCheck {
  readonly check: string;
  readonly problem: string;
}

/** Every check that the candidate fails, in the order of `checks`. */
export function failedChecks(
  candidate: QuestionCandidate,
  packIndex: PackIndex,
  only?: Check['looksAt'],
): FailedCheck[] {
  return Object.entries(checks).flatMap(([check, { looksAt, problemOf }]) => {
    if ((only && looksAt !== only) || (candidate.kind === 'card' && !checksOfCards.has(check))) return [];
    const problem = problemOf(candidate, packIndex);
    return problem === undefined ? [] : [{ check, problem }];
  });
}

/** The checks in `checksOfForm` that the candidate fails. */
export const failedFormChecks = (candidate: QuestionCandidate, packIndex: PackIndex): FailedCheck[] =>
  failedChecks(candidate, packIndex).filter(({ check }) => checksOfForm.has(check));
