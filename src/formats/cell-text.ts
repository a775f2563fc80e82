/** Cleans the text of a cell. Visible characters are not changed. */
import { invisibleCharacters } from '../core/invisible-characters.ts';

/** Control characters other than tab and line end. Damaged files and some keyboards contain them. */
// oxlint-disable-next-line no-control-regex -- the pattern must match control characters
const controls = /[\0-\b\v\f\u000e-\u001f\u007f-\u009f]/g;

const loneSurrogates = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/**
 * Removes control characters, lone surrogates and invisible characters, and spaces at the start and the end of each
 * line. Replaces tabs with spaces.
 */
export function cleanCell(text: string): string {
  return text
    .replaceAll('\t', ' ')
    .replaceAll(controls, '')
    .replaceAll(loneSurrogates, '')
    .replaceAll(invisibleCharacters, '')
    .replaceAll(/[^\S\n]*\n[^\S\n]*/g, '\n')
    .trim();
}

/**
 * Returns a form of a text for comparisons. Texts that differ only in case, spaces or Unicode normalization have the
 * same form.
 */
export const comparedText = (text: string): string => text.normalize('NFC').replaceAll(/\s+/g, ' ').toLowerCase();
