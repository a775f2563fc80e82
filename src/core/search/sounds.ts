/**
 * Two phonetic keys that are equal for different spellings of a name: the sound of a word, and its consonants alone.
 *
 * The sound is equal for spellings that differ by convention (Tchekhov, Chekhov; Kandahar, Qandahar; Boukhara, Bukhara)
 * and for plural and singular. The skeleton is equal for spellings with other vowels (Shiva, Sheva, شیوا). Both are made
 * for Persian and Russian names and their English, French and German spellings.
 */

/** Longer spellings come before the letters they contain. A capital stands for one sound written with two letters. */
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

/** The sound of a folded word: equal for the spellings of a name, and for singular and plural. */
export function soundOf(word: string): string {
  let sound = word;
  for (const [spelling, letter] of spellings) sound = sound.replace(spelling, letter);
  // Removes a plural s, but not from Abbas, Tunis or a short word.
  return sound.length > 4 ? sound.replace(/(?<![aius])s$/, '') : sound;
}

/** The consonants of a sound. A vowel at the beginning is kept as `a`, so that islam and سلام differ. */
export function skeletonOf(sound: string): string {
  return (
    sound.slice(0, 1).replace(/[aeiou]/, 'a') +
    sound
      .slice(1)
      .replace(/[aeiou]/g, '')
      .replaceAll('v', 'f')
  );
}
