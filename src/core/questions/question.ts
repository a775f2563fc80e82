/** Questions as they are stored in rounds. A stored question is plain JSON and stays valid if the pack changes. */

interface QuestionSource {
  readonly title: string;
  readonly url: string;
}

export interface QuestionNote {
  readonly text: string;
  readonly sources: readonly QuestionSource[];
}

export const questionKinds = [
  'who',
  'where',
  'what',
  'which',
  'year',
  'figure',
  'says-who',
  'side',
  'order',
  'true-false',
  'closest-year',
  'not-said',
  'record',
  'article-or-record',
  'card',
] as const;
export type QuestionKind = (typeof questionKinds)[number];

export interface Question {
  /** An id that never changes. The id of a generated question is derived from its rule and its entry. */
  readonly id: string;
  readonly kind: QuestionKind;
  /** Ids of the entries that the question is about. The explanation links to the card of the first entry. */
  readonly about: readonly string[];
  readonly ask: string;
  /**
   * The options in the order in which they are shown. A `true-false` question has the options True and False, a
   * `closest-year` question has no options, and every other question has four.
   */
  readonly options: readonly string[];
  /**
   * The index of the right option. In a `closest-year` question, the right year. Members do not see this value before
   * the answer is revealed.
   */
  readonly right: number;
  readonly explanation: string;
  /** Who makes the statement, as written in the pack, such as `reported` or `claimed by ID`. */
  readonly voice: string;
  /** Who makes the statement, in words that members read, such as "claimed by Marco Polo". */
  readonly label: string;
  readonly paragraphs: readonly number[];
  readonly notes: readonly QuestionNote[];
  /**
   * The source of the right answer. Set only if the answer comes from the public record. Absent in rounds that older
   * versions of the bot stored.
   */
  readonly recordSource?: QuestionSource | undefined;
  /** 1 means easy, 2 medium and 3 hard. */
  readonly difficulty: 1 | 2 | 3;
}

/** Whether the question asks about the public record, and not only about the article. */
export const asksRecord = ({ kind }: { readonly kind: QuestionKind }): boolean =>
  kind === 'record' || kind === 'article-or-record';

/** The text of the right answer: an option, or the year of a `closest-year` question. */
export function answerOf({ kind, options, right }: Question): string {
  return kind === 'closest-year' ? String(right) : (options[right] ?? '');
}

/**
 * The wrong options. Empty for a `closest-year` question, which has no options, and for a `true-false` question, whose
 * wrong option contains no information.
 */
export const wrongAnswersOf = ({ kind, options, right }: Question): readonly string[] =>
  kind === 'true-false' ? [] : options.filter((_, index) => index !== right);
