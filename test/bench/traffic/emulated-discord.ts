/**
 * Runs the emulated Discord in its own process. Measures the time from sending an interaction to the bot until
 * receiving the callback. Sending is measured in the WebSocket library, and receiving in Node's HTTP server, so the
 * code of the project needs no changes.
 */
import { channel } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { WebSocket } from 'ws';
import { startLoopback } from '../../../src/loopback/loopback.ts';
import type { FromDiscord, ToDiscord } from './traffic.ts';

const usual = { servers: 5, channelsEach: 5, members: 240 };
// The cast is safe because traffic.ts passes this argument.
const { servers, channelsEach, members } = {
  ...usual,
  ...(JSON.parse(process.argv[3] ?? '{}') as Partial<typeof usual>),
};

/** The checks that the emulated Discord makes. traffic.ts passes this argument. */
const checks = process.argv[2];
const sendToParent = (message: FromDiscord): void => void process.send?.(message);
const left = new Map<string, number>();
const waits: number[] = [];

const send = WebSocket.prototype.send;
WebSocket.prototype.send = function (this: WebSocket, ...given: Parameters<typeof send>) {
  const [data] = given;
  if (typeof data === 'string' && data.includes('"t":"INTERACTION_CREATE"') && data.includes('"token":"')) {
    const id = /"d":\{"id":"(\d+)"/.exec(data)?.[1];
    if (id !== undefined && !left.has(id)) left.set(id, performance.now());
  }
  send.apply(this, given);
} as typeof send;

channel('http.server.request.start').subscribe((message) => {
  // The cast is safe because node:http publishes this object on the diagnostics channel.
  const { url = '' } = (message as { readonly request: IncomingMessage }).request;
  const id = /\/interactions\/(\d+)\/[^/]+\/callback/.exec(url)?.[1];
  const at = id === undefined ? undefined : left.get(id);
  if (id === undefined || at === undefined) return;
  left.delete(id);
  waits.push(performance.now() - at);
  sendToParent({ is: 'callback', number: waits.length });
});

const began = performance.now();
const loopback = await startLoopback({
  gateway: { concurrencyMs: 0, maxConcurrency: 16 },
  port: 0,
  rateLimits: checks === 'all' ? 'on' : 'off',
  bodyValidation: checks === 'none' ? 'off' : 'on',
  seed: {
    bots: [{ name: 'Bench' }],
    servers: Array.from({ length: servers }, (_, index) => ({
      name: `Server ${index}`,
      channels: Array.from({ length: channelsEach }, (_, number) => `channel-${number}`),
    })),
    members: Array.from({ length: members }, (_, index) => ({ username: `m-${index}`, name: `Member ${index}` })),
  },
});
process.on('message', (message: ToDiscord) => {
  switch (message.do) {
    case 'begin':
      left.clear();
      waits.length = 0;
      return sendToParent({ is: 'begun' });
    case 'waits':
      return sendToParent({ is: 'waits', waits, unanswered: left.size, memoryMb: process.memoryUsage().rss / 2 ** 20 });
    case 'stop':
      void loopback.stop().then(() => process.disconnect());
  }
});
sendToParent({ is: 'ready', world: loopback.world(), startMs: performance.now() - began });
