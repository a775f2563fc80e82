/** A question as a round stores it: plain JSON that no longer depends on the pack. */

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
  'not-said',
  'record',
  'article-or-record',
] as const;
export type QuestionKind = (typeof questionKinds)[number];

export interface Question {
  /** An id that never changes. The id of a generated question is derived from its rule and its entry. */
  readonly id: string;
  readonly kind: QuestionKind;
  /** Ids of the entries that the question is about. The explanation links to the card of the first entry. */
  readonly about: readonly string[];
  readonly ask: string;
  /** The four options in display order. `true-false`: True and False. `closest-year`: empty. */
  readonly options: readonly string[];
  /** Index of the right option. `closest-year`: the right year. Not shown to anybody before the reveal. */
  readonly right: number;
  readonly explanation: string;
  /** Who makes the statement, as written in the pack: `reported`, `claimed by ID` … */
  readonly voice: string;
  /** Who makes the statement, in words and with the speaker's name: "claimed by Marco Polo". */
  readonly label: string;
  readonly paragraphs: readonly number[];
  readonly notes: readonly QuestionNote[];
  /** 1 easy, 2 medium, 3 hard. */
  readonly difficulty: 1 | 2 | 3;
}

/** Whether the question asks for what the public record says, not the article. */
export const asksRecord = ({ kind }: { readonly kind: QuestionKind }): boolean =>
  kind === 'record' || kind === 'article-or-record';

/** The text of the right answer: an option, or the year of a `closest-year` question. */
export function answerOf({ kind, options, right }: Question): string {
  return kind === 'closest-year' ? String(right) : (options[right] ?? '');
}
