/** Some queries ask for an amount ("how many drones"). An entry without an amount is not the answer to such a query. */
import { isDateWord } from './date-reader.ts';
import { queryWords } from './normalise.ts';
import { toSet } from './stopwords.ts';

const amountQuestion =
  /(?<!\p{L})(?:how (?:many|much)|wie ?viele?|combien|kaç|ne kadar|сколько|چند|چقدر|كم)(?!\p{L})/iu;

export const asksForAmount = (query: string): boolean => amountQuestion.test(query.normalize('NFC'));

/**
 * English words that show that a text contains an amount. There are no such words for other languages: a text in
 * another language contains an amount only if it contains a number.
 */
const amountWords = toSet(`
two three four five six seven eight nine ten eleven twelve twenty thirty fifty hundred hundreds thousand thousands
million millions billion billions trillion dozen dozens several half twice
`);

/**
 * Whether a text contains an amount. A date does not count as an amount, and neither does a number that is part of a
 * name, such as Su-35.
 */
export const hasAmount = (text: string): boolean =>
  queryWords(text.replaceAll(/\p{L}+-?\d+/gu, ' ')).some(
    (word) => amountWords.has(word) || (/\d/.test(word) && !isDateWord(word)),
  );
