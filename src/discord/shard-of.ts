/** Finds the shard of a server. Source: Discord documentation, events/gateway#sharding. */
import { type Client, ShardClientUtil } from 'discord.js';

/** The shard of a server. Returns the first shard if `server` is not set, as in private conversations. */
export const shardOf = ({ options }: Client, server: string | null | undefined): number =>
  server ? ShardClientUtil.shardIdForGuildId(server, Math.max(1, options.shardCount ?? 1)) : 0;
