/**
 * Windows of time as ids: a leaderboard of a week is whatever carries that week's id, so nothing is ever reset. The time
 * zone enters once, where a moment becomes a day; weeks and months follow from the day.
 */

const dayMs = 86_400_000;
/** Making a formatter takes longer than everything else here; there are only some hundred zones. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** The date in `timeZone` at a moment (ms since the epoch), as a number of days since 1 January 1970. */
export function dayNumber(at: number, timeZone: string): number {
  if (timeZone === 'UTC') return Math.floor(at / dayMs);
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en', {
      timeZone,
      calendar: 'iso8601',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
    });
    formats.set(timeZone, format);
  }
  const parts = format.formatToParts(at);
  const number = (wanted: string) => Number(parts.find(({ type }) => type === wanted)?.value);
  return Date.UTC(number('year'), number('month') - 1, number('day')) / dayMs;
}

/** The ISO 8601 week (Monday to Sunday) that a day lies in, such as `2026-W47`. */
export function weekId(day: number): string {
  // 1 January 1970 was a Thursday. The week belongs to the year that its Thursday lies in.
  const thursday = mondayOf(day) + 3;
  const year = new Date(thursday * dayMs).getUTCFullYear();
  const week = Math.floor((thursday - Date.UTC(year, 0, 1) / dayMs) / 7) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
}

/** The Monday of the week that a day lies in, in days since 1970. */
export const mondayOf = (day: number): number => day - ((day + 3) % 7);

/** The month that a day lies in, such as `2026-11`. */
export const monthId = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 7);
