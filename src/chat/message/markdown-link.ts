/** Links in messages. The title and the address are escaped, so they cannot end the link or begin another link. */
import { invisibleCharacters } from '../../core/invisible-characters.ts';
import { escapeMarkdown } from './escape-markdown.ts';

/** A link to a source. The title is escaped. Discord shows no preview, because the address is in angle brackets. */
export const markdownLink = (title: string, url: string): string =>
  `[${escapeMarkdown(title)}](<${encodeAddress(url)}>)`;

/** Characters that could end an address in markdown. Percent-encoding them does not change where the link leads. */
const endsAddress = /[\s()<>[\]\\`|"']/g;

function encodeAddress(url: string): string {
  return url.replaceAll(invisibleCharacters, '').replaceAll(endsAddress, percentEncoded);
}

const percentEncoded = (character: string): string =>
  [...new TextEncoder().encode(character)]
    .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('');
