/** A question as a round stores it: plain JSON that does not depend on the pack any more. */

export interface QuestionNote {
  readonly text: string;
  readonly sources: readonly { readonly title: string; readonly url: string }[];
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
] as const;
export type QuestionKind = (typeof questionKinds)[number];

export interface Question {
  /** Never changes. For a generated question it is made from its rule and its entry. */
  readonly id: string;
  readonly kind: QuestionKind;
  /** Ids of the entries it is about. The explanation links to the card of the first. */
  readonly about: readonly string[];
  readonly ask: string;
  /** Four options in the order in which they are shown. `true-false`: True and False. `closest-year`: none. */
  readonly options: readonly string[];
  /** Index into `options`. `closest-year`: the year itself. Not shown to anybody before the reveal. */
  readonly right: number;
  readonly explanation: string;
  /** The voice as the pack writes it: `reported`, `claimed by ID` … */
  readonly voice: string;
  /** The voice in words, with the speaker's name: "claimed by Marco Polo". */
  readonly label: string;
  readonly paragraphs: readonly number[];
  readonly notes: readonly QuestionNote[];
  /** 1 easy, 2 medium, 3 hard. */
  readonly difficulty: 1 | 2 | 3;
}

/** The text of the right answer: an option, or the year of a `closest-year`. */
export function answerOf({ kind, options, right }: Question): string {
  return kind === 'closest-year' ? String(right) : (options[right] ?? '');
}
