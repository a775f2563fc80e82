/** Keeps a number and its unit on one line, and an arrow with the word before it. */

/** Symbols of units that follow a number. A unit that is spelled out may be on the next line. */
const afterNumber =
  /(?<=\p{N}) (?=(?:%|‰|°C|°F|€|£|[kMGT]i?B|[mkMG]?W|[kMG]Wh|[cmk]?m[²³]?|km\/h|m\/s|km\/s|[mk]?g|t|l|ha|m?s|min|h)(?![\p{L}\p{N}]))/gu;

/** The text with a no-break space between each number and its unit, and before each arrow. */
export const withNoBreakSpaces = (text: string): string =>
  text.replaceAll(afterNumber, '\u00a0').replaceAll(' →', '\u00a0→');
