/** Formats the dates of entries. */
import { monthNames } from '../../core/months.ts';
import { type EntryDates, datesOf } from '../../core/pack/facts.ts';
import type { Entry } from '../../core/pack/pack.ts';

/** `2013-09-13` → 13 September 2013, `2015-08` → August 2015, `2013` → 2013. */
function formatDate(date: string): string {
  const [year, month, day] = date.split('-');
  return [day && String(Number(day)), month && monthNames[Number(month) - 1], year].filter(Boolean).join(' ');
}

/** The date in the article and, where it differs, the date in the public record. */
export function formatDates({ article, when, record }: EntryDates): string | undefined {
  const said = when ?? (article === undefined ? undefined : formatDate(article));
  if (record === undefined) return said;
  const known = formatDate(record);
  return said === undefined
    ? `no date in the article; ${known} by the public record`
    : `${said} in the article; ${known} by the public record`;
}

/** A short date for lists: the record's date if there is one, with `*` if the article gives another. */
export function formatListDate({ article, when, record }: EntryDates): string {
  if (record !== undefined) return `${formatDate(record)}${article === undefined && when === undefined ? '' : '*'}`;
  return when ?? (article === undefined ? 'undated' : formatDate(article));
}

/**
 * ` · 17 May 2023`, to be put after a title in a list. Empty for an undated entry, except for events and agreements.
 */
export function dateSuffix(entry: Entry): string {
  const dates = datesOf(entry);
  const happened = entry.kind === 'event' || entry.kind === 'agreement';
  return happened || Object.keys(dates).length > 0 ? ` · ${formatListDate(dates)}` : '';
}
