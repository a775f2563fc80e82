/** The interface for drawing pictures: converts SVG to PNG. */
export interface Pictures {
  /** Rejects when the picture cannot be drawn. */
  png(svg: string): Promise<Uint8Array>;
  /**
   * Clears the cache of pictures. Called when a member deletes their data, because a picture in the cache may contain
   * the member's name.
   */
  forget(): void;
}
