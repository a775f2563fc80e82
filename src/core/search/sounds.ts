/**
 * Computes two phonetic keys of a word, so that different spellings of a name have equal keys.
 *
 * The first key is the sound. Spellings that follow different conventions have the same sound (Tchekhov, Chekhov;
 * Kandahar, Qandahar; Boukhara, Bukhara). The singular and plural of a word have the same sound, too. The second key is
 * the skeleton, which contains only consonants. Spellings with different vowels have the same skeleton (Shiva, Sheva,
 * شیوا).
 *
 * Both keys are designed for Persian and Russian names in English, French and German spelling.
 */

/**
 * Spelling → sound. The replacements are applied in this order, so a longer spelling comes before the letters that it
 * contains. The capitals C and S represent sounds that are written with several letters.
 */
const spellings: readonly (readonly [RegExp, string])[] = [
  [/dsch|dzh/g, 'j'],
  [/tsch|tch/g, 'C'],
  [/sch|sh/g, 'S'],
  [/ch/g, 'C'],
  [/zh|dj/g, 'j'],
  [/kh/g, 'h'],
  [/gh/g, 'g'],
  [/ph/g, 'f'],
  [/ck|q|c/g, 'k'],
  [/x/g, 'ks'],
  [/oo|ou|ow(?![aeiouy])/g, 'u'],
  [/ee|ey|ej$/g, 'ei'],
  [/w/g, 'v'],
  [/y/g, 'i'],
  [/ei/g, 'i'],
  [/(.)\1+/g, '$1'],
];

/**
 * The sound of a word that has been normalised by `fold`. Different spellings of a name have the same sound. The
 * singular and plural of a word also have the same sound.
 */
export function soundOf(word: string): string {
  let sound = word;
  for (const [spelling, letter] of spellings) sound = sound.replace(spelling, letter);
  // Removes a plural s. Short words and names such as Abbas or Tunis keep their final s. Words that end with x are not
  // changed, because their sound ends with ks.
  return sound.length > 4 && !word.endsWith('x') ? sound.replace(/(?<![aius])s$/, '') : sound;
}

/**
 * The skeleton of the sound of a word: its consonants. A vowel at the beginning becomes `a`, so that "islam" and سلام
 * have different skeletons.
 */
export function skeletonOf(sound: string): string {
  return (
    sound.slice(0, 1).replace(/[aeiou]/, 'a') +
    sound
      .slice(1)
      .replace(/[aeiou]/g, '')
      .replaceAll('v', 'f')
  );
}
