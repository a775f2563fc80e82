/** The searchable texts of an entry. */
export interface SearchEntry {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly aliases: readonly string[];
  /** Titles of the people, places and parties that the entry refers to. */
  readonly names: readonly string[];
  /** The summary, the positions in a dispute and the notes, joined to one text. */
  readonly text: string;
  /** The dates of the article and of the editor's notes, such as '2013-09-13', '2015-08' or '2013'. */
  readonly dates: readonly string[];
}
