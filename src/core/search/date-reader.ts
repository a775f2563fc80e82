/**
 * A date in any spelling becomes one word: 17 May 2023, 17.05.2023 and 2023-05-17 are all d20230517.
 *
 * d20230517 is a day, d202305 a month, d2023 a year, m0517 a day without its year, m05 a month without. Numbers in both
 * orders are read day first, as the sources write them; `nearDates` offers the other reading. Absent: the Iranian
 * calendar and relative words (yesterday), which need a clock.
 */

/** Names of the twelve months, each in every language people search in; they are folded like any other text. */
const monthNames: readonly (readonly string[])[] = [
  ['january', 'jan', 'январь', 'января', 'ژانویه'],
  ['february', 'feb', 'февраль', 'февраля', 'فوریه'],
  ['march', 'mar', 'март', 'марта', 'مارس'],
  ['april', 'apr', 'апрель', 'апреля', 'آوریل'],
  ['may', 'май', 'мая', 'مه', 'می'],
  ['june', 'jun', 'июнь', 'июня', 'ژوئن'],
  ['july', 'jul', 'июль', 'июля', 'ژوئیه', 'جولای'],
  ['august', 'aug', 'август', 'августа', 'اوت', 'آگوست'],
  ['september', 'sept', 'sep', 'сентябрь', 'сентября', 'سپتامبر'],
  ['october', 'oct', 'октябрь', 'октября', 'اکتبر'],
  ['november', 'nov', 'ноябрь', 'ноября', 'نوامبر'],
  ['december', 'dec', 'декабрь', 'декабря', 'دسامبر'],
];

/** Years that a number of four digits may mean; other numbers stay numbers. */
const year = '(1[89]\\d\\d|20\\d\\d)';
const day = '(0?[1-9]|[12]\\d|3[01])';
const monthNumber = '(0?[1-9]|1[0-2])';
const th = '(?:st|nd|rd|th)?';
const gap = '[\\s,.-]{1,3}';

/** Replaces every date in folded text; `fold` is the fold that the text went through, for the names of the months. */
export function createDateReader(fold: (text: string) => string): (text: string) => string {
  const numberOf = new Map<string, number>();
  for (const [index, names] of monthNames.entries()) for (const name of names) numberOf.set(fold(name), index + 1);
  const longestFirst = [...numberOf.keys()].toSorted((a, b) => b.length - a.length);
  const name = `(${longestFirst.join('|')})`;
  // May and March are words as well, and abbreviations may be anything, unless a number stands beside them.
  const alone = `(${longestFirst.filter((text) => text.length > 3 && ![3, 5].includes(numberOf.get(text) ?? 0)).join('|')})`;
  const monthOf = (text = '') => numberOf.get(text) ?? Number(text);
  // Most precise first: what one pattern took is a word that the later ones cannot read.
  const patterns: readonly (readonly [RegExp, (...parts: string[]) => string])[] = [
    [wholeWords(`${year}[-/.]${monthNumber}[-/.]${day}`), (y, m, d) => word(y, monthOf(m), d)],
    [wholeWords(`${day}[-/.]${monthNumber}[-/.]${year}`), (d, m, y) => word(y, monthOf(m), d)],
    [wholeWords(`${monthNumber}[-/.]${day}[-/.]${year}`), (m, d, y) => word(y, monthOf(m), d)],
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
  return (text) => {
    let read = text;
    // Most texts have no number, and then there can only be a month alone.
    for (const [pattern, make] of /\d/.test(text) ? patterns : withoutNumber)
      read = read.replace(pattern, (_, ...parts: string[]) => ` ${make(...parts)} `);
    return read;
  };
}

function wholeWords(pattern: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}])${pattern}(?![\\p{L}\\p{N}])`, 'gu');
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

function word(year: string | undefined, month?: number, day?: string): string {
  const rest = `${month === undefined ? '' : twoDigits(month)}${day === undefined ? '' : twoDigits(Number(day))}`;
  return year === undefined ? `m${rest}` : `d${year}${rest}`;
}

export function isDateWord(text: string): boolean {
  return /^(d\d{4}(\d\d){0,2}|m\d\d(\d\d)?)$/.test(text);
}

/** Every word under which an entry of this date ('2013-09-13', '2015-08', '2013') is found. */
export function dateWords(date: string): readonly string[] {
  const [year, month, day] = date.split('-');
  if (year === undefined) return [];
  const words = [`d${year}`];
  if (month !== undefined) words.push(`d${year}${month}`, `m${month}`);
  if (month !== undefined && day !== undefined) words.push(`d${year}${month}${day}`, `m${month}${day}`);
  return words;
}

/** Less exact readings of a typed date and how far to trust each: the month, the year, day and month exchanged. */
export function nearDates(word: string): readonly (readonly [string, number])[] {
  const day = /^d(\d{4})(\d\d)(\d\d)$/.exec(word);
  if (day) {
    const [, y, m, d] = day;
    const exchanged = Number(d) <= 12 && d !== m ? ([[`d${y}${d}${m}`, 0.8]] as const) : [];
    return [[`d${y}${m}`, 0.75], [`d${y}`, 0.35], ...exchanged];
  }
  const month = /^d(\d{4})\d\d$/.exec(word);
  return month ? [[`d${month[1]}`, 0.5]] : [];
}
