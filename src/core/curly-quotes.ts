/**
 * Replaces straight quotation marks and apostrophes with curly ones. All texts of packs are read through it, so that a
 * card has only one kind of each, however an editor types.
 */
export const curlyQuotes = (text: string): string =>
  text
    .replaceAll(/(?<![^\s([—–-])"/g, '“')
    .replaceAll('"', '”')
    .replaceAll(/(?<![^\s([“—–-])'(?=\S)/g, '‘')
    .replaceAll("'", '’');
