/**
 * Implements {@link DiscordHealth}. discord.js emits no event when a heartbeat is acknowledged, so its debug lines are
 * read.
 */
import { type Client, Events, Routes, Status } from 'discord.js';
import type { DiscordHealth } from '../bot/ports/discord-health.ts';
import type { Clock } from '../clock.ts';
import { unreachable } from './login.ts';

/** Begins to watch the heartbeats of the client. Must be called before the login. */
export function clientHealth(client: Client, clock: Clock): DiscordHealth {
  const acknowledged = new Map<number, number>();
  const note = (shard: number) => void acknowledged.set(shard, clock.now());
  client.on(Events.ShardReady, note);
  client.on(Events.Debug, (line) => {
    const [, shard] = /Shard (\d+)\D[^]*Heartbeat acknowledged/.exec(line) ?? [];
    if (shard !== undefined) note(Number(shard));
  });
  return {
    shards: () =>
      client.ws.shards.map(({ id, status }) => {
        const at = acknowledged.get(id);
        return {
          shard: id,
          isReady: status === Status.Ready,
          heartbeatAge: at === undefined ? undefined : clock.now() - at,
        };
      }),
    servers: () => client.guilds.cache.size,
    requestsLeft() {
      const { globalRemaining, globalReset, options } = client.rest;
      return globalReset < Date.now() ? options.globalRequestsPerSecond : Math.max(0, globalRemaining);
    },
    async confirm() {
      try {
        await client.rest.get(Routes.user());
      } catch (error) {
        throw unreachable(error);
      }
    },
  };
}
