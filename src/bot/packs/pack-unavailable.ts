/** Thrown if a pack that a server added is stored but cannot be used any more. */
export class PackUnavailable extends Error {
  /** The name that the server gave the pack. */
  readonly pack: string;

  constructor(pack: string, cause: unknown) {
    super(`the pack "${pack}" cannot be read`, { cause });
    this.name = 'PackUnavailable';
    this.pack = pack;
  }
}
