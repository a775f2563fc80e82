/**
 * The sides of a dispute. A side is a party with its positions in the article and, separately, its positions in the
 * public record.
 */
import type { EntryOf, Position } from './pack.ts';
import type { RecordPosition } from './record-statement.ts';

export interface Side {
  /** The id of the party's entry, or the name of a party without an entry. */
  readonly party: string;
  /** Whether the article names this party. */
  readonly inArticle: boolean;
  readonly positions: readonly Position[];
  readonly recordPositions: readonly RecordPosition[];
}

/**
 * The sides of a dispute. The parties in the field `parties` of the entry come first, in the order of this field. Then
 * come the parties that have positions only in the public record.
 */
export function sidesOf(dispute: EntryOf<'dispute'>): readonly Side[] {
  const added = dispute.recordPositions.map(({ party }) => party);
  return [...new Set([...dispute.parties, ...added])].map((party) => ({
    party,
    inArticle: dispute.parties.includes(party),
    positions: dispute.positions.filter((one) => one.party === party),
    recordPositions: dispute.recordPositions.filter((one) => one.party === party),
  }));
}
