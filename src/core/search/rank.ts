/**
 * The order of the candidates and how sure it is: coverage of the words first, then how well one of the entry's own
 * names fits the query as a whole, then Fuse as the judge of close calls.
 */
import type { Candidate } from './candidates.ts';
import type { Query } from './normalise.ts';
import type { Reading } from './readings.ts';
import { rangeOf, type Name, type Vocabulary } from './vocabulary.ts';

/** A missing word costs more than its share: an entry with all the words beats one that has the rarest. */
const COVERAGE_POWER = 1.5;
/** Share of the confidence that the fit of a name decides; the rest is coverage. */
const NAME_SHARE = 0.16;

export interface Ranked {
  readonly entry: number;
  /** From 0 to 1; see the bands in search.ts. */
  readonly confidence: number;
}

/** Candidates with their confidence, in no order. */
export function confidences(
  candidates: readonly Candidate[],
  query: Query,
  readings: readonly Reading[],
  vocabulary: Vocabulary,
): readonly Ranked[] {
  const typed = query.words.join(' ');
  const total = readings.reduce((sum, { weight }) => sum + weight, 0);
  return candidates.map(({ entry, cover }) => {
    let fit = 0;
    for (const name of vocabulary.names[entry] ?? [])
      fit = Math.max(fit, fitOf(name, typed, readings, total, vocabulary));
    return { entry, confidence: cover ** COVERAGE_POWER * (1 - NAME_SHARE + NAME_SHARE * fit) };
  });
}

/** Most names looked at for one beginning: a single letter begins many, and a list of choices holds 25. */
const MOST_BEGUN = 100;

/** Entries of which a name, stop words and all, begins with what is typed so far, with the confidence that gives. */
export function begunNames({ typed }: Query, { wholeNames, entryOfWhole }: Vocabulary): ReadonlyMap<number, number> {
  const start = typed.join(' ');
  const begun = new Map<number, number>();
  if (start === '') return begun;
  const [from, to] = rangeOf(wholeNames, start);
  for (let place = from; place < Math.min(to, from + MOST_BEGUN); place++) {
    const entry = entryOfWhole[place] ?? 0;
    const confidence = 0.75 + 0.25 * (start.length / (wholeNames[place]?.length ?? 1));
    begun.set(entry, Math.max(begun.get(entry) ?? 0, confidence));
  }
  return begun;
}

/** How much of the query one name explains and how much of the name the query asks for (their harmonic mean). */
function fitOf(name: Name, typed: string, readings: readonly Reading[], total: number, { rarity }: Vocabulary): number {
  if (name.text === typed) return 1;
  const asked = name.terms.map(() => 0);
  let explained = 0;
  for (const { likeness, weight } of readings) {
    let best = 0;
    for (const [index, term] of name.terms.entries()) {
      const alone = likeness.get(term) ?? 0;
      const together = likeness.get(name.joined[index] ?? -1) ?? 0;
      // A word begins every pair it stands first in; the pair is meant only where it is the better reading.
      const joined = together > alone ? together : 0;
      asked[index] = Math.max(asked[index] ?? 0, alone, joined);
      if (joined > 0) asked[index + 1] = Math.max(asked[index + 1] ?? 0, joined);
      best = Math.max(best, alone, joined);
    }
    explained += weight * best;
  }
  let [met, whole] = [0, 0];
  for (const [index, term] of name.terms.entries()) {
    met += (rarity[term] ?? 0) * (asked[index] ?? 0);
    whole += rarity[term] ?? 0;
  }
  const [precision, recall] = [explained / total, whole === 0 ? 0 : met / whole];
  return precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
}
