/**
 * Cuts gateway connections on which Discord no longer sends anything. Otherwise discord.js would wait a minute for
 * HELLO. When discord.js closes a connection, it would also wait up to 30 s until Discord confirms the close, even if
 * the connection is dead.
 */
import { type Client, Events } from 'discord.js';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';

/**
 * Discord normally sends HELLO immediately after a connection is opened. If HELLO is missing after this time (ms), the
 * bot connects again.
 */
const helloWithin = 15_000;

/** The part of discord.js that holds the connections. The types of discord.js do not contain it. */
interface Connections {
  readonly _ws?: {
    readonly strategy: {
      readonly shards: ReadonlyMap<number, { readonly connection: { terminate(): void } | null }>;
    };
  };
}

/**
 * Starts to cut stuck connections. Returns a function that stops the timers. Stuck connections are recognised by the
 * debug lines of discord.js, because discord.js emits no other event when it waits for HELLO or when a heartbeat is not
 * acknowledged.
 */
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
