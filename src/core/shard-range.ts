/**
 * The shards that one process of the bot runs. Discord divides the servers of a bot among its shards, and several
 * processes can divide the shards among themselves. Source: Discord documentation, events/gateway#sharding.
 */

export interface ShardRange {
  /** The number of the first shard. The numbers start at 0. */
  readonly first: number;
  /** The number of the last shard (inclusive). */
  readonly last: number;
  /** The total number of shards in all processes. */
  readonly total: number;
}

/**
 * Reads a range such as `0-15/64` or `3/4`. Undefined if the text has another form, if the first number exceeds the
 * last number, or if the last number is not below the total.
 */
export function parseShardRange(text: string): ShardRange | undefined {
  const [, first, last = first, total] = /^(\d{1,5})(?:-(\d{1,5}))?\/(\d{1,5})$/.exec(text) ?? [];
  const range = { first: Number(first), last: Number(last), total: Number(total) };
  return range.first <= range.last && range.last < range.total ? range : undefined;
}

/** The range in the form that {@link parseShardRange} reads. Returns `auto` if the range is undefined. */
export const shardRangeName = (range: ShardRange | undefined): string =>
  range ? `${range.first}-${range.last}/${range.total}` : 'auto';

/** The number of shards in the range. */
export const shardsIn = ({ first, last }: ShardRange): number => last - first + 1;

/**
 * The number of the shard to which Discord sends the events of a server. If `server` is undefined, returns the number
 * of the shard that receives private conversations. Source: Discord documentation, events/gateway#sharding.
 */
const shardOfServer = (server: string | undefined, total: number): number =>
  server === undefined ? 0 : Number((BigInt(server) >> 22n) % BigInt(total));

/**
 * Whether the process with this range receives the events of a server. If the range is undefined, the process receives
 * the events of all servers.
 */
export function isInRange(range: ShardRange | undefined, server: string | undefined): boolean {
  if (!range) return true;
  const shard = shardOfServer(server, range.total);
  return range.first <= shard && shard <= range.last;
}

/**
 * The number of requests per second that one process may make, at least 1. Discord allows 50 requests per second for
 * the whole bot. Each process gets a share that is proportional to its number of shards. Source: Discord documentation,
 * topics/rate-limits#global-rate-limit.
 */
export const requestsPerSecond = (range: ShardRange): number =>
  Math.max(1, Math.floor((50 * shardsIn(range)) / range.total));
