/**
 * One way of writing everything: entries once, when the index is built; queries each time.
 *
 * Marks, case, script, digits, possessives and the spelling of dates all disappear here, so that the rest of the search
 * compares plain words of a-z and 0-9. Scripts without a table pass through as they are.
 */
import { createDateReader } from './date-reader.ts';
import { romanise } from './romanise.ts';
import { isStopWord } from './stopwords.ts';

/** Longest query that is read, in UTF-16 units: Discord lets a text option hold 6,000, and cost grows with length. */
export const LONGEST_QUERY = 100;
/** Most words of a query that are looked up; each costs one pass over the index. */
export const MOST_WORDS = 12;

/** Folded text: Latin letters where a table knows them, lower case, no marks, no invisible characters. */
export function fold(text: string): string {
  const plain = latin(text)
    .replace(/'s(?!\p{L})/gu, '')
    .replaceAll("'", '')
    .replaceAll('%', ' percent ');
  // Looked at only where there is a number: these two are the dearest, and most texts have none.
  if (!/\d/.test(plain)) return plain;
  return (
    plain
      .replace(/(\d),(?=\d{3}(?!\d))/g, '$1')
      // G7+1, 1+7, "G7 plus 1": one name, one word.
      .replace(/([\p{L}\p{N}]) ?(?:\+|\bplus\b) ?(?=\d)/gu, '$1plus')
  );
}

/** Lower case without marks, in Latin letters; most texts are so already but for their capitals. */
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

/** All words of a text, dates as one word each; stop words are kept. */
export function queryWords(text: string): readonly string[] {
  return split(fold(text));
}

function split(folded: string): readonly string[] {
  return readDates(folded).match(/[\p{L}\p{N}]+/gu) ?? [];
}

export interface Query {
  /** The words typed, in order, stop words too: a whole title may begin with one. */
  readonly typed: readonly string[];
  /** The words looked up: without stop words unless nothing else is left. */
  readonly words: readonly string[];
  /** Typed in a script other than Latin: vowels are guesses, so consonants alone may decide. */
  readonly romanised: boolean;
}

/** Reads what a person typed, cut to LONGEST_QUERY and MOST_WORDS before anything else looks at it. */
export function readQuery(text: string): Query {
  const cut = text.slice(0, LONGEST_QUERY);
  // One character can fold to eighteen (U+FDFA), so the folded text is cut again.
  const typed = split(fold(cut).slice(0, LONGEST_QUERY)).slice(0, MOST_WORDS);
  return {
    typed,
    words: typed.filter((word) => !isStopWord(word)),
    romanised: /[\u0370-\u1fff]/.test(cut),
  };
}
