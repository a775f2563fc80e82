/**
 * Replaces straight quotation marks and apostrophes with curly ones. All texts of packs are converted with this
 * function, so that cards do not mix straight and curly marks.
 */
export const curlyQuotes = (text: string): string =>
  text
    .replaceAll(/(?<![^\s([—–-])"/g, '“')
    .replaceAll('"', '”')
    .replaceAll(/(?<![^\s([“—–-])'(?=\S)/g, '‘')
    .replaceAll("'", '’');
