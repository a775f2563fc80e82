/**
 * Finds entries whose cards Discord would refuse because they have more than 40 components. A card with too many
 * characters is not a problem, because the bot can shorten its texts.
 */
import { entryCard } from '../../chat/cards/entry-card.ts';
import { moreCard, sourcesCard } from '../../chat/cards/more-card.ts';
import { limits } from '../../chat/limits.ts';
import { createFacts } from '../../core/pack/facts.ts';
import type { Entry, Pack } from '../../core/pack/pack.ts';
import type { PackFile } from '../../core/pack/pack-file.ts';
import { entryWording } from './entry-wording.ts';

/**
 * A card has at most this many components, not counting the notes and the sides of a dispute. Notes and sides are
 * counted separately, because entries have different numbers of them.
 */
const otherParts = 20;
/**
 * Each side of a dispute adds at most two texts to a card. One text contains the side's positions in the article that
 * the pack is about. The other text contains the side's positions in the public record, which consists of sources other
 * than the article.
 */
const partsPerSide = 2;

/** Returns a message for each entry whose cards have too many components. */
export function cardProblems(pack: Pack, files: readonly PackFile[]): readonly string[] {
  // Only cards that could have too many components are built, because building all cards of a large pack takes seconds.
  const large = pack.entries.filter((entry) => otherParts + maxParts(entry) > limits.components);
  if (large.length === 0) return [];
  const facts = createFacts(pack);
  const { word } = entryWording(files);
  return large.flatMap((entry) => {
    const cards = [
      entryCard(entry, facts, { canAsk: true, owner: '1', canReport: true }),
      moreCard(entry, facts, { canReport: true }),
      sourcesCard(entry, facts, { canReport: true }),
    ];
    const parts = Math.max(...cards.map(({ components }) => partsOf(components)));
    if (parts <= limits.components) return [];
    const [field] = countedFields(entry).toSorted(([, a], [, b]) => b - a)[0] ?? ['notes'];
    const over = parts - limits.components;
    const sentence = `its card would have ${parts} parts, and Discord shows ${limits.components}; name ${over} fewer`;
    return [word(entry, [field], sentence)];
  });
}

const maxParts = (entry: Entry): number =>
  countedFields(entry).reduce((sum, [field, count]) => sum + count * (field === 'notes' ? 1 : partsPerSide), 0);

/** Returns each field that adds components to the cards of the entry, and the number of items in this field. */
function countedFields(entry: Entry): readonly (readonly [field: string, count: number])[] {
  const own = [['notes', entry.notes.length]] as const;
  if (entry.kind !== 'dispute') return own;
  return [...own, ['parties', entry.parties.length], ['recordPositions', entry.recordPositions.length]];
}

/** Counts the components. Nested components are included because Discord counts them, too. */
function partsOf(components: readonly object[]): number {
  return components.reduce(
    (sum, part) =>
      sum +
      1 +
      ('components' in part && Array.isArray(part.components) ? partsOf(part.components) : 0) +
      ('accessory' in part ? 1 : 0),
    0,
  );
}
