/**
 * Days, weeks and months as ids, such as `2026-W47`. Scores are stored by id, so a new week needs no reset. The time zone
 * matters only where a moment becomes a day; weeks and months follow from the day.
 */

const dayMs = 86_400_000;
/** One formatter for each time zone: making one is slow, and there are only a few hundred zones. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** The local date in `timeZone` at a moment (ms since the epoch), in days since 1 January 1970. */
export function dayNumber(at: number, timeZone: string): number {
  if (timeZone === 'UTC') return Math.floor(at / dayMs);
  let format = formats.get(timeZone);
  if (!format) {
    format = formatFor(timeZone);
    formats.set(timeZone, format);
  }
  const parts = format.formatToParts(at);
  const number = (wanted: string) => Number(parts.find(({ type }) => type === wanted)?.value);
  return Date.UTC(number('year'), number('month') - 1, number('day')) / dayMs;
}

/** Another version of Node may know fewer time zones than the one that stored the setting; then UTC counts. */
function formatFor(timeZone: string): Intl.DateTimeFormat {
  const settings = { calendar: 'iso8601', year: 'numeric', month: 'numeric', day: 'numeric' } as const;
  try {
    return new Intl.DateTimeFormat('en', { ...settings, timeZone });
  } catch {
    return new Intl.DateTimeFormat('en', { ...settings, timeZone: 'UTC' });
  }
}

/** The ISO 8601 week (Monday to Sunday) of a day, such as `2026-W47`. */
export function weekId(day: number): string {
  // A week belongs to the year of its Thursday. 1 January 1970 was a Thursday.
  const thursday = mondayOf(day) + 3;
  const year = new Date(thursday * dayMs).getUTCFullYear();
  const week = Math.floor((thursday - Date.UTC(year, 0, 1) / dayMs) / 7) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
}

/** The Monday of a day's week, in days since 1970. */
export const mondayOf = (day: number): number => day - ((day + 3) % 7);

/** The month of a day, such as `2026-11`. */
export const monthId = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 7);

export const isWeekId = (id: string): boolean => id.includes('W');
/** Whether a window is a month: neither a week nor `all`. */
export const isMonthId = (id: string): boolean => id !== 'all' && !isWeekId(id);
