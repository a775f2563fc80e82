/** The sides of a dispute: what each party holds by the article and by the public record, kept apart. */
import type { EntryOf, Position } from './pack.ts';
import type { RecordPosition } from './record-statement.ts';

export interface Side {
  /** The id of the party's entry, or the name of a party without an entry. */
  readonly party: string;
  /** The article names it as a party. */
  readonly inArticle: boolean;
  readonly positions: readonly Position[];
  readonly recordPositions: readonly RecordPosition[];
}

/** The parties in the order of the entry, then those that only the record names. */
export function sidesOf(dispute: EntryOf<'dispute'>): readonly Side[] {
  const added = dispute.recordPositions.map(({ party }) => party);
  return [...new Set([...dispute.parties, ...added])].map((party) => ({
    party,
    inArticle: dispute.parties.includes(party),
    positions: dispute.positions.filter((one) => one.party === party),
    recordPositions: dispute.recordPositions.filter((one) => one.party === party),
  }));
}
