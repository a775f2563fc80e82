/** Finds the shard of a server. Source: Discord documentation, events/gateway#sharding. */
import { type Client, ShardClientUtil } from 'discord.js';

/** Private conversations, and servers that are not known, belong to the first shard. */
export const shardOf = (client: Client, server: string | null | undefined): number =>
  server ? ShardClientUtil.shardIdForGuildId(server, Math.max(1, client.ws.shards.size)) : 0;
