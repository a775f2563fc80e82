/**
 * Normalises text for the search: entries when the index is built, queries each time.
 *
 * Accents, case, script, digits, possessives and date formats are made alike, so that the rest of the search compares
 * plain words of a-z and 0-9. Scripts that `romanise.ts` does not know stay as they are.
 */
import { createDateReader } from './date-reader.ts';
import { romanise } from './romanise.ts';
import { isStopWord } from './stopwords.ts';

/** Longest query, in UTF-16 units. Discord allows 6,000, and the cost grows with the length. */
export const LONGEST_QUERY = 100;
/** Most words of a query. Each costs one pass over the index. */
export const MOST_WORDS = 12;

/** The text in lower case and Latin letters, without accents and invisible characters. */
export function fold(text: string): string {
  const plain = latin(text)
    .replace(/'s(?!\p{L})/gu, '')
    .replaceAll("'", '')
    .replaceAll('%', ' percent ');
  // The rest is slow and concerns only texts with a number; most have none.
  if (!/\d/.test(plain)) return plain;
  return (
    plain
      .replace(/(\d),(?=\d{3}(?!\d))/g, '$1')
      // G7+1, 1+7, "G7 plus 1": one name, one word.
      .replace(/([\p{L}\p{N}]) ?(?:\+|\bplus\b) ?(?=\d)/gu, '$1plus')
  );
}

/** Lower case, Latin letters, no accents. Plain ASCII, which most texts are, takes the short way. */
function latin(text: string): string {
  if (/^[ -_a-~]*$/.test(text)) return text.toLowerCase();
  return romanise(
    text
      .normalize('NFKD')
      .replace(/[\p{M}\p{Cf}]/gu, '')
      .toLowerCase()
      .replace(/[\u2018\u2019\u02bb\u02bc\u02be\u02bf\u0060]/g, "'"),
  );
}

const readDates = createDateReader(fold);

/** All words of a text, stop words included. A date is one word. */
export function queryWords(text: string): readonly string[] {
  return split(fold(text));
}

function split(folded: string): readonly string[] {
  return readDates(folded).match(/[\p{L}\p{N}]+/gu) ?? [];
}

export interface Query {
  /** All typed words in order. Stop words included, since a title may begin with one. */
  readonly typed: readonly string[];
  /** The typed words without stop words. */
  readonly words: readonly string[];
  /** Typed in another script than Latin. Its vowels may be missing, so consonants alone may match. */
  readonly romanised: boolean;
}

/** Reads a typed text, cut to LONGEST_QUERY and MOST_WORDS first. */
export function readQuery(text: string): Query {
  const cut = text.slice(0, LONGEST_QUERY);
  // One character can become eighteen (U+FDFA), so the folded text is cut again.
  const typed = split(fold(cut).slice(0, LONGEST_QUERY)).slice(0, MOST_WORDS);
  return {
    typed,
    words: typed.filter((word) => !isStopWord(word)),
    romanised: /[\u0370-\u1fff]/.test(cut),
  };
}
