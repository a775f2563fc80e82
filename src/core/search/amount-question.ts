/** Recognises queries that ask for an amount ("how many drones"), and texts that contain an amount. */
import { isDateWord } from './date-reader.ts';
import { queryWords } from './normalise.ts';
import { toSet } from './stopwords.ts';

const amountQuestion =
  /(?<!\p{L})(?:how (?:many|much)|wie ?viele?|combien|kaç|ne kadar|сколько|چند|چقدر|كم)(?!\p{L})/iu;

export const asksForAmount = (query: string): boolean => amountQuestion.test(query.normalize('NFC'));

/** English words that show that a text contains an amount. In other languages, only numbers show this. */
const amountWords = toSet(`
two three four five six seven eight nine ten eleven twelve twenty thirty fifty hundred hundreds thousand thousands
million millions billion billions trillion dozen dozens several half twice
`);

/** Whether a text contains an amount. A date is not an amount. A number in a name, such as Su-35, is not an amount. */
export const hasAmount = (text: string): boolean =>
  queryWords(text.replaceAll(/\p{L}+-?\d+/gu, ' ')).some(
    (word) => amountWords.has(word) || (/\d/.test(word) && !isDateWord(word)),
  );
