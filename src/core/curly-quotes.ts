/**
 * Replaces straight quotation marks and apostrophes with curly ones, so that a message does not mix the two forms. This
 * is done for all texts of packs, except the texts of imported cards.
 */
export const curlyQuotes = (text: string): string =>
  text
    .replaceAll(/(?<![^\s([—–-])"/g, '“')
    .replaceAll('"', '”')
    .replaceAll(/(?<![^\s([“—–-])'(?=\S)/g, '‘')
    .replaceAll("'", '’');
