/**
 * A list of short texts. Several texts are stored in one string, because a million strings would slow down garbage
 * collection.
 */

export interface PackedTexts {
  get(index: number): string;
  /**
   * Sets a text. `index` is the index of an existing text. To add a new text, `index` must be the length of the list.
   */
  set(index: number, text: string): void;
}

/** Number of texts in one string. The number is small, because changing one text copies the whole string. */
const together = 64;
/** Maximum length of a text. Longer texts are cut, because the length of a text is stored as one character code. */
const maxCharacters = 0xff_ff;

export function createPackedTexts(): PackedTexts {
  /**
   * Groups of texts. A full group is one string: first the length of each text, as one character, and then the texts.
   * If the last group is not full, it is a list of texts.
   */
  const packs: (string | string[])[] = [];
  return {
    get(index) {
      const pack = packs[Math.floor(index / together)];
      const at = index % together;
      if (typeof pack !== 'string') return pack?.[at] ?? '';
      const from = startIn(pack, at);
      return pack.slice(from, from + pack.charCodeAt(at));
    },
    set(index, given) {
      const text = given.slice(0, maxCharacters);
      const number = Math.floor(index / together);
      const at = index % together;
      const pack = (packs[number] ??= []);
      if (typeof pack === 'string') packs[number] = withText(pack, at, text);
      else {
        pack[at] = text;
        if (pack.length === together) packs[number] = pack.map(lengthOf).join('') + pack.join('');
      }
    },
  };
}

const lengthOf = (text: string): string => String.fromCharCode(text.length);

/** The index of the first character of a text in a full group. `at` is the index of the text in the group. */
function startIn(pack: string, at: number): number {
  let start = together;
  for (let before = 0; before < at; before++) start += pack.charCodeAt(before);
  return start;
}

function withText(pack: string, at: number, text: string): string {
  const from = startIn(pack, at);
  const end = from + pack.charCodeAt(at);
  if (pack.slice(from, end) === text) return pack;
  return pack.slice(0, at) + lengthOf(text) + pack.slice(at + 1, from) + text + pack.slice(end);
}
