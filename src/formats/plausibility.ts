/**
 * Rates how much a text looks like words of certain languages. The ratings are used to compare texts that were decoded
 * from the same bytes in several encodings. A text in a wrong encoding has letters that the languages do not use,
 * capitals within words, several scripts in one word, or signs in unusual places.
 */

/** A group of languages with the same non-ASCII letters. */
export type Alphabet = keyof typeof alphabets;

const alphabets = {
  western: /[äöüßéèêëàâçîïôùœñáíóúåøæãìòÿÄÖÜÉÈÀÂÇÎÔÑÁÍÓÚÅØÆŒ]/,
  turkish: /[ğışçöüâîûİŞĞÇÖÜ]/,
  central: /[ąćęłńśźżĄĆĘŁŃŚŹŻáéíóúýčďěňřšťůžÁÉÍÓÚČĎŇŘŠŤŽŮÝäöüßőűÖÜŐŰăâîșțşţȘȚđĐ]/,
  baltic: /[āčēģīķļņšūžąęėįųõäöüĀČĒĢĪĶĻŅŠŪŽĄĘĖĮŲÕÄÖÜ]/,
  cyrillic: /[а-яА-ЯёЁіїєґІЇЄҐў]/,
  greek: /[\u0386-\u03ce]/,
  hebrew: /[\u05d0-\u05ea]/,
  arabic: /[\u0621-\u0652\u067e\u0686\u0698\u06a9\u06af\u06cc]/,
  thai: /[\u0e01-\u0e5b]/,
  kana: charactersOf('\u3040-\u30ff', 'shift_jis', [0x88, 0x97], [0x9f, 0xfc]),
  chinese: charactersOf('', 'gb18030', [0xb0, 0xd7], [0xa1, 0xfe]),
  traditional: charactersOf('', 'big5', [0xa4, 0xc6], [0x40, 0xfe]),
  korean: /[\uac00-\ud7a3]/,
  any: /[\p{L}\p{M}]/u,
} as const;

/**
 * Matches the usual characters of an East Asian encoding: the characters in `letters`, punctuation, and common Chinese
 * characters. Rare Chinese characters do not match, because a text that was decoded with a wrong encoding consists
 * mostly of them. The byte pairs of the common Chinese characters are in the given ranges of lead and trail bytes, and
 * those of the rare ones come after these ranges.
 */
function charactersOf(
  letters: string,
  encoding: string,
  [firstLead, lastLead]: readonly [number, number],
  [firstTrail, lastTrail]: readonly [number, number],
): RegExp {
  const bytes: number[] = [];
  for (let lead = firstLead; lead <= lastLead; lead++)
    for (let trail = firstTrail; trail <= lastTrail; trail++) bytes.push(lead, trail);
  const common = new TextDecoder(encoding).decode(Uint8Array.from(bytes)).replaceAll(/[^\u4e00-\u9fff]/g, '');
  return new RegExp(`[${letters}${common}\\u3000-\\u303f\\uff01-\\uff5e]`);
}

/** Letters that are so rare that a text with many of them was probably decoded with a wrong encoding. */
const rare = /[жшюцщэфъёЖШЮЩЭФЪЁõûξψζΰΐ]/;

/** Non-ASCII signs that occur in all languages. */
const signs = /[¿¡«»“”„’‘‚‹›–—…€°§²³µ½·£×±•№ºª‰™®©]/;

/**
 * The average score of all non-ASCII characters: about 1 for real words, below 0 for nonsense. If the text has no
 * non-ASCII characters, the score is 1.
 */
export function plausibility(text: string, alphabet: Alphabet = 'any'): number {
  const letters: RegExp = alphabets[alphabet];
  let nonAscii = 0;
  let score = 0;
  for (const [word] of text.matchAll(/[^\s\d!-/:-@[-`{-~]+/g)) {
    const characters = Array.from(word).filter((character) => character > '\u007f');
    if (characters.length === 0) continue;
    nonAscii += characters.length;
    score += characters.reduce((sum, character) => sum + characterScore(character, letters), 0) - wordPenalty(word);
  }
  return nonAscii === 0 ? 1 : score / nonAscii;
}

function characterScore(character: string, letters: RegExp): number {
  if (letters.test(character)) return rare.test(character) ? 0.6 : 1;
  if (signs.test(character)) return 0.85;
  const code = character.codePointAt(0) ?? 0;
  if (code === 0xfffd || (code >= 0x80 && code < 0xa0)) return -5;
  if (code === 0xa0 || code === 0x200c || code === 0x200f) return 0.5;
  // Half-width kana and Hebrew vowel points are rare. A text with them was probably decoded with a wrong encoding.
  if ((code >= 0xff61 && code <= 0xff9f) || (code >= 0x5b0 && code < 0x5d0)) return 0.3;
  // Any other Chinese character. The common ones are among the `letters`.
  if (code >= 0x4e00 && code <= 0x9fff) return 0.2;
  return /[ðþÐÞýÝ]/.test(character) ? 0 : -0.5;
}

const scripts: readonly RegExp[] = [
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Hebrew}/u,
  /\p{Script=Arabic}/u,
  /\p{Script=Hangul}/u,
  /\p{Script=Han}/u,
  /\p{Script=Latin}/u,
];

/** The sum of the penalties of a word with non-ASCII characters. */
function wordPenalty(word: string): number {
  const letters = word.replaceAll(/[^\p{L}]/gu, '');
  const accented = letters.match(/[\u00aa-\u024f]/g)?.length ?? 0;
  const odd = word.match(/[^\p{L}\p{M}\p{N}\p{ASCII}]/gu)?.length ?? 0;
  return (
    // A small letter before a capital within a word, as in "пРИВЕТ".
    Number(/\p{Ll}\p{Lu}/u.test(letters)) * 2 +
    Number(scripts.filter((script) => script.test(letters)).length > 1) * 2 +
    // Two accented Latin capitals in a row, or a word with more than 70 % accented Latin letters.
    Number(/[À-Þ]{2}/.test(letters)) * 1.5 +
    (letters.length >= 3 && accented > 0.7 * letters.length ? letters.length : 0) +
    // A Greek word that has four or more letters but no accent, or a final sigma before another letter.
    (/^\p{Script=Greek}{4,}$/u.test(letters) && !/[άέήίόύώΆΈΉΊΌΎΏΐΰ]/.test(letters) ? letters.length / 2 : 0) +
    Number(/ς\p{L}/u.test(letters)) +
    // A Hebrew final letter before another letter.
    Number(/[ךםןףץ]\p{L}/u.test(letters)) +
    cyrillicPenalty(letters) +
    // A non-ASCII sign between two letters (unless the sign can join words), or more than two non-ASCII signs in one
    // word.
    Number(/\p{L}(?!\u200c|\u200d|\u00ad)[^\p{L}\p{M}\p{ASCII}’‘·–—]\p{L}/u.test(word)) * 1.5 +
    (odd > 2 ? odd : 0)
  );
}

/**
 * The penalty of a Cyrillic word. A word gets a penalty if it begins with ъ, ы or ь, because no word begins with these
 * letters. A word also gets a penalty if it has no vowel, or if all its letters are capitals. Between two letters, ъ
 * counts as a vowel, because it is a vowel in Bulgarian.
 */
function cyrillicPenalty(letters: string): number {
  if (!/^\p{Script=Cyrillic}{3,}$/u.test(letters)) return 0;
  const isMute = letters.length > 3 && !/[аеёиоуыэюяіїє]|(?<=\p{L})ъ(?=\p{L})/iu.test(letters);
  return (
    Number(/^[ъьы]/i.test(letters)) +
    (isMute ? letters.length / 2 : 0) +
    (letters === letters.toUpperCase() ? letters.length / 10 : 0)
  );
}
