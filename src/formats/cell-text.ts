/** Cleans the text of a cell. What is visible stays exactly as it is. */
import { invisibleCharacters } from '../core/invisible-characters.ts';

/** Control characters other than tab and line end. Damaged files and some keyboards contain them. */
// oxlint-disable-next-line no-control-regex -- the control characters are what is looked for
const controls = /[\0-\b\v\f\u000e-\u001f\u007f-\u009f]/g;

/** Lone halves of characters that take two code units. */
const loneHalves = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/** The text without invisible characters and without spaces around it. */
export function cleanCell(text: string): string {
  return text
    .replaceAll('\t', ' ')
    .replaceAll(controls, '')
    .replaceAll(loneHalves, '')
    .replaceAll(invisibleCharacters, '')
    .replaceAll(/[^\S\n]*\n[^\S\n]*/g, '\n')
    .trim();
}

/** A text as two cards are compared: without case, and without differences in spaces and in how letters are encoded. */
export const comparedText = (text: string): string => text.normalize('NFC').replaceAll(/\s+/g, ' ').toLowerCase();
