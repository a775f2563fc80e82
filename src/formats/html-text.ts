/**
 * Converts the HTML of a flashcard program to text. `<br>` and block elements become line breaks. Subscripts and
 * superscripts become Unicode characters. All other tags are removed. The tags of pictures are removed too, because the
 * files of the pictures are not imported. The conversion takes time proportional to the length of the text.
 */

/**
 * Whether a text contains HTML of a flashcard program. A formatting tag without its closing tag, such as a single
 * `<b>`, is not enough, because the text may be about the tag.
 */
export const looksLikeHtml = (text: string): boolean =>
  /<(br|\/?div|\/?p|img)\b[^<>]*>|<(b|i|u|em|strong|span|sub|sup)\b[^<>]*>[^<]*<\/\2>|&nbsp;/i.test(text);

export const soundTag = /\[sound:[^[\]]*\]/g;
export const imageTag = /<img\b[^<>]*>/gi;

/** Converts HTML to text. */
export function textOfHtml(html: string): string {
  const plain = html
    // In HTML, a line end in the source is only a space.
    .replaceAll(/[\t\r\n]+/g, ' ')
    .replaceAll(imageTag, '')
    .replaceAll(/<(su[bp])>([^<>]*)<\/su[bp]>/gi, (_, tag: string, inner: string) => subOrSuperscript(tag, inner))
    .replaceAll(/<br\b[^<>]*>/gi, '\n')
    .replaceAll(/<(?:\/(?:div|p|li|tr|h\d|ul|ol)|(?:div|p|li|tr|h\d))\b[^<>]*>/gi, '\n')
    .replaceAll(/<\/?[a-z][^<>]*>|<!--[^<>]*-->/gi, '');
  return decodeEntities(plain)
    .replaceAll(/[^\S\n]+/g, ' ')
    .replaceAll(/ ?\n[ \n]*/g, '\n')
    .trim();
}

const subscriptDigits = '₀₁₂₃₄₅₆₇₈₉';
const superscriptDigits = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const signs = {
  sub: { '+': '₊', '-': '₋', '−': '₋', n: 'ₙ', x: 'ₓ' },
  sup: { '+': '⁺', '-': '⁻', '−': '⁻', n: 'ⁿ', i: 'ⁱ' },
};

/**
 * Converts the content of a `<sub>` or `<sup>` to Unicode subscripts or superscripts. If one of the characters is
 * neither a digit nor in `signs`, the content is written as _(…) or ^(…). For example, 10<sup>ab</sup> becomes 10^(ab)
 * and not 10ab.
 */
function subOrSuperscript(tag: string, inner: string): string {
  const place = tag.toLowerCase() === 'sub' ? 'sub' : 'sup';
  const digits = place === 'sub' ? subscriptDigits : superscriptDigits;
  const known: Readonly<Record<string, string>> = signs[place];
  const small = Array.from(inner, (one) => (/\d/.test(one) ? digits[Number(one)] : known[one]));
  if (small.every((one) => one !== undefined)) return small.join('');
  return place === 'sub' ? `_(${inner})` : `^(${inner})`;
}

/** The HTML names of the characters from U+00A0 to U+00FF, in this order. */
const latin =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml';

/** Further entity names of HTML, each with its character. They are neither in `latin` nor in `greek`. */
const others =
  'amp=& lt=< gt=> quot=" apos=\' OElig=Œ oelig=œ Scaron=Š scaron=š Yuml=Ÿ fnof=ƒ circ=ˆ tilde=˜ ensp=\u2002 emsp=\u2003 thinsp=\u2009 zwnj=\u200c zwj=\u200d ndash=– mdash=— lsquo=‘ rsquo=’ sbquo=‚ ldquo=“ rdquo=” bdquo=„ dagger=† Dagger=‡ bull=• hellip=… permil=‰ prime=′ Prime=″ lsaquo=‹ rsaquo=› oline=‾ frasl=⁄ euro=€ image=ℑ weierp=℘ real=ℜ trade=™ alefsym=ℵ larr=← uarr=↑ rarr=→ darr=↓ harr=↔ crarr=↵ lArr=⇐ uArr=⇑ rArr=⇒ dArr=⇓ hArr=⇔ forall=∀ part=∂ exist=∃ empty=∅ nabla=∇ isin=∈ notin=∉ ni=∋ prod=∏ sum=∑ minus=− lowast=∗ radic=√ prop=∝ infin=∞ ang=∠ and=∧ or=∨ cap=∩ cup=∪ int=∫ there4=∴ sim=∼ cong=≅ asymp=≈ ne=≠ equiv=≡ le=≤ ge=≥ sub=⊂ sup=⊃ nsub=⊄ sube=⊆ supe=⊇ oplus=⊕ otimes=⊗ perp=⊥ sdot=⋅';

/** The HTML names of the Greek letters, lower case from U+03B1 and upper case from U+0391. U+03A2 is not a letter. */
const greek =
  'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigmaf sigma tau upsilon phi chi psi omega';

const entities: ReadonlyMap<string, string> = new Map([
  ...latin.split(' ').map((name, index) => [name, String.fromCodePoint(0xa0 + index)] as const),
  ...others.split(' ').map((pair) => {
    const at = pair.indexOf('=');
    return [pair.slice(0, at), pair.slice(at + 1)] as const;
  }),
  ...greek
    .split(' ')
    .flatMap((name, index) => [
      [name, String.fromCodePoint(0x3b1 + index)] as const,
      [`${name.slice(0, 1).toUpperCase()}${name.slice(1)}`, String.fromCodePoint(0x391 + index)] as const,
    ]),
]);

function decodeEntities(text: string): string {
  return text.replaceAll(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]\w{1,8}));/gi, (whole, decimal, hex, name) => {
    if (typeof name === 'string') return entities.get(name) ?? whole;
    const code = typeof decimal === 'string' ? Number(decimal) : Number.parseInt(String(hex), 16);
    return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code < 0xe000) ? String.fromCodePoint(code) : whole;
  });
}
