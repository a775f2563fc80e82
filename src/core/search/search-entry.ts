/** The searchable texts of an entry. */
export interface SearchEntry {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly aliases: readonly string[];
  /**
   * All names of the people, places and organisations that the entry refers to. Empty if the entry itself is a person,
   * place or organisation.
   */
  readonly names: readonly string[];
  /**
   * The summary and the other texts of the entry, such as the positions in a dispute and the notes, joined into one
   * text.
   */
  readonly text: string;
  /** The date of the entry and the dates in the editor's notes, such as '2013-09-13', '2015-08' or '2013'. */
  readonly dates: readonly string[];
}
