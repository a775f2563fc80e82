/**
 * The edit distance of two words up to a bound: letters inserted, deleted, replaced, or two neighbours exchanged (optimal
 * string alignment; each edit costs one).
 */

/** Edits allowed for a word of this length. Short words have too many other words nearby. */
export function allowedEdits(length: number): number {
  if (length < 4) return 0;
  if (length < 7) return 1;
  return length < 10 ? 2 : 3;
}

/** Longest word that is compared. No query has a longer one; it counts as beyond the bound. */
const LONGEST = 255;

// Rows of the table, shared by all comparisons: there are hundreds for each key press.
let [before, last, next] = [new Int16Array(LONGEST + 1), new Int16Array(LONGEST + 1), new Int16Array(LONGEST + 1)];

/**
 * Distance from `typed` to `word`, or to the nearest beginning of `word` if `begun` (the word is unfinished).
 * Returns bound + 1 for any distance above `bound`.
 */
export function editDistance(typed: string, word: string, bound: number, begun = false): number {
  const far = bound + 1;
  if (typed.length - word.length > bound || (!begun && word.length - typed.length > bound)) return far;
  const width = begun ? Math.min(word.length, typed.length + bound) : word.length;
  if (width > LONGEST) return far;
  for (let column = 0; column <= width; column++) last[column] = column;
  for (let row = 1; row <= typed.length; row++) {
    const [letter, letterBefore] = [typed.charCodeAt(row - 1), row > 1 ? typed.charCodeAt(row - 2) : -1];
    next[0] = row;
    let least = row;
    for (let column = 1; column <= width; column++) {
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
  if (begun) for (let column = 0; column < width; column++) distance = Math.min(distance, last[column] ?? far);
  return Math.min(distance, far);
}
