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
 * Whether the entry has what the query asks for. True if the query is a name of the entry, and for every query that
 * asks neither for an amount nor for a kind.
 */
export function canAnswer(query: string, { names, text }: PossibleAnswer): boolean {
  const asked = queryWords(query).join(' ');
  if (names.some((name) => queryWords(name).join(' ') === asked)) return true;
  if (amountQuestion.test(query.normalize('NFC'))) return queryWords(`${names.join(' ')} ${text}`).some(isAmount);
  const kinds = kindsIn(query);
  return kinds.length === 0 || names.flatMap(queryWords).some((word) => kinds.includes(word));
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
