/** Dates of the pack as people read them. */
import { type EntryDates, datesOf } from '../../core/pack/facts.ts';
import type { Entry } from '../../core/pack/pack.ts';
import { monthNames } from '../../core/months.ts';

/** `2013-09-13` → 13 September 2013, `2015-08` → August 2015, `2013` → 2013. */
function formatDate(date: string): string {
  const [year, month, day] = date.split('-');
  return [day && String(Number(day)), month && monthNames[Number(month) - 1], year].filter(Boolean).join(' ');
}

/** Both datings of an entry in one line: the article's, and the public record's where it is another. */
export function formatDates({ article, when, record }: EntryDates): string | undefined {
  const said = when ?? (article === undefined ? undefined : formatDate(article));
  if (record === undefined) return said;
  const known = formatDate(record);
  return said === undefined
    ? `no date in the article; ${known} by the public record`
    : `${said} in the article; ${known} by the public record`;
}

/** What a list shows in a narrow column: the record's date where there is one, marked when the article has another. */
export function formatListDate({ article, when, record }: EntryDates): string {
  if (record !== undefined) return `${formatDate(record)}${article === undefined && when === undefined ? '' : '*'}`;
  return when ?? (article === undefined ? 'undated' : formatDate(article));
}

/** ` · 17 May 2023` behind a title in a list; nothing for an undated entry that is not something that happened. */
export function dateSuffix(entry: Entry): string {
  const dates = datesOf(entry);
  const happened = entry.kind === 'event' || entry.kind === 'agreement';
  return happened || Object.keys(dates).length > 0 ? ` · ${formatListDate(dates)}` : '';
}
