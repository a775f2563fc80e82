/**
 * Calculates the weight of each typed word. Rare words have a higher weight than frequent words. Frequent verbs and
 * other common words have a low weight, because nouns and names tell more clearly what a query is about.
 */
import { isCommonWord } from './common-words.ts';
import type { Meaning } from './synonyms.ts';
import type { Vocabulary } from './vocabulary.ts';

export interface WordWeight {
  /** Weight of the word when entries are ranked. */
  readonly weight: number;
  /** Weight of the word in the decision whether an entry is a possible result. */
  readonly strictWeight: number;
  /**
   * Whether the word can be a name. If an entry does not contain such a word of the query, the query may be about
   * something other than this entry. Common words, single letters and words with synonyms do not count as names.
   */
  readonly canBeName: boolean;
  /** Whether the word is common. A result can be right even if it does not contain the common words of the query. */
  readonly isCommon: boolean;
}

/**
 * A match with a likeness below this limit is uncertain, for example if the first letter differs or if only the
 * consonants are equal.
 */
export const CERTAIN = 0.75;
/** A match with a likeness below this limit is not a typing error. It is another, similar word. */
export const TYPING_ERROR = 0.6;

/** Factor by which the weight of a common word is multiplied. */
const COMMON_FACTOR = 0.3;
/**
 * Factors by which the weights of two kinds of words are multiplied. `UNKNOWN_FACTOR` is for words that no entry
 * contains. `TEXT_FACTOR` is for words that occur in entries, but not in the name of any entry. Without these factors,
 * such words would have too much weight in a query that is a whole sentence, and the right entry would get a low rank.
 * The factors do not apply to `strictWeight`, which decides whether an entry is a possible result.
 */
const UNKNOWN_FACTOR = 0.4;
const TEXT_FACTOR = 0.4;
/**
 * The upper limit for the weight of a known word is the weight of a word that occurs in this number of entries. Words
 * in fewer entries have no higher weight, because many of them are rare only by chance. LEAST_LIMIT raises the limit in
 * small packs.
 */
const FEW_ENTRIES = 14;
/**
 * The upper limit (see FEW_ENTRIES) is at least this fraction of the weight of an unknown word, which occurs in no
 * entry. Without this rule, an unknown word in a small pack would have a much higher weight than all other words.
 */
const LEAST_LIMIT = 0.65;

/**
 * The weights of a typed word.
 * @param likenessOf for each term that matches the word: how similar the term and the word are
 */
export function weigh(
  word: string,
  likenessOf: ReadonlyMap<number, number>,
  meanings: readonly Meaning[],
  vocabulary: Vocabulary,
): WordWeight {
  const isCommon = meanings.length === 0 && isCommonWord(word);
  const { weight, strictWeight } = weightsOf(likenessOf, meanings, vocabulary);
  const factor = isCommon ? COMMON_FACTOR : 1;
  return {
    weight: factor * weight,
    strictWeight: factor * strictWeight,
    isCommon,
    canBeName: !isCommon && meanings.length === 0 && word.length > 1,
  };
}

/**
 * The weights of a word, calculated from the rarity of the term with the highest likeness. If several terms have the
 * highest likeness, the rarest term is used. If the word has meanings, its weight is at most the rarity of each
 * meaning.
 */
function weightsOf(
  likenessOf: ReadonlyMap<number, number>,
  meanings: readonly Meaning[],
  { rarity, unknownRarity, named, entryCount }: Vocabulary,
): Pick<WordWeight, 'weight' | 'strictWeight'> {
  if (likenessOf.size === 0) return { weight: UNKNOWN_FACTOR * unknownRarity, strictWeight: unknownRarity };
  let [best, rarest, isNamed] = [0, 0, false];
  for (const [term, like] of likenessOf) {
    const rare = rarity[term] ?? 0;
    if (like > best || (like === best && rare > rarest)) [best, rarest] = [like, rare];
    if (named[term] === 1) isNamed = true;
  }
  const highest = Math.max(Math.log(1 + (2 * entryCount) / FEW_ENTRIES), LEAST_LIMIT * unknownRarity);
  const strictWeight = Math.min(rarest, highest, ...meanings.map((meaning) => meaning.rarity));
  return { weight: isNamed ? strictWeight : TEXT_FACTOR * strictWeight, strictWeight };
}
