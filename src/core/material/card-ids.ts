/**
 * Calculates the ids of cards. Members keep their progress on a card as long as its id stays the same. Therefore the id
 * depends only on the front of the card. It does not change if the back, other cards or the order of the rows change.
 *
 * There is an exception: if several cards would have the same id, one of them keeps this id, and a number is appended
 * to the ids of the others. The fronts and backs of these cards decide which card gets which number.
 */
import { seedOf } from '../dice.ts';
import { romanise } from '../search/romanise.ts';

const longest = 60;

/**
 * Converts a text to a slug of Latin letters and digits: "Было" becomes "bylo". Undefined if no character can be
 * converted.
 */
export function slugOf(text: string, most = longest): string | undefined {
  const latin = romanise(text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase());
  const slug = latin.replaceAll(/['’ʼ]/g, '').replaceAll(/[^a-z0-9]+/g, '-');
  const short = slug.replace(/^-/, '').slice(0, most).replace(/-$/, '');
  return short === '' ? undefined : short;
}

/**
 * Characters that a slug cannot contain although they distinguish one front from another: symbols, and letters of
 * scripts that are not romanised.
 */
const lostInSlug = /[\p{S}#*@&%/\\]|[^\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Arabic}\P{L}]/u;

/**
 * The id of a card with this front. Does not check whether another card has the same id. A hash is appended if the slug
 * is too long or cannot contain all characters of the front.
 */
function ownId(front: string): string {
  const line = front.normalize('NFC').replaceAll(/\s+/g, ' ').trim();
  const slug = slugOf(line, longest + 1);
  const isWhole = slug !== undefined && slug.length <= longest && !lostInSlug.test(line);
  if (isWhole) return slug;
  const hash = seedOf(line.toLowerCase()).toString(36);
  return `${(slug ?? 'card').slice(0, longest - hash.length - 1).replace(/-$/, '')}-${hash}`;
}

/**
 * The ids of cards, in the order of the cards. If several cards would have the same id, they are sorted alphabetically
 * by front and back. The first of them keeps the id, and a number is appended to the ids of the others. Therefore the
 * ids do not depend on the order of the rows.
 */
export function cardIds(cards: readonly { readonly front: string; readonly back: string }[]): readonly string[] {
  const sameId = new Map<string, { readonly index: number; readonly key: string }[]>();
  for (const [index, { front, back }] of cards.entries()) {
    const id = ownId(front);
    const same = sameId.get(id) ?? [];
    same.push({ index, key: `${front}\0${back}` });
    sameId.set(id, same);
  }
  const ids: string[] = [];
  const taken = new Set(sameId.keys());
  for (const [id, same] of sameId) {
    let number = 1;
    for (const { index } of same.toSorted((a, b) => (a.key < b.key ? -1 : 1))) {
      let made = id;
      // Skips a number if the resulting id belongs to another card. For example, the id `chapter-2` may belong to a
      // card with the front "Chapter 2".
      for (; number > 1 && taken.has(made); number++) made = withNumber(id, number);
      taken.add(made);
      ids[index] = made;
      number = Math.max(2, number);
    }
  }
  return ids;
}

const withNumber = (id: string, number: number): string =>
  `${id.slice(0, longest - String(number).length - 1)}-${number}`;
