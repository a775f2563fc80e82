/** Tests that the server refuses request bodies that are too large, too late or from an unknown sender. */
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { apiRequest, channelId, loopbackFor } from './real-bot.ts';

/** Sends the request line and the headers of a request, but no body. Resolves with the status line of the response. */
function sendHead(url: string, path: string, headers: readonly string[]): Promise<string> {
  const { hostname, port, host } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    socket.on('error', reject);
    socket.on('data', (data) => {
      resolve(data.toString().split('\r\n')[0] ?? '');
      socket.destroy();
    });
    socket.write(
      [`POST ${path} HTTP/1.1`, `Host: ${host}`, 'Content-Type: application/json', ...headers, '', ''].join('\r\n'),
    );
  });
}

test('the server does not read a body if the sender or the route is unknown, or if the body is too large for the route', async () => {
  const loopback = await loopbackFor();
  const token = `Authorization: Bot ${loopback.world().botToken}`;
  const messages = `/api/v10/channels/${channelId(loopback)}/messages`;
  const commands = `/api/v10/applications/${loopback.world().application.id}/commands`;
  const bytes = (count: number) => `Content-Length: ${count}`;
  // No body follows the headers. A server that waits for the body would not respond.
  expect(await sendHead(loopback.url, messages, [bytes(1_000)])).toContain('401');
  expect(await sendHead(loopback.url, '/api/v10/interactions/1/x/callback', [bytes(1_000)])).toContain('404');
  expect(await sendHead(loopback.url, messages, [token, bytes(26 * 1_048_576)])).toContain('413');
  expect(await sendHead(loopback.url, commands, [token, bytes(5 * 1_048_576)])).toContain('413');
});

test('a request whose body does not arrive in time gets status 408', async () => {
  const loopback = await loopbackFor({ requestTimeoutMs: 100 });
  const token = `Authorization: Bot ${loopback.world().botToken}`;
  const path = `/api/v10/channels/${channelId(loopback)}/messages`;
  expect(await sendHead(loopback.url, path, [token, 'Content-Length: 1000'])).toContain('408');
  expect((await apiRequest(loopback, 'GET', '/users/@me')).status).toBe(200);
});
