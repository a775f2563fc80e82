/**
 * Reads the field `voice` of an entry or of a position in a dispute, and puts it into words. The field says who makes
 * the statement.
 */
import { curlyQuotes } from '../curly-quotes.ts';

const claimedBy = 'claimed by ';

/** The voice of entries that come from the public record. Entries from the article cannot have this voice. */
export const publicRecord = 'public record';

/**
 * The speaker of a claim: the id of an entry, or a text such as "unnamed observers". Undefined if the voice does not
 * begin with "claimed by".
 */
export function speakerOf(voice: string): string | undefined {
  return voice.startsWith(claimedBy) ? voice.slice(claimedBy.length) : undefined;
}

/**
 * Whether the statement is the author's speculation. Speculation is shown only to members who ask for that entry, and
 * no question is made from speculation.
 */
export const isSpeculation = ({ voice }: { readonly voice: string }): boolean => voice === "author's speculation";

/**
 * The voice in words, such as "claimed by Marco Polo" or "the author's view, hedged". `titleOf` is called with the
 * speaker. If the speaker is the id of an entry, `titleOf` must return the title of the entry. Otherwise `titleOf` must
 * return the text unchanged.
 */
export function voiceLabel(
  { voice, hedged }: { readonly voice: string; readonly hedged: boolean },
  titleOf: (speaker: string) => string,
): string {
  const speaker = speakerOf(voice);
  const label =
    speaker !== undefined
      ? `${claimedBy}${titleOf(speaker)}`
      : voice === 'reported'
        ? 'reported in the article'
        : voice === publicRecord
          ? 'from the public record, not from the article'
          : curlyQuotes(`the ${voice}`);
  return hedged ? `${label}, hedged` : label;
}
