/**
 * Two keys under which spellings of one name meet: how a word sounds, and its consonants alone.
 *
 * The sound key joins spellings that differ by convention (Tchekhov, Chekhov; Kandahar, Qandahar; Boukhara, Bukhara)
 * and the plural with the singular. The skeleton joins spellings that differ in vowels (Shiva, Sheva, شیوا). Both are
 * for names written in Persian and Russian, and their English, French and German renderings.
 */

/** Order matters: longer spellings come before the letters they contain. Capitals stand for one sound of two letters. */
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

/** How a folded word sounds. Equal for spellings of one name, and for singular and plural. */
export function soundOf(word: string): string {
  let sound = word;
  for (const [spelling, letter] of spellings) sound = sound.replace(spelling, letter);
  // A plural s; but not Abbas, Tunis, or a word so short that little else is left.
  return sound.length > 4 ? sound.replace(/(?<![aius])s$/, '') : sound;
}

/** The consonants of a sound key; a vowel at the beginning is kept as one mark, or islam and سلام would be one. */
export function skeletonOf(sound: string): string {
  return (
    sound.slice(0, 1).replace(/[aeiou]/, 'a') +
    sound
      .slice(1)
      .replace(/[aeiou]/g, '')
      .replaceAll('v', 'f')
  );
}
