/**
 * Replaces dates of the Iranian and Islamic calendars in a text with one word each. The words have the form that
 * `date-reader.ts` describes: 27 Ordibehesht 1402 and 1402/2/27 become d20230517. A month of the Iranian calendar with
 * its year becomes a span of Gregorian days.
 *
 * A year without a month is not replaced, because a number such as 1402 may have another meaning. `periods.ts` reads
 * such a number as a year if the other words of the query are also about time.
 */
import { day, gap, monthNumber, th, wholeWords } from './date-patterns.ts';
import { type CalendarName, gregorianDay, gregorianSpan, monthNamesOf } from './other-calendars.ts';

/** Only numbers from 1300 to 1499 are read as years of these calendars. */
const otherYear = '(1[34]\\d\\d)';
/**
 * If a day of the Iranian calendar was typed without a year, it is converted as a day of the year 1402. This year is
 * not a leap year.
 */
const yearForDays = '1402';

interface Months {
  /** A regular expression that matches the name of any month. */
  readonly pattern: string;
  /** The number of the month with this name, from 1 to 12. */
  numberOf(name: string): number;
}

function monthsOf(calendar: CalendarName, fold: (text: string) => string): Months {
  const numbers = new Map<string, number>();
  for (const [index, names] of monthNamesOf(calendar).entries())
    for (const name of names) numbers.set(fold(name).replaceAll(/[^\p{L}\p{N}]+/gu, ' '), index + 1);
  const longestFirst = [...numbers.keys()].toSorted((a, b) => b.length - a.length);
  return {
    pattern: `(${longestFirst.map((text) => text.replaceAll(' ', '[\\s-]')).join('|')})`,
    numberOf: (name) => numbers.get(name.replaceAll('-', ' ')) ?? 0,
  };
}

function dayWord(calendar: CalendarName, year: string, month: number, date: string): string | undefined {
  return gregorianDay(calendar, Number(year), month, Number(date))?.replaceAll('-', '').replace(/^/, 'd');
}

function monthWord(year: string, month: number): string {
  const { from, to } = gregorianSpan('persian', Number(year), month);
  return `p${from}${to}`.replaceAll('-', '');
}

/** Creates the function that replaces the dates in a text. The text must have been normalised with `fold`. */
export function createOtherCalendarReader(fold: (text: string) => string): (text: string) => string {
  const [persian, islamic] = [monthsOf('persian', fold), monthsOf('islamic-umalqura', fold)];
  const ofDay =
    (calendar: CalendarName, { numberOf }: Months) =>
    (d: string, m: string, y: string) =>
      dayWord(calendar, y, numberOf(m), d);
  const dayAndMonth = (pattern: string) => `${day}${th}(?: of)?${gap}${pattern}`;
  const withYear: readonly (readonly [RegExp, (...parts: [string, string, string]) => string | undefined])[] = [
    [wholeWords(`${otherYear}[-/.]${monthNumber}[-/.]${day}`), (y, m, d) => dayWord('persian', y, Number(m), d)],
    [wholeWords(`${day}[-/.]${monthNumber}[-/.]${otherYear}`), (d, m, y) => dayWord('persian', y, Number(m), d)],
    [wholeWords(`${dayAndMonth(persian.pattern)}${gap}${otherYear}`), ofDay('persian', persian)],
    [wholeWords(`${dayAndMonth(islamic.pattern)}${gap}${otherYear}`), ofDay('islamic-umalqura', islamic)],
    [
      wholeWords(`${otherYear}${gap}${persian.pattern}${gap}${day}`),
      (y, m, d) => dayWord('persian', y, persian.numberOf(m), d),
    ],
    [wholeWords(`${persian.pattern}${gap}${otherYear}`), (m, y) => monthWord(y, persian.numberOf(m))],
  ];
  // The month Mehr is not recognised without a year, because "mehr" is also a German word.
  const withoutYear = wholeWords(`${day}${gap}(?!mehr)${persian.pattern}`);
  return (text) => {
    if (!/\d/.test(text)) return text;
    let read = text;
    if (/1[34]\d\d/.test(text))
      for (const [pattern, wordOf] of withYear)
        read = read.replace(pattern, (found, ...parts: [string, string, string]) => ` ${wordOf(...parts) ?? found} `);
    return read.replace(withoutYear, (found, d: string, m: string) => {
      const word = dayWord('persian', yearForDays, persian.numberOf(m), d);
      return word === undefined ? found : ` m${word.slice(-4)} `;
    });
  };
}
