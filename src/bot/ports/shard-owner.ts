import { isInRange, type ShardRange, shardRangeName } from '../../core/shard-range.ts';

/**
 * The servers and private conversations of this process. Each of them belongs to exactly one process, which alone plays
 * its rounds and caches its data.
 */
export interface ShardOwner {
  /** Names the shards of this process. */
  readonly name: string;
  /** Whether this process has all shards, so that no other process uses the store. */
  readonly isAlone: boolean;
  /**
   * Whether this process has the first shard. Only this process does work that is done once for the whole bot, and it
   * has the private conversations.
   */
  readonly isFirst: boolean;
  /** Whether the scope belongs to this process. A scope is the id of a server, or that of a private conversation. */
  owns(scope: string): boolean;
}

/** The scope of a private conversation is this prefix followed by the id of the member. */
export const privateScope = 'dm:';

/** @param shards the shards of this process. Undefined if it has all shards */
export const shardOwner = (shards: ShardRange | undefined): ShardOwner => ({
  name: shardRangeName(shards),
  isAlone: shards === undefined,
  isFirst: isInRange(shards, undefined),
  owns: (scope) => isInRange(shards, scope.startsWith(privateScope) ? undefined : scope),
});

/** The owner in a bot of a single process. */
export const soleOwner: ShardOwner = shardOwner(undefined);
