/**
 * Reads a text that was typed with the wrong keyboard layout: the keys of привет give "ghbdtn" in the English layout.
 * Knows the Russian and the Persian layout. Deliberately absent: layouts with Latin letters, which differ from the
 * English one in few keys.
 */

const english = "qwertyuiop[]asdfghjkl;'zxcvbnm,.";
/** The letters of the same keys, in the same order. */
const others = ['йцукенгшщзхъфывапролджэячсмитьбю', 'ضصثقفغعهخحجچشسیبلاتنمکگظطزرذدپو.'] as const;

/** A text with fewer different letters is not converted, because it would be as meaningless in any layout: aaaa. */
const FEWEST_LETTERS = 3;

/** What a text would be in the other layouts. Empty if the text has characters of no layout, such as digits. */
export function inOtherLayouts(text: string): readonly string[] {
  const typed = text.toLowerCase();
  if (new Set(typed).size < FEWEST_LETTERS) return [];
  return others
    .flatMap((letters) => [exchange(typed, english, letters), exchange(typed, letters, english)])
    .filter((read) => read !== undefined);
}

/** Replaces each letter of one layout with the letter of the same key. Undefined if there is another character. */
function exchange(text: string, from: string, to: string): string | undefined {
  let read = '';
  for (const letter of text) {
    const key = from.indexOf(letter);
    if (key === -1 && letter !== ' ') return undefined;
    read += key === -1 ? letter : (to[key] ?? '');
  }
  return read;
}
