/**
 * Reads the field `voice` of an entry or of a position in a dispute, and builds the label that members read. The field
 * says who makes the statement.
 */
import { curlyQuotes } from '../curly-quotes.ts';

const claimedBy = 'claimed by ';

/** The voice of entries that come from the public record. Entries from the article cannot have this voice. */
export const publicRecord = 'public record';

/** The voice of cards. The group that added the pack is responsible for the content of its cards. */
export const added = 'added';

/**
 * The speaker of a claim: the id of an entry, or a text such as "unnamed observers". Undefined if the voice does not
 * begin with "claimed by".
 */
export function speakerOf(voice: string): string | undefined {
  return voice.startsWith(claimedBy) ? voice.slice(claimedBy.length) : undefined;
}

/**
 * Whether the statement is the author's speculation. Speculation is shown only to members who ask for the particular
 * entry. No question is made from speculation.
 */
export const isSpeculation = ({ voice }: { readonly voice: string }): boolean => voice === "author's speculation";

/** The fields of a pack from which labels are built. */
interface LabelledPack {
  readonly title: string;
  /** Whether a server added the pack. */
  readonly addedByServer: boolean;
  readonly source: { readonly title: string };
}

/**
 * The label that members read, such as "claimed by Marco Polo" or "the author's view, put cautiously". `titleOf` is
 * called with the speaker. If the speaker is the id of an entry, `titleOf` must return the title of the entry.
 * Otherwise `titleOf` must return the text unchanged.
 *
 * If a server added the pack, every label says so and names the pack. Such a label never contains "the article",
 * because members would think of the article of the pack that ships with the bot.
 */
export function voiceLabel(
  { voice, hedged }: { readonly voice: string; readonly hedged: boolean },
  titleOf: (speaker: string) => string,
  pack: LabelledPack,
): string {
  const label = hedged ? `${plainLabel(voice, titleOf, pack)}, put cautiously` : plainLabel(voice, titleOf, pack);
  if (!pack.addedByServer) return label;
  return label === '' ? addedLabel(pack) : `${label}, ${addedLabel(pack)}`;
}

const byServer = ', added by this server';

const addedLabel = ({ title }: LabelledPack): string => `from ${curlyQuotes(title)}${byServer}`;

/** The first part of a label, without the words that say who added the pack. */
function plainLabel(
  voice: string,
  titleOf: (speaker: string) => string,
  { addedByServer, title, source }: LabelledPack,
): string {
  const speaker = speakerOf(voice);
  if (speaker !== undefined) return `${claimedBy}${titleOf(speaker)}`;
  switch (voice) {
    case 'reported':
      return addedByServer ? `reported in “${curlyQuotes(source.title)}”` : 'reported in the article';
    case publicRecord:
      return addedByServer ? 'from the public record' : 'from the public record, not from the article';
    case added:
      return addedByServer ? '' : `from ${curlyQuotes(title)}`;
    default:
      return curlyQuotes(`the ${voice}`);
  }
}
