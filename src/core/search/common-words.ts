/**
 * Common words: English verbs, adjectives and adverbs that occur in texts on any subject. A common word has a low
 * weight, because nouns and names say more about the subject of a text. The list contains the most frequent words
 * according to the sense counts of WordNet 3.1, except words that are mostly used as nouns. If a word is in a pack's
 * groups of synonyms (see `synonyms.ts`), it has its full weight in this pack.
 */
import { toSet } from './stopwords.ts';
import { commonWordsByLanguage } from './stopwords-by-language.ts';

const lemmas: ReadonlySet<string> = new Set(
  `
abandon able about above absorb accept accompany accomplish accord accuse achieve acquire active actual actually add
adequate adjust admire admit adopt advance advise affect afford afraid again ago agree ahead all allow almost alone
along already also alter although always analyze announce another anticipate any anymore anyone anything apart
apparent apparently appear apply appoint appreciate appropriate approve approximately argue arise around arouse
arrange arrive artistic as ask assemble assert assign assist associate assume assure attach attain attend attract
authorize available average avoid await aware away back bad base basic bc be bear beat beautiful become before begin
behave believe below bend besides best better big bind bit bitter blame blind borrow bother bounce bound break breathe
brief bright brilliant bring broad build burn burst busy calculate call capable care careful carefully carry catch
cause cease certain certainly challenge choose cite clean clear clearly climb close closed closely cold collect
colored combine come commit common compare compel compete complain complete completely complex compose compute concede
conceive concerned conclude condemn conduct confirm confront connect consider considerable constitute construct
consult contain contemplate continually continue continuous contribute convert cool cooperate correct count cover
crack crawl create critical cross cultural curious currently curse cut cuz daily dangerous dare dark deal decide
declare deep defend define deliver demonstrate deny depart derive describe deserve design destroy detailed detect
determine develop devote differ different difficult direct directly disappear disclose discover discuss display
distant distinct distinguish distribute divide do dominant dominate double down drag draw drill drive drop dry dull
each eager earlier early earn easily easy eat effective elaborate elect eliminate emerge emotional emphasize employ
empty enable encounter encourage enforce engage enjoy enough enter entertain entire entirely entitle equal erect
escape especially essential essentially establish etc even eventually ever every everybody everyone everything evident
exactly examine exceed exclude exert exhibit exist existing expand expect explain explode explore expose express
extend extreme fail fairly fall familiar famous far fast fat feed feel few fight file fill filled final finally
finance find finish fit fix fixed flat flee float follow following forget forgive former forward free frequently fresh
friendly full fully funny furnish further gain gather gay gaze general generally get give go gonna good govern grab
gradually grant grasp great greater greatly greet grow guess guide guy guys handle hang happen happy hard hardly hate
have hear heavily heavy hello help hence here hesitate hey hi hide high hire historical hit hold hope hot however huge
huh human hurry hurt identical identify idk ignore illustrate imagine immediate immediately imply important impose
impossible impress improve include increased indeed independent indicate induce inform initial inner inside insist
inspire install instead insure intend intense interested interesting interpret interrupt introduce investigate invite
involve involved jerk join judge jump just keep kind know known large largely larger last late lately later latter
laugh launch lay lead lean leap learn leave left legal less let lick lie lift like likely limited listen little live
local locate located lock long look lose lot lots loud low lower mad main maintain major make manage many mark match
maximum maybe mean meanwhile measure meet mention mere merely minimal minimum miss modern more moreover most mount
move much multiply mutter narrow natural naturally near nearly necessary need needed never nevertheless new next nice
nine no nobody nod normal normally not note nothing notice now nowadays observe obtain obvious obviously occasional
occasionally occupy occur off offer often okay old on once one only open operate oppose opposite ordinary organic organize
original other otherwise outside over overcome own paint pale participate particular particularly pass pause pay peer
people perceive perfect perform perhaps permit persist personal persuade physical pick play please poor popular
positive possess possible possibly pour powerful practical practically pray precisely predict prefer prepare present
presently preserve press pretend pretty prevent previous previously primarily primary prior private probably proceed
proclaim produce professional profound prominent promise promote proper properly propose protect prove provide publish
pull purchase pure pursue push put qualify quick quickly quiet quite quote raise rapid rapidly rather reach react read
ready real realize really reasonable recall receive recent recently recognize recommend reduce refer reflect refuse
regard register regular reject relate related relative relatively relax relieve remain remember remind remove render
repeat replace reply represent require resemble resist resolve respond resume retire return reveal review rich ride
ring rise roll rough rub run rush safe same satisfactory satisfy save say scream secure see seek seem seize select
send sensitive separate serious seriously serve set settle several shake sharp shine short shout show shut sigh
significant silent similar similarly simple simply simultaneously sing single sink sit sleep slide slightly slip slow
slowly small smaller smell smile smooth snap so soft softly solid solve some somebody somehow someone something
sometimes somewhat somewhere soon sort spare speak special specific spend sponsor spread stain stand stare start stay
steal still stimulate stir stop straight strange strengthen stretch strike strong stuff stumble submit substantial
succeed successful such sudden suddenly suffer sufficient sufficiently suggest superior supply suppose sure survive
swear sweep sweet swing sympathetic take talk tall teach tear technical tell tend then there therefore thick thin
thing think threaten throw thrust thus tight together tonight too toss total touch tough traditional transform
translate travel treat tremendous true truly trust try turn twice twist typical ultimate unable understand undertake
universal unusual up upper urge use usual usually vague valuable various vary vast very visit visual wait walk wanna
want warn wash watch way wear weep weigh welcome well wet whatever whenever wherever whisper whole wide widely wild
willing win wish withdraw wonder worry worth write wrong ya yeah yell yet yield young
`
    .trim()
    .split(/\s+/),
);

const ofOtherLanguages = toSet(Object.values(commonWordsByLanguage).join(' '));

/** Word endings and their replacements. A replacement gives a possible base form of a word. */
const endings: readonly (readonly [RegExp, string])[] = [
  [/ies$|ied$/, 'y'],
  [/s$/, ''],
  [/es$|ed$|ing$|ly$|er$|est$/, ''],
  [/d$|ing$|r$|st$/, 'e'],
];

/**
 * Whether a word or one of its possible base forms is a common word. If a word ends in -ing or -ed, the word without
 * doubled consonants is checked too. Therefore misspelt words such as "comming" are recognised.
 */
export function isCommonWord(word: string): boolean {
  return isCommon(word) || (/(?:ing|ed)$/.test(word) && isCommon(word.replaceAll(/([^aeiou])\1/g, '$1')));
}

function isCommon(word: string): boolean {
  if (lemmas.has(word) || ofOtherLanguages.has(word)) return true;
  return endings.some(([ending, rest]) => {
    const lemma = word.replace(ending, rest);
    return lemma !== word && (lemmas.has(lemma) || lemmas.has(lemma.replace(/(.)\1$/, '$1')));
  });
}
