/**
 * Replaces a date in any spelling with one word: 17 May 2023, 17.05.2023 and 2023-05-17 all become d20230517.
 *
 * d20230517 is a day, d202305 a month, d2023 a year, m0517 a day without a year, and m05 a month without a year. In a
 * date such as 5.6.2023, either number could be the day. The first number is then read as the day, and `nearDates` also
 * tries the other order.
 *
 * Dates in the Iranian and Islamic calendars are read too. A month of the Iranian calendar becomes a span of Gregorian
 * days, such as p2023042120230521. Words such as "yesterday", which depend on the current date, are not read.
 */
import { monthSpellings } from '../months.ts';
import { day, gap, monthNumber, th, wholeWords } from './date-patterns.ts';
import { createOtherCalendarReader } from './other-calendar-reader.ts';
import { spanOfOtherYear } from './other-calendars.ts';

/** Only numbers from 1800 to 2099 are read as years. */
const year = '(1[89]\\d\\d|20\\d\\d)';
/** The years 2000 to 2049 in two digits. Such a number is read as a year only after a day and a month. */
const shortYear = '([0-4]\\d)';

/**
 * Creates a function that replaces each date in a text with one word. The text must have been normalised with `fold`.
 */
export function createDateReader(fold: (text: string) => string): (text: string) => string {
  const numberOf = new Map<string, number>();
  for (const [index, names] of monthSpellings.entries())
    for (const name of names) if (!numberOf.has(fold(name))) numberOf.set(fold(name), index + 1);
  const longestFirst = [...numberOf.keys()].toSorted((a, b) => b.length - a.length);
  const name = `(${longestFirst.join('|')})`;
  // Names that are read as a month even without a number next to them. May and March are left out because they are also
  // ordinary words. Abbreviations are left out because they are ambiguous.
  const alone = `(${longestFirst.filter((text) => text.length > 3 && ![3, 5].includes(numberOf.get(text) ?? 0)).join('|')})`;
  const monthOf = (text = '') => numberOf.get(text) ?? Number(text);
  // The most precise patterns come first. A date that was replaced by one pattern no longer matches the later patterns.
  const patterns: readonly (readonly [RegExp, (...parts: string[]) => string])[] = [
    [wholeWords(`${year}[-/.]${monthNumber}[-/.]${day}`), (y, m, d) => word(y, monthOf(m), d)],
    [wholeWords(`${day}[-/.]${monthNumber}[-/.]${year}`), (d, m, y) => word(y, monthOf(m), d)],
    [wholeWords(`${monthNumber}[-/.]${day}[-/.]${year}`), (m, d, y) => word(y, monthOf(m), d)],
    [wholeWords(`${day}[-/.]${monthNumber}[-/.]${shortYear}`), (d, m, y) => word(`20${y}`, monthOf(m), d)],
    [wholeWords(`${day}[-/.]${monthNumber}\\.`), (d, m) => word(undefined, monthOf(m), d)],
    [wholeWords(`${day}${th}${gap}${name}${gap}${shortYear}`), (d, m, y) => word(`20${y}`, monthOf(m), d)],
    [wholeWords(`${day}${th}\\s?(?:of )?(?:${gap})?${name}${gap}${year}`), (d, m, y) => word(y, monthOf(m), d)],
    [wholeWords(`${name}${gap}${day}${th}${gap}${year}`), (m, d, y) => word(y, monthOf(m), d)],
    [wholeWords(`${year}${gap}${name}${gap}${day}`), (y, m, d) => word(y, monthOf(m), d)],
    [wholeWords(`${year}[-/]${monthNumber}`), (y, m) => word(y, monthOf(m))],
    [wholeWords(`${monthNumber}[-/.]${year}`), (m, y) => word(y, monthOf(m))],
    [wholeWords(`${name}${gap}(?:of )?${year}`), (m, y) => word(y, monthOf(m))],
    [wholeWords(`${year}${gap}${name}`), (y, m) => word(y, monthOf(m))],
    [wholeWords(`${day}${th}\\s?(?:of )?${name}`), (d, m) => word(undefined, monthOf(m), d)],
    [wholeWords(`${name}${gap}${day}${th}`), (m, d) => word(undefined, monthOf(m), d)],
    [wholeWords(year), (y) => word(y)],
    [wholeWords(alone), (m) => word(undefined, monthOf(m))],
  ];
  const withoutNumber = patterns.slice(-1);
  const readOthers = createOtherCalendarReader(fold);
  return (text) => {
    let read = readOthers(text);
    // In a text without a digit, the only possible date is the name of a month.
    for (const [pattern, make] of /\d/.test(text) ? patterns : withoutNumber)
      read = read.replace(pattern, (_, ...parts: string[]) => ` ${make(...parts)} `);
    return read;
  };
}

/** The first and last day of a span word such as p2023042120230521. Undefined for any other word. */
export function spanOfWord(word: string): { readonly from: string; readonly to: string } | undefined {
  const [, from, to] = /^p(\d{8})(\d{8})$/.exec(word) ?? [];
  const dateOf = (digits: string) => `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;
  return from === undefined || to === undefined ? undefined : { from: dateOf(from), to: dateOf(to) };
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

function word(year: string | undefined, month?: number, day?: string): string {
  const rest = `${month === undefined ? '' : twoDigits(month)}${day === undefined ? '' : twoDigits(Number(day))}`;
  return year === undefined ? `m${rest}` : `d${year}${rest}`;
}

export function isDateWord(text: string): boolean {
  return /^(d\d{4}(\d\d){0,2}|m\d\d(\d\d)?|p\d{16})$/.test(text);
}

/**
 * The words under which a date ('2013-09-13', '2015-08' or '2013') is indexed: the date and its less precise forms,
 * such as its month, its year, and the date without its year.
 */
export function dateWords(date: string): readonly string[] {
  const [year, month, day] = date.split('-');
  if (year === undefined) return [];
  const words = [`d${year}`];
  if (month !== undefined) words.push(`d${year}${month}`, `m${month}`);
  if (month !== undefined && day !== undefined) words.push(`d${year}${month}${day}`, `m${month}${day}`);
  return words;
}

/**
 * If a month or year of another calendar was typed, the Gregorian months or years that overlap it get this likeness (0
 * to 1). The likeness is below 1, because the member means only a part of each Gregorian month or year.
 */
const SPAN_TRUST = 0.85;

/**
 * If a typed number can be a year of the Iranian or Islamic calendar, returns the Gregorian years that overlap it, each
 * with a likeness. For any other number, returns an empty list.
 */
export function otherYears(number: string): readonly (readonly [string, number])[] {
  const span = spanOfOtherYear(number);
  return span === undefined
    ? []
    : [
        [`d${span.from.slice(0, 4)}`, SPAN_TRUST],
        [`d${span.to.slice(0, 4)}`, SPAN_TRUST],
      ];
}

/**
 * Other dates that a member may have meant by typing this date, each with a likeness from 0 to 1.
 *
 * - For a day: its month, its year, and the date with day and month swapped.
 * - For a month: its year.
 * - For a span within one year, or from December to January: the months in which it begins and ends.
 * - For any other span: the years in which it begins and ends.
 */
export function nearDates(word: string): readonly (readonly [string, number])[] {
  const day = /^d(\d{4})(\d\d)(\d\d)$/.exec(word);
  if (day) {
    const [, y, m, d] = day;
    const exchanged = Number(d) <= 12 && d !== m ? ([[`d${y}${d}${m}`, 0.8]] as const) : [];
    return [[`d${y}${m}`, 0.75], [`d${y}`, 0.35], ...exchanged];
  }
  const span = /^p(\d{4})(\d\d)\d\d(\d{4})(\d\d)\d\d$/.exec(word);
  if (span) {
    const [, y, m, lastY, lastM] = span;
    return y === lastY || (m === '12' && lastM === '01')
      ? [
          [`d${y}${m}`, SPAN_TRUST],
          [`d${lastY}${lastM}`, SPAN_TRUST],
        ]
      : [
          [`d${y}`, SPAN_TRUST],
          [`d${lastY}`, SPAN_TRUST],
        ];
  }
  const month = /^d(\d{4})\d\d$/.exec(word);
  return month ? [[`d${month[1]}`, 0.5]] : [];
}
