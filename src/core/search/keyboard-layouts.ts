/**
 * Converts a text that was typed with the wrong keyboard layout. For example, the keys for привет give "ghbdtn" in the
 * English layout. The English, Russian and Persian layouts are supported. Other layouts with Latin letters are not
 * supported, because they differ from the English layout in only a few keys.
 */

const english = "qwertyuiop[]asdfghjkl;'zxcvbnm,.";
/** The letters on the same keys in the Russian and in the Persian layout. */
const others = ['йцукенгшщзхъфывапролджэячсмитьбю', 'ضصثقفغعهخحجچشسیبلاتنمکگظطزرذدپو.'] as const;

/**
 * Minimum number of different letters in a text that is converted. A text such as "aaaa" has no meaning in any layout.
 */
const FEWEST_LETTERS = 3;

/**
 * Returns what the same keys would give in another layout. Empty if the text has characters that no layout contains,
 * such as digits.
 */
export function inOtherLayouts(text: string): readonly string[] {
  const typed = text.toLowerCase();
  if (new Set(typed).size < FEWEST_LETTERS) return [];
  return others
    .flatMap((letters) => [exchange(typed, english, letters), exchange(typed, letters, english)])
    .filter((read) => read !== undefined);
}

/**
 * Replaces each letter of one layout with the letter of the same key. Undefined if a character is not in the layout
 * `from`.
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
