/** Serves the files of the page. All files are read once at startup, so no request can read any other file. */
import { readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname } from 'node:path';
import { type Controls, controlRoutes } from './controls.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
};
/** The code with which the page and the tests act as a member. The path is relative to the folder of the page. */
const memberClient = '../../loopback/member-client.js';

/**
 * The content security policy of the page. It must allow 127.0.0.1, because the page connects to the gateway there even
 * if the user opened the page at localhost.
 */
const policy = (port: number | undefined): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    `connect-src 'self' ws://127.0.0.1:${port}`,
    // The side-by-side view shows a second member in an iframe with the same page.
    "frame-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
  ].join('; ');

/**
 * Creates the request handler of the page. The handler returns false if a request is not for the page.
 * @param folder the folder with the page's files, with a slash at the end
 * @param controls returns the objects that the drawer controls, or undefined during startup
 * @throws an error if a file cannot be read
 */
export function pageHandler(
  folder: URL,
  controls: () => Controls | undefined,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  const control = controlRoutes(controls);
  const pages = new Map(
    [...readdirSync(folder), memberClient].flatMap((name) => {
      const type = types[extname(name)];
      const path = `/${name.replace(/^(?:\.\.\/)+/, '')}`;
      return type ? [[path, { type, body: readFileSync(new URL(name, folder)) }]] : [];
    }),
  );
  return (request, response) => {
    const path = (request.url ?? '').split('?', 1)[0] ?? '';
    if (control(request, response, path)) return true;
    const page = pages.get(path === '/' ? '/index.html' : path);
    if (!page) return false;
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { Allow: 'GET, HEAD' }).end();
      return true;
    }
    response.writeHead(200, {
      'Content-Type': page.type,
      'Content-Length': page.body.byteLength,
      'Content-Security-Policy': policy(request.socket.localPort),
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Cache-Control': 'no-store',
    });
    response.end(request.method === 'HEAD' ? undefined : page.body);
    return true;
  };
}
