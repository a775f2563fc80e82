/**
 * How many slips of the finger lie between two words, up to a bound: a letter too many, too few, another one, or two
 * exchanged (optimal string alignment; an exchange costs one).
 */

/** Slips forgiven in a word of this length: short words have too many neighbours that are other words. */
export function slipsAllowed(length: number): number {
  if (length < 4) return 0;
  if (length < 7) return 1;
  return length < 10 ? 2 : 3;
}

/**
 * Distance from `typed` to `word`, or to the best beginning of `word` if `begun` (it is still being typed).
 * Gives bound + 1 for everything farther than `bound`.
 */
export function slips(typed: string, word: string, bound: number, begun = false): number {
  const far = bound + 1;
  if (typed.length - word.length > bound || (!begun && word.length - typed.length > bound)) return far;
  const width = begun ? Math.min(word.length, typed.length + bound) : word.length;
  let before: number[] = [];
  let last: number[] = [];
  for (let column = 0; column <= width; column++) last.push(column);
  for (let row = 1; row <= typed.length; row++) {
    const next = [row];
    let least = row;
    for (let column = 1; column <= width; column++) {
      const same = typed[row - 1] === word[column - 1];
      let cost = Math.min(
        (last[column] ?? far) + 1,
        (next[column - 1] ?? far) + 1,
        (last[column - 1] ?? far) + (same ? 0 : 1),
      );
      if (row > 1 && column > 1 && typed[row - 1] === word[column - 2] && typed[row - 2] === word[column - 1])
        cost = Math.min(cost, (before[column - 2] ?? far) + 1);
      next.push(cost);
      if (cost < least) least = cost;
    }
    if (least > bound) return far;
    [before, last] = [last, next];
  }
  const distance = begun ? Math.min(...last) : (last[width] ?? far);
  return Math.min(distance, far);
}
