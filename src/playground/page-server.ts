/**
 * Serves the files of the playground page. The files come from a fixed list and are read once at startup, so a request
 * cannot reach any other file. There is no router, cache or compression, because the page is small and the browser runs
 * on the same machine.
 */
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Controls, controlRoutes } from './controls.ts';

const script = 'text/javascript; charset=utf-8';
const files: Readonly<Record<string, string>> = {
  'index.html': 'text/html; charset=utf-8',
  'style.css': 'text/css; charset=utf-8',
  'actor.js': script,
  'command-line.js': script,
  'components.js': script,
  'context-menu.js': script,
  'composer-hint.js': script,
  'composer-rows.js': script,
  'composer.js': script,
  'conversation-reader.js': script,
  'discord-markdown.js': script,
  'dom.js': script,
  'drawer.js': script,
  'frame.js': script,
  '../../loopback/member-client.js': script,
  'menu.js': script,
  'message-article.js': script,
  'message-list.js': script,
  'message-text.js': script,
  'modal-dialog.js': script,
  'player.js': script,
  'playground.js': script,
  'script-box.js': script,
  'script.js': script,
  'session.js': script,
  'state.js': script,
  'switches.js': script,
  'welcome.js': script,
};

/**
 * Returns the Content-Security-Policy header. The gateway's address is 127.0.0.1 even if the page was opened at
 * localhost.
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
 * @throws immediately if a file cannot be read
 */
export function pageHandler(
  folder: URL,
  controls: () => Controls | undefined,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  const control = controlRoutes(controls);
  const pages = new Map(
    Object.entries(files).map(([name, type]) => [
      `/${name.replace(/^(?:\.\.\/)+/, '')}`,
      { type, body: readFileSync(new URL(name, folder)) },
    ]),
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
