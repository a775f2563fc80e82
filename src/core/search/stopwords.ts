/**
 * Words without a subject. The search leaves them out of queries, and the question checks leave them out of comparisons.
 * The two lists share their grammar words; each says why the rest differs.
 */

const toSet = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/));

const grammar = `
a an the this that these those of in on at to from for with by about into over between during after before
and or but not no nor so as than then there it its they them their he she his her him we our you i me my
is are was were be been am do does did have has had
who whom whose what which when where why how also
`;

/**
 * How people word a query: "can you tell me some …". In the text of a question these words have a meaning. None of them
 * may be the name of something. "may" and "us" are safe: dates are read first, and the country has longer aliases.
 */
const queryWords = toSet(`${grammar}
since until here your being done doing having can could will would shall should may might must much many
tell explain show give describe say says said happen happened happens mean means know please want find look
any all some just only very still ever time day today now
`);

/** Nearly every question of a pack says "according to the article"; the search must still find these words. */
const textWords = toSet(`${grammar}
among under both article according
`);

/** Whether the search leaves the word out of a query. Titles of entries keep it. */
export const isStopWord = (word: string): boolean => queryWords.has(word);

/** Whether the comparison of question texts leaves the word out. */
export const isTextStopWord = (word: string): boolean => textWords.has(word);
