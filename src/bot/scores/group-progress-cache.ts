/**
 * Reads the progress of a whole server. Every member must be read, so the result is cached for five minutes. Members
 * are read in pages, and other work can run between two pages.
 */
import { LRUCache } from 'lru-cache';
import {
  type GroupProgress,
  groupMember,
  groupMemberPartsSchema,
  groupMemberPaths,
  sumOfGroup,
} from '../../core/scores/group-progress.ts';
import { memberSchema } from '../../core/scores/member.ts';
import type { Store } from '../../store/store.ts';
import { memberPrefix } from './score-keys.ts';

/** How long a result is cached, in ms. */
const keptFor = 5 * 60_000;
const maxServers = 1_000;

export interface GroupProgressCache {
  /**
   * Returns the progress of a server. The result is at most five minutes old. `today` is in days since 1970. `at` is in
   * ms since the epoch. Throws StoreError.
   */
  get(scope: string, today: number, at: number): Promise<GroupProgress>;
  /** Must be called after a member's scores were deleted. */
  forget(): void;
}

export function createGroupProgressCache(store: Store): GroupProgressCache {
  const known = new LRUCache<string, { readonly at: number; readonly reading: Promise<GroupProgress> }>({
    max: maxServers,
  });
  return {
    get(scope, today, at) {
      const key = `${scope} ${today}`;
      const before = known.get(key);
      if (before && at - before.at < keptFor) return before.reading;
      const reading = readGroup(store, scope, today);
      const read = { at, reading };
      known.set(key, read);
      reading.catch(() => {
        if (known.peek(key) === read) known.delete(key);
      });
      return reading;
    },
    forget: () => known.clear(),
  };
}

async function readGroup(store: Store, scope: string, today: number): Promise<GroupProgress> {
  const sum = sumOfGroup(today);
  for await (const page of store.parts(memberPrefix(scope), groupMemberPaths, groupMemberPartsSchema))
    for (const [key, parts] of page) {
      const member = groupMember(parts) ?? (await store.get(key, memberSchema));
      if (member) sum.add(member);
    }
  return sum.progress();
}
