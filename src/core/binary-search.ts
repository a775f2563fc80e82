/**
 * Binary search: the first index below `length` for which `holds` is true, or `length` when there is none. Where it is
 * true for an index, it must be true for all indexes behind it.
 */
export function firstWhere(length: number, holds: (index: number) => boolean): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
