/**
 * Stop words: words that say nothing about the subject. The search ignores the words of one list (`queryWords`). The
 * code that creates and checks quiz questions compares their texts, and ignores the words of another list
 * (`textWords`). Both lists contain the words in `grammar`. The comment on each list explains which other words it
 * contains.
 */
import { romanise } from './romanise.ts';
import { ambiguousStopWords, latinStopWords, otherStopWords } from './stopwords-by-language.ts';

/** Converts the words of a list to Latin letters without accents, in the same way as the search normalises a query. */
export const toSet = (list: string): ReadonlySet<string> =>
  new Set(
    romanise(
      list
        .normalize('NFKD')
        .replaceAll(/[\p{M}\p{Cf}]/gu, '')
        .toLowerCase(),
    )
      .trim()
      .split(/\s+/),
  );

const grammar = `
a an the this that these those of in on at to from for with by about into over between during after before
and or but not no nor so as than then there it its they them their he she his her him we our you i me my
is are was were be been am do does did have has had
who whom whose what which when where why how also
`;

/**
 * Filler words in queries, such as "can you tell me some …", forms of address before a name, and their spellings in
 * chats. In question texts these words carry meaning, so `textWords` does not contain them.
 *
 * A word that is the name of an entry must not be in this list, because the search ignores the words of the list. Two
 * words are exceptions: "may", because the month is read as a date before stop words are removed, and "us", because the
 * country has longer aliases.
 */
const queryWords = toSet(`${grammar}
since until here your being done doing having can could will would shall should may might must much many
tell explain show give describe say says said happen happened happens mean means know please want find look
any all some just only very still ever time day today now
go goes going went gone come comes came coming get gets got getting make makes made making take takes took keep keeps
put puts let lets want wants wanted try tries think thinks thought thing things stuff like really actually even else
other others each both more most less again ago too
yes hi hello hey hallo bonjour salut merhaba selam привет здравствуйте سلام مرحبا lol btw pls thx ok vs versus etc against because though although while if dont didnt doesnt isnt wasnt
whether without within toward towards among under up down out off away back them themselves its whos whats
year month date read reads
mr mrs ms dr prof sir seyyed sayyid sayyed seyed syed hojatoleslam hojjatoleslam hujjat hojjat
wen wat wht wich wher plz plss ur da dat tha coz cuz cos bcoz bc abt tho dunno gimme lemme happend hapened
${Object.values(latinStopWords).join(' ')}
`);

/** Stop words that apply only to texts with letters of scripts other than Latin. */
const wordsOfOtherScripts = toSet(Object.values(otherStopWords).join(' '));

/**
 * Nearly every question contains "according to the article", so these words are ignored when question texts are
 * compared. The words are not removed from queries, because a member may search for one of them.
 */
const textWords = toSet(`${grammar}
among under both article according
`);

/**
 * Whether a text has letters of a script such as Greek, Cyrillic, Hebrew or Arabic. Scripts with code points above
 * U+1FFF, such as Chinese, are not recognised.
 */
export const isOtherScript = (text: string): boolean => /[\u0370-\u1fff]/.test(text);

/**
 * Whether the search ignores this word in queries, names and texts. The names in the list `wholeNames` (see
 * `vocabulary.ts`) are an exception, because they keep their stop words. `otherScript` says whether the text that
 * contains the word has letters of a script other than Latin.
 */
export const isStopWord = (word: string, otherScript: boolean): boolean =>
  queryWords.has(word) || (otherScript && wordsOfOtherScripts.has(word));

/** For each language, its ambiguous stop words and its other stop words. */
const ambiguous = (['german', 'french', 'turkish'] as const).map((language) => ({
  words: toSet(ambiguousStopWords[language]),
  others: toSet(latinStopWords[language]),
}));

/** Removes the stop words from the words of a query. Also see the comment on `ambiguousStopWords`. */
export function withoutStopWords(words: readonly string[], otherScript: boolean): readonly string[] {
  const kept = words.filter((word) => !isStopWord(word, otherScript));
  if (kept.length === words.length) return kept;
  const ignored = ambiguous.filter(({ others }) => words.some((word) => others.has(word)));
  return kept.filter((word) => !ignored.some((set) => set.words.has(word)));
}

/** Whether the comparison of question texts ignores this word. */
export const isTextStopWord = (word: string): boolean => textWords.has(word);
