/** A list of short texts. Several texts share one string, because a million strings keep the garbage collector busy. */

export interface PackedTexts {
  get(index: number): string;
  /** Sets a text. A new text must be added at the end of the list. */
  set(index: number, text: string): void;
}

/** Number of texts in a string. Setting one text copies all of them. */
const together = 64;
/** The length of a text is one character, so longer texts are cut. */
const mostCharacters = 0xff_ff;

export function createPackedTexts(): PackedTexts {
  /**
   * A pack is one string: first the lengths of its texts, one character each, then the texts. The last pack is a list
   * until it is full.
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
      const text = given.slice(0, mostCharacters);
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

/** The index in a pack at which its text number `at` starts. */
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
