/** Prevents line breaks in three places: between a number and its unit, between day and month, and before an arrow. */
import { monthNames } from '../../core/months.ts';

/**
 * Matches the space between a number and the symbol of a unit. The space before a unit that is spelled out does not
 * match, so such a unit may be on the next line.
 */
const afterNumber =
  /(?<=\p{N}) (?=(?:%|‰|°C|°F|€|£|[kMGT]i?B|[mkMG]?W|[kMG]Wh|[cmk]?m[²³]?|km\/h|m\/s|km\/s|[mk]?g|t|l|ha|m?s|min|h)(?![\p{L}\p{N}]))/gu;

const afterDay = new RegExp(`(?<=(?<!\\p{N})\\d{1,2}) (?=(?:${monthNames.join('|')})(?!\\p{L}))`, 'gu');

/** The text with no-break spaces between each number and its unit, between day and month, and before each arrow. */
export const withNoBreakSpaces = (text: string): string =>
  text.replaceAll(afterNumber, '\u00a0').replaceAll(afterDay, '\u00a0').replaceAll(' →', '\u00a0→');
