/**
 * Stop words: words that say nothing about the subject. The search ignores them in queries, and the question checks
 * ignore them when they compare texts. Both lists contain the grammar words. The comment on each list explains its
 * other words.
 */

const toSet = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/));

const grammar = `
a an the this that these those of in on at to from for with by about into over between during after before
and or but not no nor so as than then there it its they them their he she his her him we our you i me my
is are was were be been am do does did have has had
who whom whose what which when where why how also
`;

/**
 * Filler words in queries, such as "can you tell me some …". In question texts these words carry meaning, so
 * `textWords` does not contain them. No word in this list may be the name of an entry. "may" and "us" are allowed,
 * because dates are read before stop words are removed and the country has longer aliases.
 */
const queryWords = toSet(`${grammar}
since until here your being done doing having can could will would shall should may might must much many
tell explain show give describe say says said happen happened happens mean means know please want find look
any all some just only very still ever time day today now
`);

/**
 * Nearly every question contains "according to the article", so these words are ignored when question texts are
 * compared. Queries keep them, because a member may search for them.
 */
const textWords = toSet(`${grammar}
among under both article according
`);

/** Whether the search ignores this word in a query. Titles of entries keep stop words. */
export const isStopWord = (word: string): boolean => queryWords.has(word);

/** Whether the comparison of question texts ignores this word. */
export const isTextStopWord = (word: string): boolean => textWords.has(word);
