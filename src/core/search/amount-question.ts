/** Some queries ask for an amount ("how many drones"). An entry without an amount is not the answer to such a query. */
import { isDateWord } from './date-reader.ts';
import { queryWords } from './normalise.ts';
import { toSet } from './stopwords.ts';

const amountQuestion =
  /(?<!\p{L})(?:how (?:many|much)|wie ?viele?|combien|kaç|ne kadar|сколько|چند|چقدر|كم)(?!\p{L})/iu;

export const asksForAmount = (query: string): boolean => amountQuestion.test(query.normalize('NFC'));

/** Words for an amount. A text in another language has to contain a number. */
const amountWords = toSet(`
two three four five six seven eight nine ten eleven twelve twenty thirty fifty hundred hundreds thousand thousands
million millions billion billions trillion dozen dozens several half twice
`);

/** Whether a text contains an amount. A date, or a number inside a name such as Su-35, is no amount. */
export const hasAmount = (text: string): boolean =>
  queryWords(text.replaceAll(/\p{L}+-?\d+/gu, ' ')).some(
    (word) => amountWords.has(word) || (/\d/.test(word) && !isDateWord(word)),
  );
