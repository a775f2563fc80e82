/** Escapes text from members and packs for Discord's markdown. */

/** Invisible characters that can reverse a line or hide in a name, such as direction marks. */
const invisibleCharacters = /[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;
// oxlint-disable-next-line no-control-regex -- the pattern is meant to match them
const controlCharacters = /[\u0000-\u0009\u000b-\u001f\u007f]/g;

const stripInvisible = (text: string): string =>
  text.replaceAll(invisibleCharacters, '').replaceAll(controlCharacters, ' ');

/** Escapes formatting, mentions, links and timestamps, and removes invisible characters. */
export function escapeMarkdown(text: string): string {
  return stripInvisible(text).replaceAll(/[\\*_~`|[\]<>#]/g, '\\$&');
}

const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/**
 * {@link escapeMarkdown} for a name or a query within a sentence: one line, at most `most` characters. Right-to-left
 * text is isolated (U+2068 … U+2069), so that numbers beside it keep their place.
 */
export function escapeInline(text: string, most = 60): string {
  return isolate(escapeMarkdown(shorten(text.replaceAll(/\s+/g, ' ').trim(), most)));
}

/** {@link escapeInline} without escaping, for text outside markdown, such as alternative text. */
export function cleanInline(text: string, most = 60): string {
  return isolate(shorten(stripInvisible(text).replaceAll(/\s+/g, ' ').trim(), most));
}

const isolate = (text: string): string => (rightToLeft.test(text) ? `\u2068${text}\u2069` : text);

/** Cuts to at most `most` UTF-16 units, ending in an ellipsis. Never splits a code point. */
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
 * A place at the start of a line, such as `1.`. The dot is escaped, because Discord would renumber a list and show ties
 * as 1, 2 instead of 1, 1. The left-to-right mark keeps the direction of the line when a right-to-left name follows.
 */
export const placeLabel = (place: number): string => `\u200e${place}\\.`;
