/**
 * How many slips of the finger lie between two words, up to a bound: a letter too many, too few, another one, or two
 * exchanged (optimal string alignment; an exchange costs one).
 */

/** Slips forgiven in a word of this length: short words have too many neighbours that are other words. */
export function allowedEdits(length: number): number {
  if (length < 4) return 0;
  if (length < 7) return 1;
  return length < 10 ? 2 : 3;
}

/** Longest word that is compared: longer ones, which no query holds, count as far. */
const LONGEST = 255;

// Rows of the table, used again by every comparison: hundreds are made per key pressed.
let [before, last, next] = [new Int16Array(LONGEST + 1), new Int16Array(LONGEST + 1), new Int16Array(LONGEST + 1)];

/**
 * Distance from `typed` to `word`, or to the best beginning of `word` if `begun` (it is still being typed).
 * Gives bound + 1 for everything farther than `bound`.
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
