/** Drawing pictures as a port: from SVG to PNG. */
export interface Pictures {
  /** Rejects when it cannot be drawn. */
  png(svg: string): Promise<Uint8Array>;
  /** Drops every cached picture. Called when a member deletes their data, as a picture may show them. */
  forget(): void;
}
