/** Formats the dates of entries for cards and lists. */
import { monthNames } from '../../core/months.ts';
import { type EntryDates, datesOf } from '../../core/pack/facts.ts';
import type { Entry } from '../../core/pack/pack.ts';

/** Formats a date: `2013-09-13` → 13 September 2013, `2015-08` → August 2015, `2013` → 2013. */
export function formatDate(date: string): string {
  const [year, month, day] = date.split('-');
  return [day && String(Number(day)), month && monthNames[Number(month) - 1], year].filter(Boolean).join(' ');
}

/**
 * The date that the article gives. If an editor's note gives a different date, that date is added. Undefined if the
 * entry has no date.
 */
export function formatDates({ article, when, record }: EntryDates): string | undefined {
  const said = when ?? (article === undefined ? undefined : formatDate(article));
  if (record === undefined) return said;
  const known = formatDate(record);
  return said === undefined
    ? `no date in the article; ${known} by other sources`
    : `${said} in the article; ${known} by other sources`;
}

/**
 * A short date for lists. If the public record gives a date that differs from the article's date, the text is, for
 * example, "19 July 2022 by other sources".
 */
function formatListDate({ article, when, record }: EntryDates): string {
  if (record !== undefined) return `${formatDate(record)} by other sources`;
  return when ?? (article === undefined ? 'undated' : formatDate(article));
}

/**
 * Text that follows an entry's title in a list, such as ` · 17 May 2023`. If an event or agreement has no date, the
 * text is ` · undated`. For any other entry without a date, the text is empty.
 */
export function dateSuffix(entry: Entry): string {
  const dates = datesOf(entry);
  const happened = entry.kind === 'event' || entry.kind === 'agreement';
  return happened || Object.keys(dates).length > 0 ? ` · ${formatListDate(dates)}` : '';
}
