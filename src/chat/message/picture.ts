/**
 * A picture that goes along with an answer: the same in words, for whoever cannot see it. What it looks like is an SVG
 * of our own; names and titles in it come from people and packs, so they pass {@link svgText} first.
 */
import { limits } from '../limits.ts';
import { cleanInline, shorten } from './escape-markdown.ts';
import { type Attachment, mediaGallery, type Message, message } from './message-components.ts';

export interface Picture {
  readonly svg: string;
  /** What it shows, in words. */
  readonly alt: string;
}

/** The picture as the file that is sent. */
export const attachmentOf = ({ alt }: Picture, data: Uint8Array): Attachment => ({
  name: 'picture.png',
  data,
  description: shorten(alt, limits.attachmentDescription),
});

/** The same message with the picture at its end, in the same box where it has one. */
export function withPicture({ components }: Message, file: Attachment): Message {
  const last = components.at(-1);
  return last?.type === 17
    ? message(...components.slice(0, -1), { ...last, components: [...last.components, mediaGallery(file)] })
    : message(...components, mediaGallery(file));
}

/** Text without meaning of its own in XML. */
export const escapeXml = (words: string): string =>
  words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/**
 * What the font of the pictures (DejaVu Sans) has no glyph for, or only an empty box. Digits and punctuation belong to
 * no script; accents and the joiners of Persian spelling are “inherited”.
 */
const missing =
  /[^\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Armenian}\p{Script=Georgian}\p{Script=Inherited}\u0020-\u007e\u00a0-\u00bf\u060c\u061b\u061f\u0640\u0660-\u0669\u2010-\u2027\u2039\u203a]/gu;

/**
 * Words for a text of an SVG with nothing else in it: one line, escaped, right-to-left ones isolated. Undefined
 * when letters would be lost, as in a name in Chinese: half a name is none.
 */
export function svgText(words: string, most: number): string | undefined {
  const line = words.replaceAll(/\s+/g, ' ');
  if ((line.match(missing) ?? []).some((lost) => /\p{L}/u.test(lost))) return undefined;
  const rest = cleanInline(line.replaceAll(missing, ''), most);
  return rest === '' ? undefined : escapeXml(rest);
}
