/**
 * Stop words: words that say nothing about the subject. There are two lists. The search ignores the words of one list
 * in queries, and the question checks ignore the words of the other list when they compare texts. Both lists contain
 * the grammar words. The comment on each list explains its other words.
 */
import { romanise } from './romanise.ts';

/** Converts the words of a list to Latin letters without accents, in the same way as the search normalises a query. */
const toSet = (list: string): ReadonlySet<string> =>
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
 * Filler words in queries, such as "can you tell me some …". In question texts these words carry meaning, so
 * `textWords` does not contain them. This list must not contain the name of an entry. "may" and "us" are exceptions:
 * the month May is read as a date before stop words are removed, and the country has longer aliases.
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

der die das den dem des ein eine einen einer und oder nicht im am an auf aus bei mit nach seit von vom zu zum zur für
über unter wer wie was wann wo warum welche welcher ist sind waren wurde hat haben
le la les une des du de et ou ne pas au aux en dans pour sur avec par qui que quoi quand où pourquoi quel quelle est
sont était a ont
и в во на с со о об от до по из за к у не ли что кто когда где почему как какой это был была были его их
ve ile bir da ne kim nasıl neden niçin zaman için mi mı mu olarak
و در از به که این آن با چه کی کجا چرا چگونه برای
في من على إلى عن ما هل متى أين كيف لماذا بين هو هي هذا هذه
`);

/**
 * Nearly every question contains "according to the article", so these words are ignored when question texts are
 * compared. They are not removed from queries, because a member may search for one of them.
 */
const textWords = toSet(`${grammar}
among under both article according
`);

/** Whether the search ignores this word in a query. Stop words in the titles of entries are not removed. */
export const isStopWord = (word: string): boolean => queryWords.has(word);

/** Whether the comparison of question texts ignores this word. */
export const isTextStopWord = (word: string): boolean => textWords.has(word);
