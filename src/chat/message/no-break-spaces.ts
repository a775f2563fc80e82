/** Keeps a number and its unit on one line. */

/** Symbols of units that follow a number. A unit that is spelled out may be on the next line. */
const afterNumber =
  /(?<=\p{N}) (?=(?:%|‰|°C|°F|€|£|[kMGT]i?B|[mkMG]?W|[kMG]Wh|[cmk]?m[²³]?|km\/h|m\/s|km\/s|[mk]?g|t|l|ha|m?s|min|h)(?![\p{L}\p{N}]))/gu;

/** The text with a no-break space between each number and its unit. */
export const withNoBreakSpaces = (text: string): string => text.replaceAll(afterNumber, '\u00a0');
