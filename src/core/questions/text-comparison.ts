/**
 * Reading the short texts of a question as a machine can: words, phrases, numbers and dates. English only, no grammar.
 */

const stopWords = new Set(
  (
    'a an the and or of in on at to for from by with as into about between among its their his her which what who whom whose ' +
    'where when how was were is are be been did does do had has have that this these those there not than then it he ' +
    'she they them article according after before during over under both one two also'
  ).split(' '),
);

/** Texts read before: a pack's few thousand texts are compared with one another many times. */
const normalised = new Map<string, string>();
const maxNormalised = 20_000;

/** Lower case, no accents, words parted by one space; keeps digits, % and $. */
export function normaliseText(text: string): string {
  const known = normalised.get(text);
  if (known !== undefined) return known;
  if (normalised.size >= maxNormalised) normalised.clear();
  const words = text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/['’]s\b/g, '')
    .replaceAll(/[^\p{L}\p{N}%$]+/gu, ' ')
    .trim();
  normalised.set(text, words);
  return words;
}

export function normalisedWords(text: string): string[] {
  return normaliseText(text).split(' ').filter(Boolean);
}

/** The words that carry meaning: at least four letters long and no stop words. */
export function contentWords(text: string): string[] {
  return normalisedWords(text).filter((word) => word.length >= 4 && !stopWords.has(word));
}

/** Whether `phrase` stands in `text` as whole words, whatever the spelling of case, accents and hyphens. */
export function hasPhrase(text: string, phrase: string): boolean {
  const wanted = normaliseText(phrase);
  return wanted !== '' && ` ${normaliseText(text)} `.includes(` ${wanted} `);
}

/** Whether two words are forms of one: Peru and Peruvian, ship and ships. */
export function sameStem(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  return short === long || (short.length >= 4 && long.startsWith(short) && long.length - short.length <= 3);
}

/** Share of content words that two texts have in common, from 0 to 1. */
export function wordOverlap(a: string, b: string): number {
  const [left, right] = [new Set(contentWords(a)), new Set(contentWords(b))];
  const common = [...left].filter((word) => right.has(word)).length;
  const all = left.size + right.size - common;
  return all === 0 ? 0 : common / all;
}

const months = 'january february march april may june july august september october november december'.split(' ');

/** A date written out ("19 July 2022", "July 19, 2022", "July 2022", "2022", "2022-07-19") as YYYY[-MM[-DD]]. */
export function dateIn(text: string): string | undefined {
  const iso = /^\s*(\d{4}(?:-\d{2}(?:-\d{2})?)?)\s*$/.exec(text);
  if (iso) return iso[1];
  const words = normalisedWords(text);
  const month = words.findIndex((word) => months.includes(word));
  const year = words.find((word) => /^\d{4}$/.test(word));
  if (month < 0) return undefined;
  const day = words.find((word, index) => Math.abs(index - month) === 1 && /^\d{1,2}$/.test(word));
  const parts = [
    String(months.indexOf(words[month] ?? '') + 1).padStart(2, '0'),
    ...(day ? [day.padStart(2, '0')] : []),
  ];
  return year === undefined ? undefined : [year, ...parts].join('-');
}

/** Every date that stands in a text. */
export function datesIn(text: string): string[] {
  const month = `(?:${months.join('|')})`;
  const written = new RegExp(`(?:\\b\\d{1,2} )?\\b${month} (?:\\d{1,2} )?\\d{4}\\b|\\b\\d{4}\\b`, 'g');
  return (normaliseText(text).match(written) ?? []).flatMap((found) => dateIn(found) ?? []);
}

/** Whether one date is the other, more or less exactly: 2013 and 2013-09-13 agree. */
export function datesAgree(a: string, b: string): boolean {
  return a.startsWith(b) || b.startsWith(a);
}

export interface Amount {
  readonly value: number;
  /** Everything beside the number, such as "$ billion". */
  readonly unit: string;
}

/** A text that is a number with its unit ("nearly $4 billion", "81%"), taken apart; undefined for any other text. */
export function amountIn(text: string): Amount | undefined {
  const found = /^(?:[a-z]+ ){0,2}\$?(\d[\d,]*(?:\.\d+)?)(?:\s?%|\s[a-z]+){0,3}$/i.exec(text.trim());
  if (!found?.[1] || dateIn(text)) return undefined;
  return { value: Number(found[1].replaceAll(',', '')), unit: normaliseText(text.replace(found[1], ' ')) };
}

/** The first and last day, as YYYY-MM-DD, that a date or a wording such as "early 2014" or "early 2000s" can mean. */
export function dateSpan(text: string): readonly [string, string] | undefined {
  const date = dateIn(text);
  if (date) return [`${date}-01-01`.slice(0, 10), `${date}${'-12-31'.slice(date.length - 4)}`.slice(0, 10)];
  const early = /^(?:in )?(?:the )?early (\d{3})(\d)(s?)$/.exec(normaliseText(text));
  if (!early) return undefined;
  const year = `${early[1]}${early[2]}`;
  return early[3] ? [`${year}-01-01`, `${early[1]}4-12-31`] : [`${year}-01-01`, `${year}-06-30`];
}
