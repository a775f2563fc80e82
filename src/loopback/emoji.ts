/** Emoji of Unicode. The emulation has no custom emoji, so every emoji with an id is unknown to it. */

const unicodeEmoji = new RegExp(String.raw`^(?:\p{RGI_Emoji}|\p{Emoji}\uFE0F?)$`, 'v');

/** Whether this is one emoji, with or without the variation selector that some clients leave out. */
export const isUnicodeEmoji = (name: string): boolean => unicodeEmoji.test(name);
