/**
 * Limits how often one member may use commands and buttons, so that one member cannot keep the bot busy. The limit is a
 * token bucket, as in rate limits of networks. It uses the timestamps of the interactions (Discord's clock). A human
 * cannot click or type fast enough to reach the limit. Answers in a round are never limited, because they must count.
 */
import { LRUCache } from 'lru-cache';
import type { InteractionContext } from './ports/app.ts';

/** Number of uses that a member may make at once. */
const burst = 30;
/** Number of uses per second after that. */
const perSecond = 2;
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
}

export function createUseLimits(): UseLimits {
  const buckets = new LRUCache<string, Bucket>({ max: membersRemembered });
  return {
    allow({ who, at }, customId = '') {
      if (isAnswer.test(customId)) return true;
      const before = buckets.get(who.id) ?? { left: burst, at };
      // Interactions may arrive out of order.
      const now = Math.max(at, before.at);
      const left = Math.min(burst, before.left + ((now - before.at) / 1_000) * perSecond);
      buckets.set(who.id, { left: left >= 1 ? left - 1 : left, at: now });
      return left >= 1;
    },
  };
}
