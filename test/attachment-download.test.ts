/** Tests the download of uploaded files: only from Discord's hosts, within limits of size and time, no redirects. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createDownloads, isAllowed } from '../src/discord/attachment-download.ts';

/**
 * Starts an HTTP server that takes the place of the emulated Discord. Returns the URL that the bot uses as the base URL
 * of Discord's API.
 */
async function served(answer: (response: ServerResponse) => void): Promise<string> {
  const server = createServer((_, response) => answer(response));
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  // The cast is safe because the server listens on a port.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const fileAt = (url: string, size = 3) => ({ name: 'a.csv', size, url });

test('files are downloaded only over HTTPS and only from Discord’s attachment hosts', () => {
  for (const url of ['https://cdn.discordapp.com/attachments/1/2/a.csv', 'https://media.discordapp.net/a.csv'])
    expect(isAllowed(url, undefined), url).toBe(true);
  for (const url of [
    'http://cdn.discordapp.com/a.csv',
    'https://cdn.discordapp.com.example.org/a.csv',
    'https://cdn.discordapp.com@example.org/a.csv',
    'https://user:password@cdn.discordapp.com/a.csv',
    'https://cdn.discordapp.com:8443/a.csv',
    'https://169.254.169.254/latest',
    'https://localhost/a.csv',
    'file:///etc/passwd',
    'no address',
  ])
    expect(isAllowed(url, undefined), url).toBe(false);
});

test('if the bot uses an emulated Discord, files are downloaded only from the server of the emulated Discord', () => {
  const api = 'http://127.0.0.1:8374/api';
  expect(isAllowed('http://127.0.0.1:8374/ephemeral-attachments/1/2/a.csv', api)).toBe(true);
  expect(isAllowed('http://127.0.0.1:80/a.csv', api)).toBe(false);
  expect(isAllowed('https://cdn.discordapp.com/a.csv', api)).toBe(false);
});

test('a file on a host other than Discord’s is refused with an error message and is not requested', async () => {
  const downloads = createDownloads(undefined);
  const refused = downloads.fetch(fileAt('https://example.org/a.csv'), 10);
  await expect(refused).rejects.toThrow('I fetch files only from Discord itself.');
});

test('a file is refused if the size that Discord states or the size of the download exceeds the limit', async () => {
  const api = await served((response) => response.end('x'.repeat(100)));
  const downloads = createDownloads(api);
  await expect(downloads.fetch(fileAt(`${api}/a`, 2 * 1_048_576), 1_048_576)).rejects.toThrow('larger than 1 MiB');
  await expect(downloads.fetch(fileAt(`${api}/a`, 3), 50)).rejects.toThrow('The file is larger');
  expect(new TextDecoder().decode(await downloads.fetch(fileAt(`${api}/a`), 100))).toBe('x'.repeat(100));
});

test('a download fails with an error message if it is redirected, gets an error status or takes too long, and redirects are not followed', async () => {
  let reached = 0;
  const api = await served((response) => response.writeHead(302, { location: '/elsewhere' }).end(String(++reached)));
  await expect(createDownloads(api).fetch(fileAt(`${api}/a`), 100)).rejects.toThrow('could not be fetched');
  expect(reached).toBe(1);
  const missing = await served((response) => response.writeHead(404).end());
  await expect(createDownloads(missing).fetch(fileAt(`${missing}/a`), 100)).rejects.toThrow('status 404');
  const slow = await served((response) => void response.write('x'));
  await expect(createDownloads(slow, 50).fetch(fileAt(`${slow}/a`), 100)).rejects.toThrow('did not arrive within');
});
