/**
 * From readings of words to entries worth ranking: those that hold the words, by how much of the query they cover.
 * Names and their order do not matter here yet.
 */
import type { Reading } from './readings.ts';
import { PLACE_WEIGHTS, type Vocabulary } from './vocabulary.ts';

/** An entry and how well it answers each typed word, before names are compared. */
export interface Candidate {
  readonly entry: number;
  readonly cover: number;
}

/** The best entries by the words they cover, at most `limit`, best first. */
export function candidatesFor(
  readings: readonly Reading[],
  vocabulary: Vocabulary,
  limit: number,
): readonly Candidate[] {
  const total = readings.reduce((sum, { weight }) => sum + weight, 0);
  const covered = new Map<number, number>();
  for (const { likeness, weight } of readings) {
    const values = new Map<number, number>();
    for (const [term, like] of likeness) {
      const list = vocabulary.postings[term] ?? [];
      for (let at = 0; at < list.length; at += 2) {
        const entry = list[at] ?? 0;
        const value = like * (PLACE_WEIGHTS[list[at + 1] ?? 2] ?? 0);
        if (value > (values.get(entry) ?? 0)) values.set(entry, value);
      }
    }
    for (const [entry, value] of values) covered.set(entry, (covered.get(entry) ?? 0) + weight * value);
  }
  return best(covered, limit)
    .map(([entry, sum]) => ({ entry, cover: sum / total }))
    .sort((a, b) => b.cover - a.cover || a.entry - b.entry)
    .slice(0, limit);
}

/** At least the `limit` pairs with the highest sums, without sorting them all: a common word has thousands. */
function best(sums: ReadonlyMap<number, number>, limit: number): readonly (readonly [number, number])[] {
  const all = [...sums];
  if (all.length <= limit) return all;
  const highest = all.reduce((most, [, sum]) => Math.max(most, sum), 0);
  const bins = Array.from({ length: 64 }, () => 0);
  const binOf = (sum: number) => Math.floor((63 * sum) / highest);
  for (const [, sum] of all) bins[binOf(sum)] = (bins[binOf(sum)] ?? 0) + 1;
  let lowest = 63;
  for (let count = bins[63] ?? 0; count < limit && lowest > 0; count += bins[lowest] ?? 0) lowest--;
  return all.filter(([, sum]) => binOf(sum) >= lowest);
}
