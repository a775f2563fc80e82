/** A file that a member uploaded as the option of a command. */
export interface UploadedFile {
  readonly name: string;
  /** The size that Discord states, in bytes. */
  readonly size: number;
  /** The address from which the file can be fetched. */
  readonly url: string;
}
