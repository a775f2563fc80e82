/** Formats the dates of entries for cards and lists. */
import { monthNames } from '../../core/months.ts';
import { type EntryDates, datesOf } from '../../core/pack/facts.ts';
import { type Entry, isFromRecord } from '../../core/pack/pack.ts';

/** Formats a date: `2013-09-13` → 13 September 2013, `2015-08` → August 2015, `2013` → 2013. */
export function formatDate(date: string): string {
  const [year, month, day] = date.split('-');
  return [day && String(Number(day)), month && monthNames[Number(month) - 1], year].filter(Boolean).join(' ');
}

/** The day in UTC of the time `at` (ms since the epoch), written like the dates of entries. */
export const formatDay = (at: number): string => formatDate(new Date(at).toISOString().slice(0, 10));

/**
 * The date that the article gives. If an editor's note gives a different date, that date comes first. Undefined if the
 * entry has no date.
 */
export function formatDates({ article, when, record }: EntryDates): string | undefined {
  const said = when ?? (article === undefined ? undefined : formatDate(article));
  if (record === undefined) return said;
  const known = formatDate(record);
  return `${known} in the public record; the article ${said === undefined ? 'gives no date' : `says ${said}`}`;
}

/**
 * Text that follows an entry's title in a list, such as ` · 17 May 2023`. If an event or agreement has no date, the
 * text is ` · undated`. For any other entry without a date, the text is empty.
 */
export const dateSuffix = (entry: Entry): string => suffixOf(entry, isFromRecord(entry) ? entry.date : undefined);

/**
 * Like {@link dateSuffix}. If the public record gives another date than the article, only the date in the public record
 * is shown.
 */
export const shortDateSuffix = (entry: Entry): string => suffixOf(entry, datesOf(entry).record);

/** `only` is the date to show. If undefined, all dates of the entry are shown. */
function suffixOf(entry: Entry, only: string | undefined): string {
  const dates = only === undefined ? formatDates(datesOf(entry)) : formatDate(only);
  const happened = entry.kind === 'event' || entry.kind === 'agreement';
  if (dates === undefined) return happened ? ' · undated' : '';
  return ` · ${dates}${only === undefined || isFromRecord(entry) ? '' : ' in the public record'}`;
}
