/**
 * Converts dates of the Iranian and of the Islamic calendar to the Gregorian calendar. `Intl` knows both calendars and
 * the names of their months. The Islamic calendar follows the tables of Umm al-Qura. In places where the Islamic
 * calendar follows observations of the moon, dates may differ from these tables by a day.
 */

const languages = ['fa', 'en', 'ar', 'ru', 'de', 'fr', 'tr'] as const;
const dayMs = 86_400_000;

export type CalendarName = 'persian' | 'islamic-umalqura';

interface Calendar {
  /** `epoch`: the start of year 1, in ms since 1970 (a negative number). `yearMs`: the mean length of a year in ms. */
  readonly epoch: number;
  readonly yearMs: number;
}

/** The years have four digits, because otherwise `Date.parse` would not read the dates as ISO dates. */
const calendars: Readonly<Record<CalendarName, Calendar>> = {
  persian: { epoch: Date.parse('0622-03-21'), yearMs: 365.2422 * dayMs },
  'islamic-umalqura': { epoch: Date.parse('0622-07-18'), yearMs: 354.3667 * dayMs },
};

/** Month spellings that `Intl` does not provide, by the number of the month. */
const otherSpellings: Readonly<Record<CalendarName, Readonly<Record<number, readonly string[]>>>> = {
  persian: {
    2: ['ordibehest', 'ordibehesh'],
    5: ['امرداد', 'amordad'],
    6: ['shahrivar', 'shahriwar'],
    9: ['azar'],
    10: ['dei'],
  },
  'islamic-umalqura': {
    1: ['المحرم', 'moharram'],
    11: ['ذوالقعدة', 'ذی‌القعده', 'dhu al-qadah'],
    12: ['ذوالحجة', 'ذی‌الحجه', 'ذي الحجة', 'dhu al-hijjah', 'dhu al-hijja', 'zilhijja'],
  },
};

/** The names of the twelve months in all languages. The first list is for the first month. */
export function monthNamesOf(calendar: CalendarName): readonly (readonly string[])[] {
  const formats = languages.map(
    (language) => new Intl.DateTimeFormat(`${language}-u-ca-${calendar}`, { month: 'long', timeZone: 'UTC' }),
  );
  return Array.from({ length: 12 }, (_, index) => {
    const middle = dayIn(calendar, 1400, index + 1, 15) ?? 0;
    return [...formats.map((format) => format.format(middle)), ...(otherSpellings[calendar][index + 1] ?? [])];
  });
}

const formatsOf = new Map<CalendarName, Intl.DateTimeFormat>();

/**
 * The date of a timestamp (ms since the epoch) in a calendar, as one number: 14020227 is day 27 of month 2 of the year
 * 1402. A later date is always a larger number, so dates can be compared.
 */
function dateAt(calendar: CalendarName, time: number): number {
  const format =
    formatsOf.get(calendar) ??
    new Intl.DateTimeFormat(`en-u-ca-${calendar}-nu-latn`, {
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      timeZone: 'UTC',
    });
  formatsOf.set(calendar, format);
  const parts = format.formatToParts(time);
  const numberOf = (wanted: string) => Number(parts.find(({ type }) => type === wanted)?.value);
  return numberOf('year') * 10_000 + numberOf('month') * 100 + numberOf('day');
}

/**
 * The timestamp at which a day begins in UTC, in ms since the epoch. Undefined if the calendar does not have this day.
 */
function dayIn(calendar: CalendarName, year: number, month: number, day: number): number | undefined {
  const { epoch, yearMs } = calendars[calendar];
  const wanted = year * 10_000 + month * 100 + day;
  const start = Math.floor((epoch + (year - 1) * yearMs) / dayMs);
  let [low, high] = [start - 10, start + 400];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (dateAt(calendar, middle * dayMs) < wanted) low = middle + 1;
    else high = middle;
  }
  return dateAt(calendar, low * dayMs) === wanted ? low * dayMs : undefined;
}

const isoDate = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** The Gregorian date ('2023-05-17') of a day in another calendar. Undefined if the calendar does not have this day. */
export function gregorianDay(calendar: CalendarName, year: number, month: number, day: number): string | undefined {
  const time = dayIn(calendar, year, month, day);
  return time === undefined ? undefined : isoDate(time);
}

/** The first and the last Gregorian day of a month, or of a whole year, in another calendar. */
export function gregorianSpan(
  calendar: CalendarName,
  year: number,
  month?: number,
): { readonly from: string; readonly to: string } {
  const [nextYear, nextMonth] = month === undefined || month === 12 ? [year + 1, 1] : [year, month + 1];
  const [first, next] = [dayIn(calendar, year, month ?? 1, 1), dayIn(calendar, nextYear, nextMonth, 1)];
  return { from: isoDate(first ?? 0), to: isoDate((next ?? dayMs) - dayMs) };
}

/**
 * The Gregorian span of a year that was typed without a calendar. The years 1300 to 1415 are read as years of the
 * Iranian calendar (1921 to 2037), and 1416 to 1449 as years of the Islamic calendar (1995 to 2028). Undefined for
 * other numbers.
 */
export function spanOfOtherYear(text: string): { readonly from: string; readonly to: string } | undefined {
  if (!/^1[34]\d\d$/.test(text) || Number(text) > 1449) return undefined;
  return gregorianSpan(Number(text) <= 1415 ? 'persian' : 'islamic-umalqura', Number(text));
}
