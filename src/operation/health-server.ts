/**
 * The HTTP server with /live, /ready and /metrics. It has no passwords and no TLS, so it must not be reachable from the
 * Internet. It shows numbers only, never ids or texts of members.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Registry } from 'prom-client';
import type { Log } from '../log.ts';
import { type HealthAddress, HealthAddressError, textOfAddress } from './health-address.ts';
import type { Readiness } from './readiness.ts';

export interface HealthServer {
  /** The base URL, such as http://127.0.0.1:9464. */
  readonly url: string;
  close(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** Throws HealthAddressError. */
export async function startHealthServer(
  address: HealthAddress,
  { readiness, registry, log }: { readonly readiness: Readiness; readonly registry: Registry; readonly log: Log },
): Promise<HealthServer> {
  const routes: Readonly<Record<string, () => Promise<Answer>>> = {
    '/live': async () => plain(200, 'The process is running.'),
    '/ready': async () => {
      const report = await readiness.check();
      return { status: report.ready ? 200 : 503, type: 'application/json', body: `${JSON.stringify(report)}\n` };
    },
    '/metrics': async () => ({ status: 200, type: registry.contentType, body: await registry.metrics() }),
  };
  const server = createServer((request, response) => {
    answerTo(request, routes)
      .catch((error: unknown) => {
        log.error({ err: error }, 'a health check or the metrics failed');
        return plain(500, 'That failed; the log of the bot says why.');
      })
      .then((answer) => send(response, answer, request.method === 'HEAD'))
      .catch((error: unknown) => log.error({ err: error }, 'a health check could not be answered'));
  });
  server.listen(address.port, address.host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new HealthAddressError(address, error as NodeJS.ErrnoException);
  }
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${textOfAddress({ ...address, port })}`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

const plain = (status: number, words: string): Answer => ({
  status,
  type: 'text/plain; charset=utf-8',
  body: `${words}\n`,
});

async function answerTo(
  { method, url = '/' }: IncomingMessage,
  routes: Readonly<Record<string, () => Promise<Answer>>>,
): Promise<Answer> {
  const [path = ''] = url.split('?');
  const route = Object.hasOwn(routes, path) ? routes[path] : undefined;
  if (!route) return plain(404, `There are ${Object.keys(routes).join(', ')}.`);
  return method === 'GET' || method === 'HEAD' ? route() : plain(405, 'Use GET.');
}

function send(response: ServerResponse, { status, type, body }: Answer, isHead: boolean): void {
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    ...(status === 405 && { allow: 'GET, HEAD' }),
  });
  response.end(isHead ? undefined : body);
}
