/**
 * Fetches files that members upload with a command. Files are fetched only from Discord's attachment hosts, and
 * redirects are not followed. Therefore nobody can make the bot send requests to other hosts.
 *
 * The size of a file and the time of a download are limited. Source for the hosts: Discord documentation,
 * reference#cdn-formatting and resources/message#attachment-object.
 */
import { DownloadError, type Downloads } from '../bot/ports/downloads.ts';
import type { UploadedFile } from '../chat/uploaded-file.ts';
import { downloadWords } from '../chat/words/download-words.ts';

const attachmentHosts: ReadonlySet<string> = new Set(['cdn.discordapp.com', 'media.discordapp.net']);
/** Maximum time for a download, in ms. */
const longest = 20_000;

/**
 * @param api base URL of a server that emulates Discord's API; if it is set, files are fetched only from that server
 */
export const createDownloads = (api: string | undefined, time: number = longest): Downloads => ({
  fetch: (file, maxBytes) => fetchFile(file, maxBytes, api, time),
});

async function fetchFile(
  { url, size }: UploadedFile,
  maxBytes: number,
  api: string | undefined,
  time: number,
): Promise<Uint8Array> {
  if (!isAllowed(url, api)) throw new DownloadError(downloadWords.foreignHost);
  if (size > maxBytes) throw new DownloadError(downloadWords.tooLarge(maxBytes));
  try {
    const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(time) });
    if (!response.ok) throw new DownloadError(downloadWords.refused(response.status));
    return await bodyOf(response, maxBytes);
  } catch (error) {
    if (error instanceof DownloadError) throw error;
    const isLate = error instanceof Error && error.name === 'TimeoutError';
    throw new DownloadError(isLate ? downloadWords.tooSlow(time) : downloadWords.failed, { cause: error });
  }
}

/** Whether a file may be fetched from this address. Files of the emulated Discord may be fetched without HTTPS. */
export function isAllowed(url: string, api: string | undefined): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, host, origin, username } = new URL(url);
  if (username !== '') return false;
  if (api !== undefined) return origin === new URL(api).origin;
  return protocol === 'https:' && attachmentHosts.has(host);
}

/** Reads the body. Stops at the limit, because the size that a server states may be wrong. */
async function bodyOf(response: Response, maxBytes: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the stream of a response consists of bytes
  for await (const part of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    length += part.length;
    // Leaving the loop cancels the download.
    if (length > maxBytes) throw new DownloadError(downloadWords.tooLarge(maxBytes));
    parts.push(part);
  }
  return new Uint8Array(Buffer.concat(parts));
}
