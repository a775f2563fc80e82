/** Who speaks in an entry or a position: reads its `voice` and puts it in words. */

const claimedBy = 'claimed by ';

/** Who makes a claim: an entry id or "unnamed …". Undefined for a voice that is no claim. */
export function speakerOf(voice: string): string | undefined {
  return voice.startsWith(claimedBy) ? voice.slice(claimedBy.length) : undefined;
}

/** Speculation is never shown unasked and never made into a question. */
export const isSpeculation = ({ voice }: { readonly voice: string }): boolean => voice === "author's speculation";

/**
 * The voice in words, such as "claimed by Marco Polo" or "the author's view, hedged". `titleOf` gives the title of an
 * entry id and returns anything else as it is.
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
        : `the ${voice}`;
  return hedged ? `${label}, hedged` : label;
}
