/**
 * Normalises the texts of entries and queries for the search.
 *
 * Texts that differ only in accents, case, script, digits, possessives or date format become the same text. Therefore
 * the rest of the search compares only words of a-z and 0-9. Scripts that `romanise.ts` does not support are left
 * unchanged.
 */
import { createDateReader } from './date-reader.ts';
import { romanise } from './romanise.ts';
import { isOtherScript, withoutStopWords } from './stopwords.ts';

/**
 * Maximum length of a query, in UTF-16 code units. Discord allows 6,000, but the time of a search grows with the
 * length.
 */
export const LONGEST_QUERY = 100;
/** Maximum number of words in a query. Each word needs one pass over the index. */
export const MOST_WORDS = 12;

/** A French article or preposition that is joined to the next word: l'avion, d'octobre, qu'est-ce. */
const elision = /(?<!\p{L})(?:l|d|c|j|s|qu|lorsqu)'(?=\p{L}{2})/gu;
/**
 * A Turkish ending after a name: Kemal'in, Ankara'ya, Bursa'dan. An ending that begins with a vowel is recognised only
 * after a consonant. Therefore Sana'a and Shi'a keep their last letter.
 */
const turkishEnding =
  /(?<=\p{L}{3})(?:(?<=[aeiou])'(?:n[iu]n?|y[iu]|y[ae]|yl[ae])|(?<=[^aeiou\s'])'(?:[iu]n?|[ae]|l[ae])|'[dt][ae](?:n|ki)?)(?!\p{L})/gu;

/** The text in lower case and Latin letters, without accents and without invisible characters. */
export function fold(text: string): string {
  const plain = withoutApostrophes(latin(text)).replaceAll('%', ' percent ');
  // The following replacements are slow and only matter for texts with a digit. Most texts have no digit.
  if (!/\d/.test(plain)) return plain;
  return (
    plain
      .replace(/(\d),(?=\d{3}(?!\d))/g, '$1')
      // Replaces every Unicode dash between numbers with a hyphen. Members type dates with any of these dashes.
      .replace(/(?<=\d)\s?[\p{Pd}\u2212\u2044]\s?(?=\d)/gu, '-')
      // Joins a name that contains a plus sign into one word: G7+1, 1+7 and "G7 plus 1".
      .replace(/([\p{L}\p{N}]) ?(?:\+|\bplus\b) ?(?=\d)/gu, '$1plus')
  );
}

/** Removes apostrophes, together with the endings after them and the short French words before them. */
function withoutApostrophes(text: string): string {
  if (!text.includes("'")) return text;
  return (
    text
      // Removes an ending after a number, such as in the Turkish 2023'te.
      .replace(/(?<=\d)'\p{L}{1,4}(?!\p{L})/gu, '')
      .replace(/'s(?!\p{L})/gu, '')
      .replace(elision, '')
      .replace(turkishEnding, '')
      .replaceAll("'", '')
  );
}

/**
 * Converts a text to lower case and Latin letters without accents. Most texts are plain ASCII and skip the slow steps.
 */
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

/** All words of a text, including stop words. A date becomes one word. */
export function queryWords(text: string): readonly string[] {
  return split(fold(text));
}

function split(folded: string): readonly string[] {
  return readDates(folded).match(/[\p{L}\p{N}]+/gu) ?? [];
}

export interface Query {
  /** All typed words in order. Stop words are included, because a title may begin with a stop word. */
  readonly typed: readonly string[];
  /** The typed words without stop words. */
  readonly words: readonly string[];
  /**
   * Whether the query was typed in a script other than Latin. Such a query may lack vowels, so a word also matches if
   * only its consonants are equal.
   */
  readonly romanised: boolean;
}

/** Reads a typed text. The text is cut to LONGEST_QUERY characters and MOST_WORDS words. */
export function readQuery(text: string): Query {
  const cut = text.slice(0, LONGEST_QUERY);
  // `fold` can make a text longer. For example, it turns the single character U+FDFA into eighteen characters.
  // Therefore the folded text is cut again.
  const all = split(fold(cut).slice(0, LONGEST_QUERY));
  const romanised = isOtherScript(cut);
  return {
    typed: all.slice(0, MOST_WORDS),
    words: withoutStopWords(all, romanised).slice(0, MOST_WORDS),
    romanised,
  };
}
