/** The texts of an entry that the search reads. */
export interface SearchEntry {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly aliases: readonly string[];
  /** Titles of the people, places and parties it involves. */
  readonly names: readonly string[];
  /** Summary, positions, notes. */
  readonly text: string;
  /** The article's dates and the record's: '2013-09-13', '2015-08' or '2013'. */
  readonly dates: readonly string[];
}
