/** A TCP proxy in front of a server. It simulates failures of the network and of the server. */
import { createServer, connect, type AddressInfo, type Socket } from 'node:net';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';

export interface TcpProxy {
  /** The address for clients of the proxy: the address of the server, but with the port of the proxy. */
  readonly address: string;
  /**
   * What the proxy does with bytes.
   *
   * - `pass`: passes all bytes on.
   * - `hold`: keeps the bytes until the mode changes, so that both sides wait.
   * - `lose replies`: passes on the bytes to the server, but not the replies.
   */
  mode: 'pass' | 'hold' | 'lose replies';
  /** Whether new connections are closed immediately, as if the server had ended. */
  isDown: boolean;
  /** Closes all connections. */
  cut(): void;
  /** The local ports of the proxy's open connections to the server. */
  ports(): readonly number[];
}

interface Pair {
  readonly client: Socket;
  readonly server: Socket;
}

export async function tcpProxy(target: string): Promise<TcpProxy> {
  const url = new URL(target);
  const port = Number(url.port || 5432);
  const pairs = new Set<Pair>();
  const held: (() => void)[] = [];
  let mode: TcpProxy['mode'] = 'pass';
  const listener = createServer((client) => {
    if (proxy.isDown) return void client.destroy();
    const server = connect(port, url.hostname);
    const pair = { client, server };
    pairs.add(pair);
    const end = () => {
      client.destroy();
      server.destroy();
      pairs.delete(pair);
    };
    for (const socket of [client, server]) socket.on('error', end).on('close', end);
    const forward = (to: Socket, bytes: Buffer) => void (to.destroyed || to.write(bytes));
    client.on('data', (bytes) => {
      if (mode === 'hold') held.push(() => forward(server, bytes));
      else forward(server, bytes);
    });
    server.on('data', (bytes) => {
      if (mode === 'pass') forward(client, bytes);
      else if (mode === 'hold') held.push(() => forward(client, bytes));
    });
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  url.port = String((listener.address() as AddressInfo).port);
  const proxy: TcpProxy = {
    address: url.href,
    get mode() {
      return mode;
    },
    set mode(next) {
      mode = next;
      if (next !== 'hold') for (const release of held.splice(0)) release();
    },
    isDown: false,
    cut() {
      for (const { client, server } of pairs) {
        client.destroy();
        server.destroy();
      }
    },
    ports: () => [...pairs].flatMap(({ server }) => server.localPort ?? []),
  };
  onTestFinished(() => {
    proxy.cut();
    listener.close();
  });
  return proxy;
}
