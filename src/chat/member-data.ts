/** Types for the data that the bot stores about a member, and for the result of deleting this data. */
/** The kinds of data that the bot stores about a member. */
export type StoredKind =
  | 'scores'
  | 'settings'
  | 'asked'
  | 'seen'
  | 'packs'
  | 'reports'
  | 'rounds'
  | 'lastPlayers'
  | 'unreadable';

/** All data of one kind that the bot stores about a member. */
export interface StoredPart {
  readonly kind: StoredKind;
  /** The number of things that are stored. What is counted depends on the kind, for example entries or rounds. */
  readonly count: number;
  /** How many of these things belong to the member's private conversation with the bot. */
  readonly inPrivate: number;
  readonly values: readonly unknown[];
}

export interface DeletedScores {
  /** The number of servers and private conversations that had scores of the member. */
  readonly places: number;
  /**
   * The number of servers that have excluded the member from their leaderboards. The deletion keeps only these
   * exclusions.
   */
  readonly exclusions: number;
}

export type Deletion =
  /** Everything is deleted, except exclusions. */
  | DeletedScores
  /** Some data could not be deleted. The log has a line with this reference. */
  | { readonly reference: string };
