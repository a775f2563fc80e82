/** The drawing of pictures as a port: converts SVG to PNG. */
export interface Pictures {
  /** Rejects when the picture cannot be drawn. */
  png(svg: string): Promise<Uint8Array>;
  /** Clears the cache. Called when a member deletes their data, because a cached picture may contain their name. */
  forget(): void;
}
