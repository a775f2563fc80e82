/** Text from people and packs, made harmless before it stands in Discord's markdown. */

/** Directions, joiners and other invisible characters that can turn a line around or hide in a name. */
const invisible = /[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;
// oxlint-disable-next-line no-control-regex -- finding them is the point
const control = /[\u0000-\u0009\u000b-\u001f\u007f]/g;

const stripInvisible = (words: string): string => words.replaceAll(invisible, '').replaceAll(control, ' ');

/** The same words with everything escaped that Discord would read as formatting, a mention, a link or a timestamp. */
export function escapeMarkdown(words: string): string {
  return stripInvisible(words).replaceAll(/[\\*_~`|[\]<>#]/g, '\\$&');
}

const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/**
 * {@link escapeMarkdown} for a name or a query within a sentence: one line, at most `most` characters. Right-to-left words are
 * isolated (U+2068 … U+2069), or the numbers beside them would change sides.
 */
export function escapeInline(words: string, most = 60): string {
  return isolate(escapeMarkdown(shorten(words.replaceAll(/\s+/g, ' ').trim(), most)));
}

/** The same where there is no markdown, such as in the description of a picture: nothing is escaped. */
export function cleanInline(words: string, most = 60): string {
  return isolate(shorten(stripInvisible(words).replaceAll(/\s+/g, ' ').trim(), most));
}

const isolate = (words: string): string => (rightToLeft.test(words) ? `\u2068${words}\u2069` : words);

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

/**
 * A place on a board, at the beginning of its line. The dot is escaped, or Discord would make a list of it and number
 * ties 1, 2 instead of 1, 1; the left-to-right mark keeps the line's direction when a right-to-left name follows.
 */
export const placeLabel = (place: number): string => `\u200e${place}\\.`;
