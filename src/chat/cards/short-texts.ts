/** Shortens the texts of an entry for its card in a channel. */

/**
 * Maximum size of a card in a channel. Only visible characters are counted. If a line has more than 80 characters, it
 * counts as several lines.
 */
export const cardSize = { characters: 900, lines: 14, charactersOfDispute: 1_600 } as const;

const sentences = new Intl.Segmenter('en', { granularity: 'sentence' });

/**
 * The first sentences of a text, as many as fit into the length `most` in characters. The first sentence is returned
 * even if it is longer.
 */
export function firstSentences(text: string, most: number): string {
  let kept = '';
  for (const { segment } of sentences.segment(text)) {
    if (kept !== '' && kept.length + segment.trimEnd().length > most) break;
    kept += segment;
  }
  return kept.trimEnd();
}
