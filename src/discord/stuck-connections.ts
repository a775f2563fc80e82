/**
 * Cuts gateway connections on which Discord has fallen silent. discord.js alone waits a minute for HELLO, and waits 30 s
 * for the other side to agree that a dead connection is closed.
 */
import { type Client, Events } from 'discord.js';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';

/** Discord sends HELLO at once. After this time (ms) without it, the bot connects again. */
const helloWithin = 15_000;

/** The part of discord.js that holds the connections. It is missing in the library's types. */
interface Connections {
  readonly _ws?: {
    readonly strategy: {
      readonly shards: ReadonlyMap<number, { readonly connection: { terminate(): void } | null }>;
    };
  };
}

/** The debug lines of discord.js are the only sign of these steps. Returns a function that ends this. */
export function cutStuckConnections(client: Client, clock: Clock, log: Log): () => void {
  const waiting = new Map<number, () => void>();
  const cut = (shard: number) => {
    const { _ws } = client.ws as unknown as Connections;
    _ws?.strategy.shards.get(shard)?.connection?.terminate();
  };
  const stopWaiting = (shard: number) => {
    waiting.get(shard)?.();
    waiting.delete(shard);
  };
  client.on(Events.Debug, (line) => {
    const shard = Number(/Shard (\d+)/.exec(line)?.[1]);
    if (line.includes('Waiting for event hello')) {
      stopWaiting(shard);
      const late = () => {
        log.warn({ shard }, 'Discord sent no HELLO; connecting again');
        cut(shard);
      };
      waiting.set(shard, clock.alarm(clock.now() + helloWithin, late));
    } else if (line.includes('Preparing first heartbeat')) stopWaiting(shard);
    else if (line.includes('Reason: Zombie connection')) cut(shard);
  });
  return () => {
    for (const shard of waiting.keys()) stopWaiting(shard);
  };
}
