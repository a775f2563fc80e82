/** Checks Unicode emoji. The emulation has no custom emoji, so it refuses every emoji with an id. */

const unicodeEmoji = new RegExp(String.raw`^(?:\p{RGI_Emoji}|\p{Emoji}\uFE0F?)$`, 'v');

/** Whether the name is a single emoji. The variation selector may be missing, because some clients leave it out. */
export const isUnicodeEmoji = (name: string): boolean => unicodeEmoji.test(name);
