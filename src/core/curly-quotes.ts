/**
 * Replaces straight quotation marks and apostrophes with curly ones, so that a message does not mix straight and curly
 * marks. The texts of packs are converted with this function, except the texts of imported cards.
 */
export const curlyQuotes = (text: string): string =>
  text
    .replaceAll(/(?<![^\s([—–-])"/g, '“')
    .replaceAll('"', '”')
    .replaceAll(/(?<![^\s([“—–-])'(?=\S)/g, '‘')
    .replaceAll("'", '’');
