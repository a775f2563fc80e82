/**
 * The shards that one process of the bot has. Discord divides the servers of a bot among its shards, and several processes divide the
 * shards among themselves. Source: Discord documentation, events/gateway#sharding.
 */

export interface ShardRange {
  /** The number of the first shard, from 0. */
  readonly first: number;
  /** The number of the last shard. It belongs to the range. */
  readonly last: number;
  /** The number of shards of all processes together. */
  readonly total: number;
}

/**
 * Reads a range such as `0-15/64` or `3/4`. Undefined if the text has another form, or if the range is not within the
 * total.
 */
export function parseShardRange(text: string): ShardRange | undefined {
  const [, first, last = first, total] = /^(\d{1,5})(?:-(\d{1,5}))?\/(\d{1,5})$/.exec(text) ?? [];
  const range = { first: Number(first), last: Number(last), total: Number(total) };
  return range.first <= range.last && range.last < range.total ? range : undefined;
}

/** The range in the form that {@link parseShardRange} reads. All shards are called `auto`. */
export const shardRangeName = (range: ShardRange | undefined): string =>
  range ? `${range.first}-${range.last}/${range.total}` : 'auto';

/** The number of shards in the range. */
export const shardsIn = ({ first, last }: ShardRange): number => last - first + 1;

/**
 * The shard to which Discord sends the events of a server. Without a server: the shard of private conversations. Source:
 * Discord documentation, events/gateway#sharding.
 */
const shardOfServer = (server: string | undefined, total: number): number =>
  server === undefined ? 0 : Number((BigInt(server) >> 22n) % BigInt(total));

/** Whether the events of this server belong to the range. `undefined` is every range. */
export function isInRange(range: ShardRange | undefined, server: string | undefined): boolean {
  if (!range) return true;
  const shard = shardOfServer(server, range.total);
  return range.first <= shard && shard <= range.last;
}

/**
 * The share of one process in Discord's limit of 50 requests per second for the whole bot, at least 1. Source: Discord
 * documentation, topics/rate-limits#global-rate-limit.
 */
export const requestsPerSecond = (range: ShardRange): number =>
  Math.max(1, Math.floor((50 * shardsIn(range)) / range.total));
