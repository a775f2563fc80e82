/**
 * What a server stores about single items of its packs: the reports of members, and what those who manage the server have
 * decided. An item is a question or an entry. All functions are pure and return a new value. The packs themselves are
 * never changed.
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
  /** In ms since the epoch. */
  at: z.number(),
  mistake: z.enum(mistakeKinds),
  /** What the member wrote. May be empty. */
  words: z.string(),
});
export type Report = Readonly<z.output<typeof reportSchema>>;

const mendSchema = z.object({
  ask: z.string(),
  answer: z.string(),
  /** Empty if the answer is a typed year. One answer if the question is true or false. */
  wrong: z.array(z.string()),
  explanation: z.string(),
  difficulty: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  /**
   * Identifies the version of the question that was mended (see `questionVersion`). If the pack now has another question
   * with this id, the server's wording is not used.
   */
  of: z.number(),
});
export type Mend = Readonly<z.output<typeof mendSchema>>;

const itemSchema = z.object({
  kind: z.enum(itemKinds),
  /** The stored id (see `stored-ids.ts`). */
  id: z.string(),
  /** The open reports, oldest first. Each member has at most one. */
  reports: z.array(reportSchema).default([]),
  /** The ids of members whose reports were dismissed. Their new reports do not count. */
  dismissed: z.array(z.string()).default([]),
  /** Whether the item is left out because several members have reported it and nobody has decided yet. */
  isSetAside: z.boolean().default(false),
  /** Whether members who manage the server have retired the item, so that it is not asked or shown. */
  isRetired: z.boolean().default(false),
  mend: mendSchema.optional(),
  /** A note of the server that is shown on the card of an entry. */
  note: z.string().optional(),
});
export type ReportedItem = Readonly<z.output<typeof itemSchema>>;

export const reportedSchema = z.object({
  /** The version of this format. */
  v: z.literal(1),
  items: z.array(itemSchema),
});
export type Reported = Readonly<z.output<typeof reportedSchema>>;

export const nothingReported: Reported = { v: 1, items: [] };

/** Identifies an item within a server. `id` is the stored id. */
export type ItemId = Pick<ReportedItem, 'kind' | 'id'>;

/** An item is set aside when this number of members has reported it. */
const reportsUntilSetAside = 3;

const most = {
  /** Maximum number of open reports of one member in a server. */
  reportsOfMember: 20,
  /** Maximum number of open reports on one item. */
  reportsOfItem: 25,
  items: 1_000,
  mended: 200,
  /** Maximum number of members per item whose dismissed reports are remembered. The earliest are dropped first. */
  dismissed: 100,
} as const;

export const itemOf = ({ items }: Reported, { kind, id }: ItemId): ReportedItem | undefined =>
  items.find((one) => one.kind === kind && one.id === id);

/**
 * Why a report is refused. `own-full`: the member has too many open reports in this server. `full`: the server has too
 * many reported or changed items. `enough`: the item already has the maximum number of open reports.
 */
export type ReportRefusal = 'own-full' | 'full' | 'enough';

/**
 * Why a member may not report an item. Undefined if the member may. A report that replaces an earlier one is always
 * possible.
 */
export function reportRefusal(old: Reported, item: ItemId, user: string): ReportRefusal | undefined {
  const known = itemOf(old, item);
  if (known?.reports.some((one) => one.user === user)) return undefined;
  if (known && known.reports.length >= most.reportsOfItem) return 'enough';
  if (!known && old.items.length >= most.items) return 'full';
  const own = old.items.filter(({ reports }) => reports.some((one) => one.user === user));
  return own.length >= most.reportsOfMember ? 'own-full' : undefined;
}

/** Adds a report. It replaces the member's earlier report on this item. If the report is refused, nothing changes. */
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
 * Removes the reports on an item, and uses the item as before. Later reports of the same members are saved, but do not
 * count towards setting the item aside.
 */
export const dismissed = (old: Reported, item: ItemId): Reported =>
  changeItem(old, item, (known) => ({
    ...settled(known),
    dismissed: [...new Set([...known.dismissed, ...known.reports.map(({ user }) => user)])].slice(-most.dismissed),
  }));

/** Retires an item, so that it is no longer asked or shown in this server. */
export const retired = (old: Reported, item: ItemId): Reported =>
  changeItem(old, item, (known) => ({ ...settled(known), isRetired: true }));

/** Uses a retired item again. */
export const broughtBack = (old: Reported, item: ItemId): Reported =>
  changeItem(old, item, (known) => ({ ...known, isRetired: false }));

export const mayMend = (old: Reported, item: ItemId): boolean =>
  isMended(itemOf(old, item)) || old.items.filter(isMended).length < most.mended;

export const isMended = (item: ReportedItem | undefined): boolean => (item?.mend ?? item?.note) !== undefined;

/** Gives a question the server's own wording. This wording is new, so reports of all members count again. */
export const mended = (old: Reported, item: ItemId, mend: Mend): Reported =>
  changeItem(old, item, (known) => ({ ...settled(known), dismissed: [], isRetired: false, mend }));

/** Sets the note of the server on the card of an entry. An empty note removes it. */
export const noted = (old: Reported, item: ItemId, note: string): Reported =>
  changeItem(old, item, (known) => {
    const { note: _, ...rest } = settled(known);
    return { ...rest, dismissed: [], isRetired: false, ...(note !== '' && { note }) };
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

/** Removes the items for whose stored ids `isGone` is true. */
export const withoutItems = (old: Reported, isGone: (id: string) => boolean): Reported => ({
  ...old,
  items: old.items.filter(({ id }) => !isGone(id)),
});

/** The item after a decision: it has no open reports and is not set aside. */
const settled = (known: ReportedItem): ReportedItem => ({ ...known, reports: [], isSetAside: false });

/** An item about which nothing is stored. */
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

/** Removes the items about which nothing needs to be stored. */
const onlyNeeded = (value: Reported): Reported => ({
  ...value,
  items: value.items.filter(
    (item) =>
      item.reports.length > 0 || item.dismissed.length > 0 || item.isSetAside || item.isRetired || isMended(item),
  ),
});
