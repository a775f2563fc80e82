/**
 * TypeScript types for reported and changed items, and for the service through which commands manage these items. An
 * item is a question or an entry.
 */
import type { QuestionSums } from '../../core/reports/question-sums.ts';
import type { ItemKind, MistakeKind, ReportRefusal } from '../../core/reports/reported-items.ts';
import type { MendForm } from '../../core/reports/mend-question.ts';

/** The form for the note that a server adds to an entry. */
export interface NoteForm {
  readonly note: string;
  /** The title of the entry. Absent in a submitted form. */
  readonly title?: string;
}

/** Identifies a question or an entry in custom_ids. */
export interface ItemName {
  readonly kind: ItemKind;
  /** The id of the item in its pack, or the short code of this id (see `short-item-id.ts`). */
  readonly id: string;
  /** The code of the pack (see `pack-code.ts`). */
  readonly pack: string;
}

/** An item that has reports or that the server has changed. */
export interface ReviewedItem extends ItemName {
  /**
   * The text of the question (in the server's own wording, if that is used), or the title of the entry. Absent if the
   * pack no longer has the item.
   */
  readonly title?: string;
  /** The text of an entry. Absent for questions, and if the pack no longer has the entry. */
  readonly text?: string;
  /** Whether members of the server added the pack. */
  readonly isOwnPack: boolean;
  /** The right answer. Only questions have one. */
  readonly answer?: string;
  /** The wrong answers of a question. Members may report that one of them is right as well. */
  readonly wrong?: readonly string[];
  /** The label that names the source of an entry, such as "claimed by Marco Polo". Absent for questions. */
  readonly label?: string;
  /** The numbers of the article's paragraphs from which an entry was taken. Absent for questions. */
  readonly paragraphs?: readonly number[];
  readonly reports: readonly ShownReport[];
  readonly isRetired: boolean;
  /**
   * `aside`: several members have reported the item. It is left out of rounds and look-ups until a manager decides.
   */
  readonly state: 'used' | 'aside' | 'retired' | 'gone';
  /** The note that the server has added to an entry. */
  readonly note?: string;
  /** `outdated`: the pack now has another question with this id, so the server's wording is not used. */
  readonly mend: 'none' | 'used' | 'outdated';
  /**
   * How often the question was asked and how it was answered. Absent for entries, and if fewer than three members have
   * answered the question.
   */
  readonly sums?: QuestionSums;
}

export interface ShownReport {
  readonly name: string;
  /** In ms since the epoch. */
  readonly at: number;
  readonly mistake: MistakeKind;
  readonly words: string;
  /** The answer that the report is about. Absent if the member chose none. */
  readonly answer?: string | undefined;
}

export interface ReviewList {
  readonly packTitle: string;
  /** Items that were set aside come first, then other items with reports, then changed items. */
  readonly items: readonly ReviewedItem[];
  /** Number of reported or changed items in packs that the server does not use now. */
  readonly elsewhere: number;
}

export type ReportResult =
  /**
   * `isAside`: enough members have reported the item. It is left out of rounds and look-ups until a manager decides.
   */
  | { readonly is: 'reported'; readonly replaced: boolean; readonly isAside: boolean }
  | { readonly is: 'retired' }
  | { readonly is: 'gone' }
  | { readonly is: ReportRefusal };

export type MendResult =
  | { readonly is: 'mended' }
  | { readonly is: 'mistakes'; readonly problems: readonly string[] }
  | { readonly is: 'gone' }
  | { readonly is: 'full' };

/** The decisions about an item, except correcting it with {@link Reports.mend}. */
export const decisions = ['retire', 'back', 'dismiss', 'unmend'] as const;
export type Decision = (typeof decisions)[number];

/**
 * The decisions that delete the reports of an item. If the item has reports, the member must confirm such a decision.
 */
export const askedDecisions = ['retire', 'dismiss'] as const satisfies readonly Decision[];
export type AskedDecision = (typeof askedDecisions)[number];

/** The reports and changes of one server. */
export interface Reports {
  /** Saves a report. Throws StoreError. */
  report(
    item: ItemName,
    by: { readonly id: string; readonly name: string },
    report: Omit<ShownReport, 'name'>,
  ): Promise<ReportResult>;
  /** The reported and changed items of the pack that the server uses, without `sums`. Throws StoreError. */
  list(): Promise<ReviewList>;
  /** One item, even if nobody has reported it. Undefined if the server uses another pack. Throws StoreError. */
  find(item: ItemName): Promise<ReviewedItem | undefined>;
  /** Carries out a decision. Throws StoreError. */
  decide(item: ItemName, decision: Decision): Promise<void>;
  /**
   * The form for correcting an item, filled in with its current texts. Undefined if the pack no longer has the item.
   * Throws StoreError.
   */
  mendForm(item: ItemName): Promise<MendForm | NoteForm | undefined>;
  /**
   * Corrects a question, or changes the server's note on an entry. A form with mistakes is kept for 15 minutes. Throws
   * StoreError.
   */
  mend(item: ItemName, user: string, form: MendForm | NoteForm): Promise<MendResult>;
  /** The latest form with mistakes that this member has submitted. Undefined if it is no longer kept. */
  draft(user: string): { readonly item: ItemName; readonly form: MendForm | NoteForm } | undefined;
}
