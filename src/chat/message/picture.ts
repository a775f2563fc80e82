/**
 * A picture that is sent with a message. The picture is drawn from an SVG. All names and titles in the SVG must be
 * escaped with {@link svgText}, because they come from members and packs.
 */
import { limits } from '../limits.ts';
import { cleanInline, shorten } from './escape-markdown.ts';
import { type Attachment, type Message, componentType, mediaGallery, message } from './message-components.ts';

export interface Picture {
  readonly svg: string;
  /** Alt text. */
  readonly alt: string;
}

/** The picture as a file with alt text. The alt text is shortened to Discord's limit. `data` is the PNG. */
export const attachmentOf = ({ alt }: Picture, data: Uint8Array): Attachment => ({
  name: 'picture.png',
  data,
  description: shorten(alt, limits.attachmentDescription),
});

/**
 * Adds a picture at the end of a message. If the last component of the message is a container, the picture is added
 * inside this container.
 */
export function withPicture({ components }: Message, file: Attachment): Message {
  const last = components.at(-1);
  return last?.type === componentType.container
    ? message(...components.slice(0, -1), { ...last, components: [...last.components, mediaGallery(file)] })
    : message(...components, mediaGallery(file));
}

/** Escapes text for XML. */
export const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/**
 * Matches characters that the font of the pictures (DejaVu Sans) does not have. The pattern is negated: it lists what
 * the font has, and matches everything else. Most characters are listed by script. Digits and punctuation belong to no
 * single script, so they are listed by code point. Combining accents and Persian joiners have the script "Inherited".
 */
const missingGlyphs =
  /[^\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Armenian}\p{Script=Georgian}\p{Script=Inherited}\u0020-\u007e\u00a0-\u00bf\u060c\u061b\u061f\u0640\u0660-\u0669\u2010-\u2027\u2039\u203a]/gu;

/**
 * Prepares a text for an SVG element: one line, escaped for XML, with right-to-left text isolated. Undefined if the
 * font lacks a letter of the text, for example of a Chinese name. Such a text is not drawn, because a name with missing
 * letters would be misleading.
 */
export function svgText(text: string, most: number): string | undefined {
  const line = text.replaceAll(/\s+/g, ' ');
  if ((line.match(missingGlyphs) ?? []).some((lost) => /\p{L}/u.test(lost))) return undefined;
  const rest = cleanInline(line.replaceAll(missingGlyphs, ''), most);
  return rest === '' ? undefined : escapeXml(rest);
}
