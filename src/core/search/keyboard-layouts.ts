/**
 * Converts a text that was typed with the wrong keyboard layout. For example, a member who means привет but has the
 * English layout types "ghbdtn". The English, Russian and Persian layouts are supported. Other layouts with Latin
 * letters are not supported, because they differ from the English layout in only a few keys.
 */

const english = "qwertyuiop[]asdfghjkl;'zxcvbnm,.";
/** The letters of the Russian and the Persian layout, in the order of the keys in `english`. */
const others = ['йцукенгшщзхъфывапролджэячсмитьбю', 'ضصثقفغعهخحجچشسیبلاتنمکگظطزرذدپو.'] as const;

/**
 * Minimum number of different letters. A text with fewer, such as "aaaa", is not converted, because it has no meaning
 * in any layout.
 */
const FEWEST_LETTERS = 3;

/**
 * The texts that the same keys give in other layouts. Empty if the text has fewer than FEWEST_LETTERS different
 * letters, or a character that no layout contains, such as a digit.
 */
export function inOtherLayouts(text: string): readonly string[] {
  const typed = text.toLowerCase();
  if (new Set(typed).size < FEWEST_LETTERS) return [];
  return others
    .flatMap((letters) => [exchange(typed, english, letters), exchange(typed, letters, english)])
    .filter((read) => read !== undefined);
}

/**
 * Replaces each letter of one keyboard layout (`from`) with the letter on the same key of another layout (`to`).
 * Undefined if the text contains a character that the first layout lacks.
 */
function exchange(text: string, from: string, to: string): string | undefined {
  let read = '';
  for (const letter of text) {
    const key = from.indexOf(letter);
    if (key === -1 && letter !== ' ') return undefined;
    read += key === -1 ? letter : (to[key] ?? '');
  }
  return read;
}
