/** The interface for drawing pictures. It converts SVG to PNG. */
export interface Pictures {
  /** Rejects when the picture cannot be drawn. */
  png(svg: string): Promise<Uint8Array>;
  /**
   * Deletes all cached pictures. Called when a member deletes their data, because a cached picture may contain the
   * member's name.
   */
  forget(): void;
}
