/**
 * Converts timestamps to day numbers, and day numbers to ids of weeks and months, such as `2026-W47`. Scores are stored
 * under the id of their week and month, so nothing needs to be reset when a new week begins. Only the conversion from a
 * timestamp to a day depends on the time zone. The week and the month are derived from the day.
 */

const dayMs = 86_400_000;
const minuteMs = 60_000;

/**
 * The date formatter of a time zone, and the minute and day of the latest conversion. A day always begins at the start
 * of a minute. Therefore other timestamps in the stored minute have the stored day, and the formatter is not called for
 * them.
 */
interface Zone {
  readonly format: Intl.DateTimeFormat;
  minute: number;
  day: number;
}
/**
 * Time zone → its formatter and latest conversion. The formatters are cached, because creating a formatter is slow. The
 * cache stays small, because there are only a few hundred time zones.
 */
const zones = new Map<string, Zone>();

/** The rule that defines when a day begins. */
export interface DayRule {
  readonly timeZone: string;
  /** The hour at which a day begins, from 0 to 23. Earlier hours belong to the previous day. */
  readonly startHour: number;
}

/** The day to which a timestamp (ms since the epoch) belongs, in days since 1 January 1970. */
export const dayOf = (at: number, { timeZone, startHour }: DayRule): number =>
  dayNumber(at - startHour * 3_600_000, timeZone);

/** The local date in `timeZone` at a timestamp (ms since the epoch), in days since 1 January 1970. */
export function dayNumber(at: number, timeZone: string): number {
  if (timeZone === 'UTC') return Math.floor(at / dayMs);
  let zone = zones.get(timeZone);
  if (!zone) {
    zone = { format: formatFor(timeZone), minute: NaN, day: NaN };
    zones.set(timeZone, zone);
  }
  const minute = Math.floor(at / minuteMs);
  if (zone.minute === minute) return zone.day;
  const parts = zone.format.formatToParts(at);
  const number = (wanted: string) => Number(parts.find(({ type }) => type === wanted)?.value);
  zone.minute = minute;
  zone.day = Date.UTC(number('year'), number('month') - 1, number('day')) / dayMs;
  return zone.day;
}

/**
 * The date formatter for a time zone. If this version of Node does not know the time zone, the formatter uses UTC. This
 * can happen if another version of Node saved the time zone.
 */
function formatFor(timeZone: string): Intl.DateTimeFormat {
  const settings = { calendar: 'iso8601', year: 'numeric', month: 'numeric', day: 'numeric' } as const;
  try {
    return new Intl.DateTimeFormat('en', { ...settings, timeZone });
  } catch {
    return new Intl.DateTimeFormat('en', { ...settings, timeZone: 'UTC' });
  }
}

/**
 * Wraps `idOf` so that its latest result is reused for calls with the same day. One result is enough, because the
 * answers to a question are usually all given on the same day.
 */
function rememberLatest(idOf: (day: number) => string): (day: number) => string {
  let [latest, id] = [NaN, ''];
  return (day) => {
    if (day !== latest) [latest, id] = [day, idOf(day)];
    return id;
  };
}

/** The ISO 8601 week (Monday to Sunday) of a day, such as `2026-W47`. */
export const weekId = rememberLatest((day) => {
  // By definition an ISO week belongs to the year of its Thursday. Day 0, 1 January 1970, was a Thursday.
  const thursday = mondayOf(day) + 3;
  const year = new Date(thursday * dayMs).getUTCFullYear();
  const week = Math.floor((thursday - Date.UTC(year, 0, 1) / dayMs) / 7) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
});

/** The Monday of an ISO week such as `2026-W47`, in days since 1970. Undefined if the id is not of this form. */
export function mondayOfWeek(id: string): number | undefined {
  const [, year, week] = /^(\d{4})-W(\d{2})$/.exec(id) ?? [];
  // By definition 4 January is always in week 1.
  return year === undefined ? undefined : mondayOf(Date.UTC(Number(year), 0, 4) / dayMs) + 7 * (Number(week) - 1);
}

/** The Monday of the week that contains `day`, in days since 1970. */
export const mondayOf = (day: number): number => day - ((day + 3) % 7);

/** The date of a day, such as `2026-11-23`. */
export const isoDate = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);

/** The id of the month that contains `day`, such as `2026-11`. */
export const monthId = rememberLatest((day) => isoDate(day).slice(0, 7));

/** The id of the month that is `months` months before the month of `day`. */
export function monthsBefore(day: number, months: number): string {
  const date = new Date(day * dayMs);
  return monthId(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - months) / dayMs);
}

export const isWeekId = (id: string): boolean => id.includes('W');
/** Whether the id of a time window is the id of a month. The other ids are `all` and the ids of weeks. */
export const isMonthId = (id: string): boolean => id !== 'all' && !isWeekId(id);
