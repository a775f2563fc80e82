/** Files that members upload in conversations. They are in the folder `files` beside this module. */
import { readFileSync, statSync } from 'node:fs';
import { DownloadError, type Downloads } from '../../src/bot/ports/downloads.ts';
import type { UploadedFile } from '../../src/chat/uploaded-file.ts';

const fileOf = (name: string): URL => new URL(`files/${name}`, import.meta.url);

/** Returns the upload of a file from the folder. Throws if there is no file with this name. */
export const fixtureFile = (name: string): UploadedFile => ({
  name,
  size: statSync(fileOf(name)).size,
  url: `fixture:${name}`,
});

/** Replaces downloads from Discord: reads the files from the folder. */
export const fixtureDownloads: Downloads = {
  async fetch({ url }) {
    if (!url.startsWith('fixture:')) throw new DownloadError('The test has no such file.');
    return new Uint8Array(readFileSync(fileOf(url.slice('fixture:'.length))));
  },
};
