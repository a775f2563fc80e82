/** What the search knows of an entry of a pack. */
export interface SearchEntry {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly aliases: readonly string[];
  /** Titles of the people and places it involves. */
  readonly names: readonly string[];
  /** Summary, positions, notes. */
  readonly text: string;
  /** '2013-09-13', '2015-08' or '2013'; the article's and the record's. */
  readonly dates: readonly string[];
}
