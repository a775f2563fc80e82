/**
 * Limits how often one member may use commands and buttons and ask for suggestions, so that one member cannot keep the
 * bot busy. Each limit is a token bucket, as in rate limits of networks. It uses the timestamps of the interactions
 * (Discord's clock). A human cannot click or type fast enough to reach a limit. Answers in a round are never limited,
 * because they must count.
 */
import { LRUCache } from 'lru-cache';
import type { InteractionContext } from './ports/app.ts';

interface Limit {
  /** Number of uses that a member may make at once. */
  readonly burst: number;
  /** Number of uses per second after that. */
  readonly perSecond: number;
}
const uses: Limit = { burst: 30, perSecond: 2 };
/** A member who types in an option asks for suggestions with each key. */
const suggestions: Limit = { burst: 60, perSecond: 10 };
/** Number of members that are remembered. A member who is forgotten may use the full burst again. */
const membersRemembered = 10_000;

/** Presses that are never limited: they answer a question of a round, or bring a player to the next question. */
const isAnswer = /^quiz:(?:answer|type|year|join|next):/;

interface Bucket {
  readonly left: number;
  readonly at: number;
}

export interface UseLimits {
  /** Counts a use. Returns false if the member must wait. `customId` is absent for a command. */
  allow(context: Pick<InteractionContext, 'who' | 'at'>, customId?: string): boolean;
  /** Counts a request for suggestions. Returns false if the member gets no suggestions this time. */
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
