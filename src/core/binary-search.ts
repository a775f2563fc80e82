/**
 * Binary search. Returns the first index below `length` for which `holds` returns true, or `length` if there is no such
 * index. If `holds` returns true for an index, it must also return true for every higher index.
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
