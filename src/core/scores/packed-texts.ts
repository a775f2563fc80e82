/** A list of short texts. Several texts share one string, because a million strings keep the garbage collector busy. */

export interface PackedTexts {
  get(index: number): string;
  /** Sets a text. A new text must be added at the end of the list. */
  set(index: number, text: string): void;
}

/** Number of texts in a string. Reading one text reads all of them. */
const together = 64;

export function createPackedTexts(): PackedTexts {
  /** A pack is JSON. The last pack is a list until it is full. */
  const packs: (string | string[])[] = [];
  function listOf(pack: number): string[] {
    const found = packs[pack] ?? [];
    if (typeof found !== 'string') return found;
    const texts: string[] = JSON.parse(found);
    return texts;
  }
  return {
    get: (index) => listOf(Math.floor(index / together))[index % together] ?? '',
    set(index, text) {
      const pack = Math.floor(index / together);
      const texts = listOf(pack);
      if (texts[index % together] === text) return;
      texts[index % together] = text;
      packs[pack] = texts.length === together ? JSON.stringify(texts) : texts;
    },
  };
}
