/** Text from people and packs, made harmless before it stands in Discord's markdown. */

/** Directions, joiners and other invisible characters that can turn a line around or hide in a name. */
const invisible = /[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;
// oxlint-disable-next-line no-control-regex -- finding them is the point
const control = /[\u0000-\u0009\u000b-\u001f\u007f]/g;

/** The same words with everything escaped that Discord would read as formatting, a mention, a link or a timestamp. */
export function plain(words: string): string {
  return words
    .replaceAll(invisible, '')
    .replaceAll(control, ' ')
    .replaceAll(/[\\*_~`|[\]<>#]/g, '\\$&');
}

/** {@link plain} for a name or a query within a sentence: one line, at most `most` characters. */
export function brief(words: string, most = 60): string {
  return plain(shorten(words.replaceAll(/\s+/g, ' ').trim(), most));
}

/** Cuts at `most` characters (code points are never split) and says so with an ellipsis. */
export function shorten(words: string, most: number): string {
  if (words.length <= most) return words;
  let kept = '';
  for (const character of words) {
    if (kept.length + character.length > most - 1) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}

/** A place on a board. The dot is escaped, or Discord would make a list of it and number ties 1, 2 instead of 1, 1. */
export const placeInWords = (place: number): string => `${place}\\.`;
