/** A question as a round plays it: plain JSON, frozen into the round, independent of the pack. */

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
  /** Stable: the id of a written question, or made from kind and entry for a generated one. */
  readonly id: string;
  readonly kind: QuestionKind;
  /** Ids of the entries it is about; the first is the card its explanation leads to. */
  readonly about: readonly string[];
  readonly ask: string;
  /** Four options in the order in which they are shown; True and False of a `true-false`; none of a `closest-year`. */
  readonly options: readonly string[];
  /** Index into `options`; of a `closest-year`, the year itself. Never leaves the bot before the reveal. */
  readonly right: number;
  readonly explanation: string;
  /** The voice of the entry, as the pack writes it: reported, claimed by ID … */
  readonly voice: string;
  /** The voice in words, with the speaker's name: "claimed by Marco Polo". */
  readonly label: string;
  readonly paragraphs: readonly number[];
  readonly notes: readonly QuestionNote[];
  /** 1 easy, 2 medium, 3 hard. */
  readonly difficulty: 1 | 2 | 3;
}

/** The right answer in words: an option, or the year of a `closest-year`. */
export function answerOf({ kind, options, right }: Question): string {
  return kind === 'closest-year' ? String(right) : (options[right] ?? '');
}
