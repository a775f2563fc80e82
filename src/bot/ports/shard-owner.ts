import { isInRange, type ShardRange, shardRangeName } from '../../core/shard-range.ts';

/**
 * The servers and private conversations that belong to this process. Each belongs to exactly one process. No other
 * process runs rounds in them or caches their data.
 */
export interface ShardOwner {
  /** The shards of this process as a text, such as `0-3/8`. It is `auto` if this process has all shards. */
  readonly name: string;
  /** Whether this process has all shards, so that no other process uses the store. */
  readonly isAlone: boolean;
  /**
   * Whether this process has the first shard. The process with the first shard owns all private conversations. It also
   * does the work that only one process of the bot may do.
   */
  readonly isFirst: boolean;
  /** Whether the scope belongs to this process. A scope is the id of a server, or `dm:` and the id of a member. */
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

/** The shard owner of a bot that has only one process. This process has all shards. */
export const soleOwner: ShardOwner = shardOwner(undefined);
