/** Pictures as a port: an SVG goes in, a PNG comes out, some time later. */
export interface Pictures {
  /** Rejects when it cannot be drawn. */
  png(svg: string): Promise<Uint8Array>;
  /** Lets go of every picture that is kept: somebody who is on one may have asked for it. */
  forget(): void;
}
