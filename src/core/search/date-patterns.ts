/** Parts of the regular expressions that find dates in texts. */

export const day = '(0?[1-9]|[12]\\d|3[01])';
export const monthNumber = '(0?[1-9]|1[0-2])';
export const th = '(?:-?(?:st|nd|rd|th|er|go))?';
export const gap = '[\\s,.-]{1,3}';

/**
 * Returns a regular expression that matches `pattern` only if the characters before and after the match are neither
 * letters nor digits.
 */
export function wholeWords(pattern: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}])${pattern}(?![\\p{L}\\p{N}])`, 'gu');
}
