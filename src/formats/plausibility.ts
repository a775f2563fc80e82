/**
 * Rates how much a text looks like words of certain languages. It compares readings of the same bytes in several
 * encodings. A wrong reading has letters that the languages do not use, capitals within words, scripts mixed within a
 * word, or signs in places where no language has them.
 */

/** The letters beyond ASCII that a group of languages really uses. */
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
  kana: /[\u3040-\u30ff\u4e00-\u9fff\u3000-\u303f\uff01-\uff5e]/,
  chinese: /[\u4e00-\u9fff\u3000-\u303f\uff01-\uff5e]/,
  korean: /[\uac00-\ud7a3]/,
  any: /[\p{L}\p{M}]/u,
} as const;

/** Letters that are so rare that many of them show a wrong reading. */
const rare = /[жшюцщэфъёЖШЮЩЭФЪЁõûξψζΰΐ]/;

/** Signs beyond ASCII that texts of all languages use. */
const signs = /[¿¡«»“”„’‘‚‹›–—…€°§²³µ½·£×±•№ºª‰™®©]/;

/** About 1 for real words, below 0 for nonsense: the average over all characters beyond ASCII. */
export function plausibility(text: string, alphabet: Alphabet = 'any'): number {
  const letters: RegExp = alphabets[alphabet];
  let beyond = 0;
  let score = 0;
  for (const [word] of text.matchAll(/[^\s\d!-/:-@[-`{-~]+/g)) {
    const characters = Array.from(word).filter((character) => character > '\u007f');
    if (characters.length === 0) continue;
    beyond += characters.length;
    score += characters.reduce((sum, character) => sum + characterScore(character, letters), 0) - wordPenalty(word);
  }
  return beyond === 0 ? 1 : score / beyond;
}

function characterScore(character: string, letters: RegExp): number {
  if (letters.test(character)) return rare.test(character) ? 0.6 : 1;
  if (signs.test(character)) return 0.85;
  const code = character.codePointAt(0) ?? 0;
  if (code === 0xfffd || (code >= 0x80 && code < 0xa0)) return -5;
  if (code === 0xa0 || code === 0x200c || code === 0x200f) return 0.5;
  // Half-width kana and Hebrew vowel points exist, but more often they are a wrong reading.
  if ((code >= 0xff61 && code <= 0xff9f) || (code >= 0x5b0 && code < 0x5d0)) return 0.3;
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

/** What is wrong with a word that has characters beyond ASCII. */
function wordPenalty(word: string): number {
  const letters = word.replaceAll(/[^\p{L}]/gu, '');
  const accented = letters.match(/[\u00aa-\u024f]/g)?.length ?? 0;
  const odd = word.match(/[^\p{L}\p{M}\p{N}\p{ASCII}]/gu)?.length ?? 0;
  return (
    // A small letter before a capital within a word, as in "пРИВЕТ".
    Number(/\p{Ll}\p{Lu}/u.test(letters)) * 2 +
    Number(scripts.filter((script) => script.test(letters)).length > 1) * 2 +
    // Two accented Latin capitals in a row, or a word of hardly anything but accented Latin letters.
    Number(/[À-Þ]{2}/.test(letters)) * 1.5 +
    (letters.length >= 3 && accented > 0.7 * letters.length ? letters.length : 0) +
    // A longer Greek word without an accent, or with a final sigma before another letter.
    (/^\p{Script=Greek}{4,}$/u.test(letters) && !/[άέήίόύώΆΈΉΊΌΎΏΐΰ]/.test(letters) ? letters.length / 2 : 0) +
    Number(/ς\p{L}/u.test(letters)) +
    // A sign beyond ASCII between two letters, other than those that join words, or many signs in one word.
    Number(/\p{L}(?!\u200c|\u200d|\u00ad)[^\p{L}\p{M}\p{ASCII}’‘·–—]\p{L}/u.test(word)) * 1.5 +
    (odd > 2 ? odd : 0)
  );
}
