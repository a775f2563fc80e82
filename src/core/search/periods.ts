/**
 * Reads queries that name only a time, such as "july 2022", "summer 2023", "last week of april 2021" or "events in
 * 2023". Such a query asks for everything that happened at the named time. Relative times such as "last year" are not
 * read, because they depend on the current date.
 */
import { fold, queryWords } from './normalise.ts';
import { spanOfWord } from './date-reader.ts';
import { spanOfOtherYear } from './other-calendars.ts';
import { isStopWord } from './stopwords.ts';

/** A span of days. `from` and `to` are its first and last day as ISO dates, which can be compared as texts. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

const wordsOf = (list: string): ReadonlySet<string> =>
  new Set(
    list
      .trim()
      .split(/\s+/)
      .map((word) => fold(word)),
  );

/** Words that do not change the meaning of a query about a time, in all languages of the search. */
const fillers = wordsOf(`
  event events happened happen timeline everything all list stuff entries half quarter year years month months week weeks day days date around circa about ca season
  ereignis ereignisse jahr monat woche im in am der des den das von dem vom was passierte geschah uhr um herum
  année an mois semaine événement événements en de du la le les l d au dans quoi passé
  год года году годов г месяц неделя события событие в во что было произошло на
  yıl yılı yılında ay ayı hafta olay olaylar olayları
  سال ماه هفته رویداد رویدادها در میلادی
  سنة عام شهر أسبوع أحداث في م
`);

type Part = 'first' | 'middle' | 'last';

const partWords: ReadonlyMap<string, Part> = new Map(
  Object.entries({
    first: `beginning begin start early anfang beginn début debut начало начале başı başında başlangıcı ابتدای اوایل بداية أوائل`,
    middle: `mid middle mitte milieu mi середина середине ortası ortasında اواسط میانه منتصف`,
    last: `end late ende fin конец конце sonu sonunda اواخر پایان نهاية أواخر`,
  }).flatMap(([part, list]) => [...wordsOf(list)].map((word) => [word, part as Part] as const)),
);

/**
 * Season → its first month. Winter belongs to the year in which it begins. For example, the winter of 2022 ends in
 * February 2023.
 */
const seasonWords: ReadonlyMap<string, number> = new Map(
  Object.entries({
    3: `spring frühling frühjahr printemps весна весной весны ilkbahar baharda بهار ربيع`,
    6: `summer sommer été лето летом лета yaz yazı yazında تابستان صيف`,
    9: `autumn fall herbst automne осень осенью осени sonbahar پاییز خريف`,
    12: `winter hiver зима зимой зимы kış kışın زمستان شتاء`,
  }).flatMap(([month, list]) => [...wordsOf(list)].map((word) => [word, Number(month)] as const)),
);

const after = wordsOf('after nach après после sonra پس بعد');
const since = wordsOf('since seit ab depuis с از منذ');
const before = wordsOf('before until till vor bis avant jusque до önce پیش قبل');
const earliest = '0000-01-01';
const latest = '9999-12-31';

/**
 * The periods that a query may mean. Most queries have one meaning, but "22 sept" may be a day in any year or September
 * 2022. Undefined if the query names no time, or if it also has words about something else.
 */
export function readPeriods(query: string): readonly Period[] | undefined {
  const words = withSeasonYear(queryWords(query));
  const isDate = (word: string) => /^[dmp]\d+$|^\d{3}0s$/.test(word) || spanOfOtherYear(word) !== undefined;
  const dates = words.filter(isDate);
  const others = words.filter((word) => !isDate(word));
  const isTime = (word: string) =>
    [partWords, seasonWords, halves, quarters, after, since, before].some((set) => set.has(word));
  const isFiller = (word: string) => fillers.has(word) || isStopWord(word, true) || ordinal(word) !== undefined;
  if (dates.length === 0 || !others.every((word) => isTime(word) || isFiller(word))) return undefined;
  const [first, second] = dates;
  if (first === undefined || dates.length > 2) return undefined;
  if (second !== undefined) return between(spansOf(first)[0], spansOf(second)[0]);
  const has = (set: ReadonlySet<string>) => others.some((word) => set.has(word));
  return spansOf(first).map((span) => {
    const { from, to } = inSeason(span, others) ?? inPart(span, others);
    if (has(after)) return { from: nextDay(to), to: latest };
    if (has(since)) return { from, to: latest };
    return has(before) ? { from: earliest, to: previousDay(from) } : { from, to };
  });
}

/**
 * Replaces a number from 00 to 49 in a query that names a season, such as "summer 23". The number becomes the year of
 * the 21st century that ends with these two digits.
 */
function withSeasonYear(words: readonly string[]): readonly string[] {
  const hasSeason = words.some((word) => seasonWords.has(word));
  return hasSeason ? words.map((word) => (/^[0-4]\d$/.test(word) ? `d20${word}` : word)) : words;
}

/**
 * Whether a date ('2013-09-13', '2015-08' or '2013') lies in a period. If the date is a month or year, all its days
 * must lie in the period.
 */
export function liesIn(date: string, { from, to }: Period): boolean {
  const [year = '', month, day] = date.split('-');
  const first = [year, month ?? '01', day ?? '01'].join('-');
  const last =
    month === undefined ? `${year}-12-31` : day === undefined ? lastDayOf(Number(year), Number(month)) : date;
  return first >= from && last <= to;
}

/** The periods of a date word (see date-reader.ts). A date without a year has one period in each year. */
function spansOf(word: string): readonly Period[] {
  const other = spanOfOtherYear(word) ?? spanOfWord(word);
  if (other) return [other];
  const [, year, month, day] = /^d(\d{4})(\d\d)?(\d\d)?$/.exec(word) ?? [];
  if (year !== undefined) return [monthsOrDay(year, month, day)];
  const [, decade] = /^(\d{3})0s$/.exec(word) ?? [];
  if (decade !== undefined) return [{ from: `${decade}0-01-01`, to: `${decade}9-12-31` }];
  const [, anyMonth, anyDay] = /^m(\d\d)(\d\d)?$/.exec(word) ?? [];
  if (anyMonth === undefined) return [];
  // "22 sept" may be September 2022.
  const isYear = anyDay !== undefined && Number(anyDay) > 12;
  return [...everyYear(anyMonth, anyDay), ...(isYear ? [monthsOrDay(`20${anyDay}`, anyMonth)] : [])];
}

function monthsOrDay(year: string, month?: string, day?: string): Period {
  if (month === undefined) return { from: `${year}-01-01`, to: `${year}-12-31` };
  if (day !== undefined) return { from: `${year}-${month}-${day}`, to: `${year}-${month}-${day}` };
  return { from: `${year}-${month}-01`, to: lastDayOf(Number(year), Number(month)) };
}

const firstYear = 1900;
const lastYear = 2049;
const everyYear = (month: string, day?: string): readonly Period[] =>
  Array.from({ length: lastYear - firstYear + 1 }, (_, index) => monthsOrDay(String(firstYear + index), month, day));

/** If the query names a season and the period is a whole year, returns the season in this year. */
function inSeason({ from, to }: Period, words: readonly string[]): Period | undefined {
  const season = words.map((word) => seasonWords.get(word)).find((month) => month !== undefined);
  if (season === undefined || !isWholeYear({ from, to })) return undefined;
  const year = Number(from.slice(0, 4));
  // A season has three months. Winter ends in February of the next year.
  const [endYear, endMonth] = season === 12 ? [year + 1, 2] : [year, season + 2];
  return { from: `${year}-${twoDigits(season)}-01`, to: lastDayOf(endYear, endMonth) };
}

/**
 * If the query names a part of the year or month, such as the end or the first week, returns this part. Otherwise
 * returns `span` unchanged.
 */
function inPart(span: Period, words: readonly string[]): Period {
  const isWeek = words.some((word) => /^(week|woche|semaine|hafta)$/.test(word) || word === fold('неделя'));
  const nth = words.map(ordinal).find((number) => number !== undefined);
  if (isWeek && nth !== undefined) return week(span, nth);
  if (isWholeYear(span) && nth !== undefined) {
    const months = words.some((word) => halves.has(word)) ? 6 : words.some((word) => quarters.has(word)) ? 3 : 0;
    if (months > 0) return monthsOfYear(span.from.slice(0, 4), months, nth);
  }
  const part = words.map((word) => partWords.get(word)).find((one) => one !== undefined);
  if (part === undefined || span.from === span.to) return span;
  const [year = '', month] = span.from.split('-');
  if (isWholeYear(span)) {
    const [first, last] = part === 'first' ? [1, 4] : part === 'middle' ? [5, 8] : [9, 12];
    return { from: `${year}-${twoDigits(first)}-01`, to: lastDayOf(Number(year), last) };
  }
  const [first, last] = part === 'first' ? ['01', '10'] : part === 'middle' ? ['11', '20'] : ['21', span.to.slice(-2)];
  return { from: `${year}-${month}-${first}`, to: `${year}-${month}-${last}` };
}

/**
 * The nth group of seven days in a month, counted from the first day of the month. If `nth` is −1, the last seven days
 * of the month.
 */
function week({ from, to }: Period, nth: number): Period {
  const last = Number(to.slice(-2));
  const first = nth === -1 ? last - 6 : 7 * (nth - 1) + 1;
  const day = (number: number) => `${from.slice(0, 8)}${twoDigits(Math.min(number, last))}`;
  return { from: day(first), to: day(first + 6) };
}

/** The nth half or quarter of a year. If `nth` is −1, the last half or quarter. */
function monthsOfYear(year: string, months: number, nth: number): Period {
  const first = (nth === -1 ? 12 / months - 1 : Math.min(nth, 12 / months) - 1) * months + 1;
  return { from: `${year}-${twoDigits(first)}-01`, to: lastDayOf(Number(year), first + months - 1) };
}

const halves = wordsOf(
  'half hälfte halbjahr moitié semestre половина половине половину yarısı yarısında نیمه نصف النصف',
);
const quarters = wordsOf('quarter quartal trimestre квартал квартале çeyrek çeyreği سه‌ماهه الربع q1 q2 q3 q4');

const ordinals: ReadonlyMap<string, number> = new Map(
  Object.entries({
    1: 'first 1st q1 erste ersten erstes premier première ilk birinci первый первая первой первом اول نخست الأول الأولى',
    2: 'second 2nd q2 zweite zweiten zweites deuxième second ikinci второй вторая второе втором دوم الثاني الثانية',
    3: 'third 3rd q3 dritte dritten drittes troisième üçüncü третий третья третьей третьем سوم الثالث الثالثة',
    4: 'fourth 4th q4 vierte vierten viertes quatrième dördüncü четвёртый четвёртом چهارم الرابع الرابعة',
    '-1': 'last letzte letzten letztes dernier dernière son последний последняя последнем آخر الأخير',
  }).flatMap(([number, list]) => [...wordsOf(list)].map((word) => [word, Number(number)] as const)),
);

/** The number of an ordinal word: 1 to 4 for "first" to "fourth", and −1 for "last". */
const ordinal = (word: string): number | undefined => ordinals.get(word);

const isWholeYear = ({ from, to }: Period): boolean => from.endsWith('-01-01') && to === `${from.slice(0, 4)}-12-31`;

const between = (a: Period | undefined, b: Period | undefined): readonly Period[] | undefined =>
  a && b ? [{ from: a.from < b.from ? a.from : b.from, to: a.to > b.to ? a.to : b.to }] : undefined;

const lastDayOf = (year: number, month: number): string =>
  `${year}-${twoDigits(month)}-${twoDigits(new Date(Date.UTC(year, month, 0)).getUTCDate())}`;

const dayBeside = (date: string, by: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + by * 86_400_000).toISOString().slice(0, 10);
const nextDay = (date: string): string => dayBeside(date, 1);
const previousDay = (date: string): string => dayBeside(date, -1);

const twoDigits = (number: number): string => String(number).padStart(2, '0');
