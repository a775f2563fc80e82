/**
 * Some queries ask for an amount ("how many drones") or for things of a kind ("rivers of Norway"). An entry that only
 * contains the same words is not the answer to such a query.
 */
import { isDateWord } from './date-reader.ts';
import { queryWords, readQuery } from './normalise.ts';
import { toSet } from './stopwords.ts';

export interface PossibleAnswer {
  /** The title and the aliases. */
  readonly names: readonly string[];
  readonly text: string;
}

/**
 * Returns a function that says whether an entry has what the query asks for. An entry whose name is the query has it.
 * Every entry has it if the query asks neither for an amount nor for a kind.
 */
export function answersTo(query: string): (entry: PossibleAnswer) => boolean {
  const asksForAmount = amountQuestion.test(query.normalize('NFC'));
  const kinds = asksForAmount ? [] : kindsIn(query);
  if (!asksForAmount && kinds.length === 0) return () => true;
  const asked = queryWords(query).join(' ');
  return ({ names, text }) => {
    const words = names.map(queryWords);
    if (words.some((name) => name.join(' ') === asked)) return true;
    return asksForAmount
      ? [...words.flat(), ...queryWords(text)].some(isAmount)
      : words.flat().some((word) => kinds.includes(word));
  };
}

const amountQuestion =
  /(?<!\p{L})(?:how (?:many|much)|wie ?viele?|combien|kaç|ne kadar|сколько|چند|چقدر|كم)(?!\p{L})/iu;

/** Words for an amount. A text in another language has to contain a number. */
const amountWords = toSet(`
two three four five six seven eight nine ten eleven twelve twenty thirty fifty hundred hundreds thousand thousands
million millions billion billions trillion dozen dozens several half twice
`);

const isAmount = (word: string) => amountWords.has(word) || (/\d/.test(word) && !isDateWord(word));

/** Nouns for several things of a kind. */
const kindNouns = toSet(`
towns cities villages countries states provinces regions places rivers lakes seas mountains islands ports airports
people persons politicians ministers presidents leaders kings generals soldiers diplomats ambassadors
companies firms banks organisations organizations parties universities newspapers languages religions
wars weapons missiles ships treaties agreements contracts events
städte orte länder flüsse personen firmen politiker villes pays entreprises personnes şehirler şehirleri ülkeler
города страны реки люди политики компании شهرها شهرهای کشورها کشورهای مدن دول
`);

/** Number of words of a query that can ask for a kind: a noun and a place. A longer query asks for something else. */
const MOST_WORDS_WITH_KIND = 2;

function kindsIn(query: string): readonly string[] {
  const { words } = readQuery(query);
  // A word with a digit, such as S-300, names the thing.
  if (words.length > MOST_WORDS_WITH_KIND || words.some((word) => /\d/.test(word))) return [];
  return words.filter((word) => kindNouns.has(word));
}
