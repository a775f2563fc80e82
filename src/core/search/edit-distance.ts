/**
 * The edit distance of two words (optimal string alignment), computed up to a bound. Inserting, deleting or replacing a
 * letter is one edit. Swapping two neighbouring letters is also one edit.
 */

/**
 * Maximum edit distance for a word of this length. The limit is lower for short words, because many other words differ
 * from a short word by a single edit.
 */
export function allowedEdits(length: number): number {
  if (length < 4) return 0;
  if (length < 7) return 1;
  return length < 10 ? 2 : 3;
}

/**
 * Maximum length of a word that is compared, in letters. This maximum limits the size of the rows below. A longer word
 * would need too many edits anyway, because the words of a query are much shorter.
 */
const LONGEST = 255;

// Rows of the distance table. The rows are reused for all comparisons, because each key press needs hundreds of
// comparisons.
const newRow = () => new Int16Array(LONGEST + 2);
let [before, last, next] = [newRow(), newRow(), newRow()];

/**
 * The edit distance between `typed` and `word`. If `begun` is true, `typed` is an unfinished word. It is then compared
 * with only a prefix of `word`, the one that is most similar to `typed`. If the distance exceeds `bound`, returns
 * bound + 1.
 */
export function editDistance(typed: string, word: string, bound: number, begun = false): number {
  const far = bound + 1;
  if (typed.length - word.length > bound || (!begun && word.length - typed.length > bound)) return far;
  const width = begun ? Math.min(word.length, typed.length + bound) : word.length;
  if (width > LONGEST) return far;
  if (minEdits(typed, word, begun) > bound) return far;
  for (let column = 0; column <= width; column++) last[column] = column;
  for (let row = 1; row <= typed.length; row++) {
    const letter = typed.charCodeAt(row - 1);
    const letterBefore = row > 1 ? typed.charCodeAt(row - 2) : -1;
    // All cells that are further from the diagonal exceed the bound. Therefore only a band of each row is computed.
    const from = Math.max(1, row - bound);
    const to = Math.min(width, row + bound);
    let least = from === 1 ? row : far;
    next[from - 1] = least;
    next[to + 1] = far;
    for (let column = from; column <= to; column++) {
      const same = letter === word.charCodeAt(column - 1);
      let cost = Math.min(
        (last[column] ?? far) + 1,
        (next[column - 1] ?? far) + 1,
        (last[column - 1] ?? far) + (same ? 0 : 1),
      );
      if (column > 1 && letter === word.charCodeAt(column - 2) && letterBefore === word.charCodeAt(column - 1))
        cost = Math.min(cost, (before[column - 2] ?? far) + 1);
      next[column] = cost;
      if (cost < least) least = cost;
    }
    if (least > bound) return far;
    [before, last, next] = [last, next, before];
  }
  let distance = last[width] ?? far;
  if (begun)
    for (let column = Math.max(0, typed.length - bound); column < width; column++)
      distance = Math.min(distance, last[column] ?? far);
  return Math.min(distance, far);
}

/**
 * A lower bound of the edit distance. Each letter of a word that the other word lacks needs at least one edit. These
 * letters are counted for both words (if `begun`, only for `typed`), and the higher count is the result. The result is
 * much faster to compute than the distance and already rules out most words.
 */
function minEdits(typed: string, word: string, begun: boolean): number {
  const [ofTyped, ofWord] = [lettersOf(typed), lettersOf(word)];
  const onlyTyped = countBits(ofTyped & ~ofWord);
  // If `typed` is unfinished, `word` may continue with any letters. Therefore letters that occur only in `word` are not
  // counted as edits.
  return begun ? onlyTyped : Math.max(onlyTyped, countBits(ofWord & ~ofTyped));
}

/**
 * The set of the letters in a word, as the bits of a number. There are only 32 bits, so different letters may share a
 * bit. The result of `minEdits` is then smaller, but still a lower bound.
 */
function lettersOf(word: string): number {
  let set = 0;
  for (let at = 0; at < word.length; at++) set |= 1 << (word.charCodeAt(at) & 31);
  return set;
}

function countBits(set: number): number {
  let count = 0;
  for (let rest = set; rest !== 0; rest &= rest - 1) count++;
  return count;
}
