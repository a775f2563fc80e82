/**
 * Words of a plain question that say nothing about its subject. They are left out of queries, never out of entries'
 * titles. Only words that are never the name of something: "may" and "us" are here because dates are read first and
 * the country is written U.S. or in full in aliases.
 */
const words = `
a an the this that these those of in on at to from for with by about into over between during after before since until
and or but not no nor so as than then there here it its they them their he she his her him we our you your i me my
is are was were be been being am do does did done doing have has had having can could will would shall should may might must
who whom whose what which when where why how much many
tell explain show give describe say says said happen happened happens mean means know please want find look
any some all also just only very still ever time day today now
`;

const stopWords: ReadonlySet<string> = new Set(words.trim().split(/\s+/));

export function isStopWord(word: string): boolean {
  return stopWords.has(word);
}
