/** The interface through which the bot fetches files that members upload. */
import type { UploadedFile } from '../../chat/uploaded-file.ts';

export interface Downloads {
  /** Fetches an uploaded file of at most `maxBytes` bytes. Throws {@link DownloadError}. */
  fetch(file: UploadedFile, maxBytes: number): Promise<Uint8Array>;
}

/** Thrown if the bot cannot or may not fetch a file. The message is a sentence for the member who uploaded the file. */
export class DownloadError extends Error {
  constructor(sentence: string, options?: ErrorOptions) {
    super(sentence, options);
    this.name = 'DownloadError';
  }
}
