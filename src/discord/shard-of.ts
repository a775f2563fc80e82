/** Finds the shard of a server. Source: Discord documentation, events/gateway#sharding. */
import { type Client, ShardClientUtil } from 'discord.js';

/** Private conversations, and servers that are not known, belong to the first shard. */
export const shardOf = ({ options }: Client, server: string | null | undefined): number =>
  server ? ShardClientUtil.shardIdForGuildId(server, Math.max(1, options.shardCount ?? 1)) : 0;
