/** Files that members upload in conversations. They are in the folder `files` beside this module. */
import { readFileSync, statSync } from 'node:fs';
import { DownloadError, type Downloads } from '../../src/bot/ports/downloads.ts';
import type { UploadedFile } from '../../src/chat/uploaded-file.ts';

const fileOf = (name: string): URL => new URL(`files/${name}`, import.meta.url);

/** The upload of a file from the folder. Throws if there is no such file. */
export const fixtureFile = (name: string): UploadedFile => ({
  name,
  size: statSync(fileOf(name)).size,
  url: `fixture:${name}`,
});

/** Downloads that read the files from the folder instead of fetching them from Discord. */
export const fixtureDownloads: Downloads = {
  async fetch({ url }) {
    if (!url.startsWith('fixture:')) throw new DownloadError('The test has no such file.');
    return new Uint8Array(readFileSync(fileOf(url.slice('fixture:'.length))));
  },
};
