/**
 * Limits how often a member may use commands, press buttons and request suggestions. Without these limits, a single
 * member could overload the bot. Each limit is a token bucket that uses the timestamps of the interactions (Discord's
 * clock). A human cannot click or type fast enough to reach a limit.
 *
 * Answers in a round have no limit, because no answer may be lost.
 */
import { LRUCache } from 'lru-cache';
import type { InteractionContext } from './ports/app.ts';

interface Limit {
  /** Maximum number of interactions without a pause. */
  readonly burst: number;
  /** Maximum number of interactions per second for a member who has used up `burst`. */
  readonly perSecond: number;
}
const uses: Limit = { burst: 30, perSecond: 2 };
/** Discord requests suggestions after each keystroke in an option. */
const suggestions: Limit = { burst: 60, perSecond: 10 };
/** Maximum number of members whose buckets are in memory. A member without a bucket may use the full burst again. */
const membersRemembered = 10_000;

/**
 * Matches the custom_ids of components that members may use without a limit. With these components, members answer a
 * question of a round, join a round, or go to the next question.
 */
const isAnswer = /^quiz:(?:answer|type|year|join|next):/;

interface Bucket {
  readonly left: number;
  readonly at: number;
}

export interface UseLimits {
  /**
   * Counts an interaction. Returns false if the member has reached the limit. `customId` is absent if the interaction
   * is a command.
   */
  allow(context: Pick<InteractionContext, 'who' | 'at'>, customId?: string): boolean;
  /** Counts a request for suggestions. Returns false if the member has reached the limit. */
  allowSuggestions(user: string, at: number): boolean;
}

export function createUseLimits(): UseLimits {
  const mayUse = createLimiter(uses);
  const maySuggest = createLimiter(suggestions);
  return {
    allow: ({ who, at }, customId = '') => isAnswer.test(customId) || mayUse(who.id, at),
    allowSuggestions: maySuggest,
  };
}

function createLimiter({ burst, perSecond }: Limit): (user: string, at: number) => boolean {
  const buckets = new LRUCache<string, Bucket>({ max: membersRemembered });
  return (user, at) => {
    const before = buckets.get(user) ?? { left: burst, at };
    // Interactions may arrive out of order.
    const now = Math.max(at, before.at);
    const left = Math.min(burst, before.left + ((now - before.at) / 1_000) * perSecond);
    buckets.set(user, { left: left >= 1 ? left - 1 : left, at: now });
    return left >= 1;
  };
}
