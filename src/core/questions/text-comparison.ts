/**
 * Compares the short texts of questions by words, phrases, numbers and dates, so that the checks can reject unfair
 * questions. Only English texts are supported. Grammar and meaning are ignored.
 */
import { monthNames } from '../months.ts';
import { isTextStopWord } from '../search/stopwords.ts';

/** A cache: text → its normalised text. The same few thousand texts are compared many times. */
const normalised = new Map<string, string>();
const maxNormalised = 20_000;

/**
 * The text in lower case, without accents and punctuation, and with single spaces between words. The signs % and $ are
 * kept.
 */
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

/** The content words of a text: words with at least four letters that are not stop words. */
export function contentWords(text: string): string[] {
  return normalisedWords(text).filter((word) => word.length >= 4 && !isTextStopWord(word));
}

/** Whether a word consists of at least three letters and is not a stop word. */
export function isContentWord(word: string): boolean {
  return /^\p{L}{3,}$/u.test(word) && !isTextStopWord(word);
}

/** Whether `text` contains `phrase` as whole words. Case, accents and hyphens are ignored. */
export function hasPhrase(text: string, phrase: string): boolean {
  const wanted = normaliseText(phrase);
  return wanted !== '' && ` ${normaliseText(text)} `.includes(` ${wanted} `);
}

/**
 * Whether two words are equal, or the longer word is the shorter word with a suffix of up to three letters: Chile and
 * Chilean, ship and ships. The shorter word must have at least four letters.
 */
export function sameStem(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  return short === long || (short.length >= 4 && long.startsWith(short) && long.length - short.length <= 3);
}

/**
 * The similarity of two texts, from 0 to 1 (Jaccard index): the number of content words that both texts contain,
 * divided by the number of content words that at least one text contains.
 */
export function wordOverlap(a: string, b: string): number {
  const [left, right] = [new Set(contentWords(a)), new Set(contentWords(b))];
  const common = [...left].filter((word) => right.has(word)).length;
  const all = left.size + right.size - common;
  return all === 0 ? 0 : common / all;
}

const months = monthNames.map((name) => name.toLowerCase());

/**
 * Converts a date ("19 July 2022", "July 19, 2022", "July 2022", "2022", "2022-07-19") to YYYY[-MM[-DD]]. Undefined if
 * the text contains no such date.
 */
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

/** All dates in a text, as YYYY[-MM[-DD]]. */
export function datesIn(text: string): string[] {
  const month = `(?:${months.join('|')})`;
  const written = new RegExp(`(?:\\b\\d{1,2} )?\\b${month} (?:\\d{1,2} )?\\d{4}\\b|\\b\\d{4}\\b`, 'g');
  return (normaliseText(text).match(written) ?? []).flatMap((found) => dateIn(found) ?? []);
}

/**
 * Whether two dates agree. A less precise date agrees with every date that it includes: 2013 agrees with 2013-09-13.
 */
export function datesAgree(a: string, b: string): boolean {
  return a.startsWith(b) || b.startsWith(a);
}

export interface Amount {
  readonly value: number;
  /** The normalised text without its number, such as "$ billion". */
  readonly unit: string;
}

/** Reads a number with a unit ("nearly $4 billion", "81%"). Undefined for any other text. */
export function amountIn(text: string): Amount | undefined {
  const found = /^(?:[a-z]+ ){0,2}\$?(\d[\d,]*(?:\.\d+)?)(?:\s?%|\s[a-z]+){0,3}$/i.exec(text.trim());
  if (!found?.[1] || dateIn(text)) return undefined;
  return { value: Number(found[1].replaceAll(',', '')), unit: normaliseText(text.replace(found[1], ' ')) };
}

/**
 * Converts the options to numbers by which they can be sorted. Returns undefined if some options are neither dates nor
 * amounts, or if dates and amounts are mixed.
 */
export function comparableValues(options: readonly string[]): number[] | undefined {
  const dates = options.flatMap((text) => dateIn(text) ?? []);
  if (dates.length === options.length) return dates.map((date) => Number(date.replaceAll('-', '').padEnd(8, '0')));
  const amounts = options.flatMap((text) => amountIn(text)?.value ?? []);
  return amounts.length === options.length ? amounts : undefined;
}

/**
 * The first and last day (YYYY-MM-DD) of a date, or of a period such as "early 2014" or "early 2000s". Undefined for
 * any other text.
 */
export function dateSpan(text: string): readonly [string, string] | undefined {
  const date = dateIn(text);
  if (date) return [`${date}-01-01`.slice(0, 10), `${date}${'-12-31'.slice(date.length - 4)}`.slice(0, 10)];
  const early = /^(?:in )?(?:the )?early (\d{3})(\d)(s?)$/.exec(normaliseText(text));
  if (!early) return undefined;
  const year = `${early[1]}${early[2]}`;
  return early[3] ? [`${year}-01-01`, `${early[1]}4-12-31`] : [`${year}-01-01`, `${year}-06-30`];
}
