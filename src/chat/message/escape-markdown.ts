/** Escapes texts of members and packs for Discord's markdown. */
import { invisibleCharacters } from '../../core/invisible-characters.ts';

/**
 * Spaces, and characters that only change how their neighbours look. A text that consists only of these characters is
 * invisible.
 */
const joiners = /\s|\u200c|\u200d|\ufe0e|\ufe0f/g;
/** Shown in place of a text that has no visible character. */
const standIn = '(invisible)';
// oxlint-disable-next-line no-control-regex -- this pattern is meant to match control characters
const controlCharacters = /[\u0000-\u0009\u000b-\u001f\u007f]/g;

const stripInvisible = (text: string): string =>
  text.replaceAll(invisibleCharacters, '').replaceAll(controlCharacters, ' ');

/** Escapes formatting, mentions, links, addresses and timestamps, and removes invisible characters. */
export function escapeMarkdown(text: string): string {
  return stripInvisible(text).replaceAll(/[\\*_~`|[\]<>#]|:(?=\/\/)/g, '\\$&');
}

/**
 * Like {@link escapeMarkdown}, but for a text that shares its line with other words. Right-to-left text is isolated
 * (U+2068 … U+2069), so that it changes neither the direction of the line nor the order of the other words. Do not use
 * this function for a text that is alone in its line: such a text must give the line its direction.
 */
export const escapePart = (text: string): string => isolate(escapeMarkdown(text));

/**
 * Removes invisible characters from a text, joins its lines to one line, and shortens it to the length `most` in UTF-16
 * units. The result is never empty.
 */
function oneLine(text: string, most: number): string {
  const cleaned = stripInvisible(text).replaceAll(/\s+/g, ' ').trim();
  return shorten(cleaned.replaceAll(joiners, '') === '' ? standIn : cleaned, most);
}

const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/**
 * Like {@link escapeMarkdown}, but for a name or query that appears within a sentence. The result is one line. It is
 * shortened to the length `most` in UTF-16 units before it is escaped. Right-to-left text is isolated as in {@link
 * escapePart}.
 */
export function escapeInline(text: string, most = 60): string {
  return escapePart(oneLine(text, most));
}

/**
 * Like {@link escapeInline}, but without escaping. For texts in which Discord does not interpret markdown, such as alt
 * text. The length `most` in UTF-16 units is the limit for the whole result, including the two characters that isolate
 * it.
 */
export function cleanInline(text: string, most = 60): string {
  const line = oneLine(text, most);
  return rightToLeft.test(line) ? isolate(oneLine(text, most - 2)) : line;
}

/**
 * A mark for the start of a line that consists of several parts. The mark gives the line the direction of `text`. If
 * the first letter of `text` is written from right to left, this is a right-to-left mark. Otherwise it is an empty
 * string.
 */
export const directionMark = (text: string): string =>
  rightToLeft.test(/\p{L}/u.exec(text)?.[0] ?? '') ? '\u200f' : '';

const isolate = (text: string): string => (rightToLeft.test(text) ? `\u2068${text}\u2069` : text);

/**
 * If a text is longer than `most` in UTF-16 units, shortens it to this length, including an ellipsis at the end. A text
 * that is short enough stays unchanged. A code point is never split.
 */
export function shorten(text: string, most: number): string {
  if (text.length <= most) return text;
  let kept = '';
  for (const character of text) {
    if (kept.length + character.length > most - 1) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}

/**
 * The rank at the start of a line of a leaderboard, such as `1.`. The dot is escaped so that Discord does not format
 * the lines as a numbered list. In such a list, two tied members would get the ranks 1 and 2. The left-to-right mark
 * keeps the direction of the line if a right-to-left name follows.
 */
export const placeLabel = (place: number): string => `\u200e${place}\\.`;
