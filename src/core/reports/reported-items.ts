/**
 * The data that a server stores about individual items of its packs: the reports of members, and the decisions of the
 * managers of the server. An item is a question or an entry. All functions are pure and return a new value. The packs
 * themselves are never changed.
 */
import { z } from 'zod';

export const itemKinds = ['question', 'entry'] as const;
export type ItemKind = (typeof itemKinds)[number];

/** The kinds of mistakes that a member can choose in a report. */
export const mistakeKinds = ['wrong', 'several', 'unclear', 'outdated', 'source', 'other'] as const;
export type MistakeKind = (typeof mistakeKinds)[number];

const reportSchema = z.object({
  user: z.string(),
  name: z.string(),
  /** When the report was made, in ms since the epoch. */
  at: z.number(),
  mistake: z.enum(mistakeKinds),
  /** The text that the member wrote. May be empty. */
  words: z.string(),
  /** The answer that the report is about. Absent if the member chose none. */
  answer: z.string().optional(),
});
export type Report = Readonly<z.output<typeof reportSchema>>;

const mendSchema = z.object({
  ask: z.string(),
  answer: z.string(),
  /** Empty if the answer is a typed year. One item if the question is a true-false question. */
  wrong: z.array(z.string()),
  explanation: z.string(),
  difficulty: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  /**
   * The version of the question that was corrected (see `questionVersion`). If the pack now contains another version,
   * the correction is not used.
   */
  of: z.number(),
});
export type Mend = Readonly<z.output<typeof mendSchema>>;

const itemSchema = z.object({
  kind: z.enum(itemKinds),
  /**
   * The stored id of the question or entry (see `stored-ids.ts`). If a server added the pack, this id begins with the
   * key of the pack.
   */
  id: z.string(),
  /** The open reports, oldest first. Each member can have at most one open report on an item. */
  reports: z.array(reportSchema).default([]),
  /**
   * The ids of members whose reports were dismissed. If one of these members reports the item again, the report does
   * not count towards setting the item aside.
   */
  dismissed: z.array(z.string()).default([]),
  /**
   * Whether the item is left out of rounds and look-ups because several members have reported it and no manager has
   * decided yet.
   */
  isSetAside: z.boolean().default(false),
  /** Whether a manager of the server has retired the item. A retired item is not asked or shown. */
  isRetired: z.boolean().default(false),
  mend: mendSchema.optional(),
  /** The note that the server has added to this entry. It is shown on the card of the entry. */
  note: z.string().optional(),
});
export type ReportedItem = Readonly<z.output<typeof itemSchema>>;

export const reportedSchema = z.object({
  /** The version of the format in which the value is stored. */
  v: z.literal(1),
  items: z.array(itemSchema),
});
export type Reported = Readonly<z.output<typeof reportedSchema>>;

export const nothingReported: Reported = { v: 1, items: [] };

/** Identifies an item within a server. `id` is the stored id. */
export type ItemId = Pick<ReportedItem, 'kind' | 'id'>;

/** Number of members who must report an item before it is set aside. */
const reportsUntilSetAside = 3;

const most = {
  /** Maximum number of open reports of one member in a server. */
  reportsOfMember: 20,
  /** Maximum number of open reports on one item. */
  reportsOfItem: 25,
  items: 1_000,
  mended: 200,
  /**
   * Maximum number of members in the list `dismissed` of an item. The members who were added first are removed first.
   */
  dismissed: 100,
} as const;

export const itemOf = ({ items }: Reported, { kind, id }: ItemId): ReportedItem | undefined =>
  items.find((one) => one.kind === kind && one.id === id);

/**
 * The reason for refusing a report.
 *
 * - `own-full`: the member has too many open reports in this server.
 * - `full`: the server has too many reported or changed items.
 * - `enough`: the item already has the maximum number of open reports.
 */
export type ReportRefusal = 'own-full' | 'full' | 'enough';

/**
 * The reason why a member may not report an item. Undefined if the member may report it. A report that replaces the
 * member's earlier report is always allowed.
 */
export function reportRefusal(old: Reported, item: ItemId, user: string): ReportRefusal | undefined {
  const known = itemOf(old, item);
  if (known?.reports.some((one) => one.user === user)) return undefined;
  if (known && known.reports.length >= most.reportsOfItem) return 'enough';
  if (!known && old.items.length >= most.items) return 'full';
  const own = old.items.filter(({ reports }) => reports.some((one) => one.user === user));
  return own.length >= most.reportsOfMember ? 'own-full' : undefined;
}

/**
 * Adds a report. The new report replaces the member's earlier report on this item. If the report is refused, nothing
 * changes.
 */
export function withReport(old: Reported, item: ItemId, report: Report): Reported {
  if (reportRefusal(old, item, report.user)) return old;
  return changeItem(old, item, (known) => {
    const reports = [...known.reports.filter(({ user }) => user !== report.user), report];
    const counted = reports.filter(({ user }) => !known.dismissed.includes(user));
    return {
      ...known,
      reports,
      isSetAside: known.isSetAside || (!known.isRetired && counted.length >= reportsUntilSetAside),
    };
  });
}

/**
 * Removes the reports on an item, so that the item is used again. Later reports of the same members are saved, but do
 * not count towards setting the item aside.
 */
export const dismissed = (old: Reported, item: ItemId): Reported =>
  changeItem(old, item, (known) => ({
    ...settled(known),
    dismissed: [...new Set([...known.dismissed, ...known.reports.map(({ user }) => user)])].slice(-most.dismissed),
  }));

/** Retires an item, so that it is no longer asked or shown in this server. */
export const retired = (old: Reported, item: ItemId): Reported =>
  changeItem(old, item, (known) => ({ ...settled(known), isRetired: true }));

/** Cancels the retirement of an item, so that it is used again. */
export const broughtBack = (old: Reported, item: ItemId): Reported =>
  changeItem(old, item, (known) => ({ ...known, isRetired: false }));

export const mayMend = (old: Reported, item: ItemId): boolean =>
  isMended(itemOf(old, item)) || old.items.filter(isMended).length < most.mended;

export const isMended = (item: ReportedItem | undefined): boolean => (item?.mend ?? item?.note) !== undefined;

/**
 * Replaces the wording of a question with wording from the server. Also empties the list `dismissed`, because the
 * earlier reports were about another wording.
 */
export const mended = (old: Reported, item: ItemId, mend: Mend): Reported =>
  changeItem(old, item, (known) => ({ ...settled(known), dismissed: [], isRetired: false, mend }));

/** Sets the server's note on the card of an entry. If `note` is empty, the note is removed. */
export const noted = (old: Reported, item: ItemId, note: string): Reported =>
  changeItem(old, item, (known) => {
    const { note: _, ...rest } = known;
    return { ...rest, ...(note !== '' && { note }) };
  });

/** Removes the server's wording of a question, or the server's note on an entry. */
export const unmended = (old: Reported, item: ItemId): Reported =>
  changeItem(old, item, (known) => {
    const { mend: _, note: __, ...rest } = known;
    return rest;
  });

/** Removes the reports of a member. An item that was set aside stays set aside until a manager decides. */
export const withoutMember = (old: Reported, user: string): Reported =>
  onlyNeeded({
    ...old,
    items: old.items.map((one) => ({
      ...one,
      reports: one.reports.filter((report) => report.user !== user),
      dismissed: one.dismissed.filter((id) => id !== user),
    })),
  });

/** Removes the items for which `isGone` returns true. `isGone` is called with the stored id of each item. */
export const withoutItems = (old: Reported, isGone: (id: string) => boolean): Reported => ({
  ...old,
  items: old.items.filter(({ id }) => !isGone(id)),
});

/** The item after a decision: it has no open reports and is not set aside. */
const settled = (known: ReportedItem): ReportedItem => ({ ...known, reports: [], isSetAside: false });

/** The value of an item about which nothing is stored. */
export const unreportedItem = ({ kind, id }: ItemId): ReportedItem => ({
  kind,
  id,
  reports: [],
  dismissed: [],
  isSetAside: false,
  isRetired: false,
});

function changeItem(old: Reported, item: ItemId, change: (known: ReportedItem) => ReportedItem): Reported {
  const known = itemOf(old, item);
  const after = change(known ?? unreportedItem(item));
  const items = known ? old.items.map((one) => (one === known ? after : one)) : [...old.items, after];
  return onlyNeeded({ ...old, items });
}

/**
 * Removes the items about which nothing has to be stored. Such an item has no reports and no dismissed reports. It is
 * neither set aside nor retired. The server has neither corrected it nor added a note.
 */
const onlyNeeded = (value: Reported): Reported => ({
  ...value,
  items: value.items.filter(
    (item) =>
      item.reports.length > 0 || item.dismissed.length > 0 || item.isSetAside || item.isRetired || isMended(item),
  ),
});
